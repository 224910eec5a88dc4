using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Paths;
using CkiSdk.Transports.Cms;

namespace CkiSdk.Cli.Homes;

/// <summary>Is what a party signs and opens messages with that travel as files: the keys of its authentication certificate and of its encryption certificate.</summary>
internal sealed class SpoolIdentity : IDisposable
{
    private readonly ISigningKey _key;

    private SpoolIdentity(CmsIdentity cms, ISigningKey key) => (Cms, _key) = (cms, key);

    /// <summary>Gets it as the transport wants it.</summary>
    public CmsIdentity Cms { get; }

    /// <summary>Reads the signing key and joins it with the rest.</summary>
    /// <param name="home">The home.</param>
    /// <param name="party">What the party has; it stays the caller's.</param>
    /// <param name="authorities">The authorities that certify the others' keys.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">The key is missing, damaged, or another home's.</exception>
    public static async Task<SpoolIdentity> ReadAsync(Home home, PartyIdentity party, IEnumerable<Certificate> authorities, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var key = await AuthorityIdentity.ReadSigningKeyAsync(home, PartyIdentity.TlsName, party.HomeKey, provider, cancellationToken).ConfigureAwait(false);
        var cms = new CmsIdentity
        {
            SigningCertificate = party.Tls.Certificate,
            SigningKey = key,
            EncryptionCertificate = party.Encryption.Certificate,
            EncryptionKey = new EcEnvelopeKey(party.Encryption.Certificate, party.EncryptionKey),
            Anchors = [.. TrustAnchor.Of(authorities)],
            Provider = provider,
        };
        return new SpoolIdentity(cms, key);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
