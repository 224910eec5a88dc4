using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Hosting;

/// <summary>Holds what a CMA is: its certificate and keys, its authentication certificate, and whom it trusts.</summary>
/// <param name="Certificate">The CMA certificate.</param>
/// <param name="SigningKey">Its key.</param>
/// <param name="StorageKey">The key that wraps keys in the store.</param>
/// <param name="Tls">The authentication certificate of the CMA with its key.</param>
/// <param name="Anchor">The authority that certifies authentication keys of clients.</param>
internal sealed record CmaIdentity(Certificate Certificate, ISigningKey SigningKey, Secret StorageKey, TlsIdentity Tls, Certificate Anchor) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        SigningKey.Dispose();
        StorageKey.Dispose();
        Tls.Dispose();
    }
}
