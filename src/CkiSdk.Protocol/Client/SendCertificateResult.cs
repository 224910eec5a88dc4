using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Protocol.Client;

/// <summary>Is what a user gets for his request for a send certificate (CKI Part 2 ¶82–85).</summary>
public abstract record SendCertificateResult
{
    private SendCertificateResult()
    {
    }

    /// <summary>The certificate, with the private key that the user has derived from his seed key; its public half is the certified one.</summary>
    /// <param name="Certificate">The send certificate.</param>
    /// <param name="PrivateKey">The private key; the caller disposes of it.</param>
    /// <param name="IsModified">Whether the validity differs from the one suggested (grantedWithMods).</param>
    public sealed record Granted(Certificate Certificate, IDhKey PrivateKey, bool IsModified) : SendCertificateResult;

    /// <summary>There is no certificate.</summary>
    /// <param name="Failure">The failure bits.</param>
    /// <param name="Text">What the CMA says to people.</param>
    public sealed record Rejected(PKIFailureInfo Failure, string Text) : SendCertificateResult;

    /// <summary>The CMA has not decided yet: send the same request again later.</summary>
    /// <param name="Text">What the CMA says to people.</param>
    public sealed record Waiting(string Text) : SendCertificateResult;
}
