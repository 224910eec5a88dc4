using System.Security.Cryptography;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Messages;
using CkiSdk.Transports.Cms;

namespace CkiSdk.Cli.Homes;

/// <summary>Holds what a party is: the key of its home, its authentication certificate and its encryption certificate with their keys.</summary>
/// <param name="HomeKey">The key of the home.</param>
/// <param name="Tls">The authentication certificate with its key.</param>
/// <param name="Encryption">The certificate that keys are sealed to, with its key.</param>
/// <param name="SigningKey">The key of the authentication certificate, with which messages are signed that travel as CMS.</param>
/// <param name="EncryptionKeys">The keys of encryption certificates: first that of today, then those of before.</param>
internal sealed record PartyIdentity(Secret HomeKey, TlsIdentity Tls, EncryptionIdentity Encryption, ISigningKey SigningKey, IReadOnlyList<IKeyAgreementKey> EncryptionKeys) : IDisposable
{
    /// <summary>The name of the files of the authentication certificate.</summary>
    public const string TlsName = "tls";

    /// <summary>The name of the files of the encryption certificate.</summary>
    public const string EncryptionName = "encryption";

    /// <summary>The name of the files of the encryption certificate before.</summary>
    public const string FormerEncryptionName = "encryption-former";

    /// <summary>Keeps the encryption certificate with its key as the one before: what was sealed to it opens still.</summary>
    /// <param name="home">The home.</param>
    /// <param name="homeKey">The key of the home.</param>
    public static void KeepFormerEncryption(Home home, Secret homeKey)
    {
        using var key = home.ReadPrivateKey(EncryptionName, homeKey);
        home.Replace(FormerEncryptionName, home.ReadCertificate(EncryptionName), key, homeKey);
    }

    /// <summary>Reads it and checks that it belongs together.</summary>
    /// <param name="home">The home.</param>
    /// <param name="authority">The authority of authentication certificates that has signed both.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="now">The time at which certificates must be valid.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">A file is missing, damaged or another party's, or others may read a secret.</exception>
    public static async Task<PartyIdentity> ReadAsync(Home home, Certificate authority, CryptoProvider provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var homeKey = await home.ReadKeyAsync(cancellationToken).ConfigureAwait(false);
        TlsIdentity? tls = null;
        ISigningKey? signing = null;
        List<IKeyAgreementKey> keys = [];
        try
        {
            tls = ReadTls(home, ReadCertificate(home, TlsName, authority, provider, now), homeKey);
            signing = await AuthorityIdentity.ReadSigningKeyAsync(home, TlsName, homeKey, provider, cancellationToken).ConfigureAwait(false);
            var certificate = ReadCertificate(home, EncryptionName, authority, provider, now);
            keys.Add(await ReadEncryptionKeyAsync(home, EncryptionName, certificate, homeKey, provider, cancellationToken).ConfigureAwait(false));
            List<EncryptionIdentity> former = [];
            if (File.Exists(home.PathOf($"{FormerEncryptionName}.pem")))
            {
                var before = home.ReadCertificate(FormerEncryptionName);
                keys.Add(await ReadEncryptionKeyAsync(home, FormerEncryptionName, before, homeKey, provider, cancellationToken).ConfigureAwait(false));
                former.Add(new EncryptionIdentity(before, keys[1]));
            }

            return new PartyIdentity(homeKey, tls, new EncryptionIdentity(certificate, keys[0]) { Former = former }, signing, keys);
        }
        catch
        {
            homeKey.Dispose();
            tls?.Dispose();
            signing?.Dispose();
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    /// <summary>Joins what messages are signed and opened with that travel as CMS.</summary>
    /// <param name="authorities">The authorities that certify the others' keys.</param>
    public CmsIdentity ToCms(IEnumerable<Certificate> authorities) => new()
    {
        SigningCertificate = Tls.Certificate,
        SigningKey = SigningKey,
        EncryptionCertificate = Encryption.Certificate,
        EncryptionKey = new EcEnvelopeKey(Encryption.Certificate, EncryptionKeys[0]),
        FormerEncryptionKeys = [.. Encryption.Former.Zip(EncryptionKeys.Skip(1), (former, key) => new EcEnvelopeKey(former.Certificate, key))],
        Anchors = [.. TrustAnchor.Of(authorities)],
        Provider = CryptoProviders.Software,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        HomeKey.Dispose();
        Tls.Dispose();
        SigningKey.Dispose();
        foreach (var key in EncryptionKeys)
        {
            key.Dispose();
        }
    }

    private static async Task<IKeyAgreementKey> ReadEncryptionKeyAsync(Home home, string name, Certificate certificate, Secret homeKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        using var pkcs8 = home.ReadPrivateKey(name, homeKey);
        var key = await provider.Keys.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
        if (key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            return key;
        }

        key.Dispose();
        throw home.Unusable($"{name}.key", $"it is not the key of {name}.pem");
    }

    private static Certificate ReadCertificate(Home home, string name, Certificate authority, CryptoProvider provider, DateTimeOffset now)
    {
        var certificate = home.ReadCertificate(name);
        var fault = !certificate.IsValidAt(now) ? $"it is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}, not now"
            : !certificate.Subject.Equals(home.Name) ? $"it is a certificate of {certificate.Subject}, and this is the home of {home.Name}"
            : !certificate.IsSignedBy(authority, provider) ? $"the authority {authority.Subject} has not signed it"
            : null;
        return fault is null ? certificate : throw home.Unusable($"{name}.pem", fault);
    }

    private static TlsIdentity ReadTls(Home home, Certificate certificate, Secret homeKey)
    {
        using var pkcs8 = home.ReadPrivateKey(TlsName, homeKey);
        var pem = PemEncoding.Write("PRIVATE KEY", pkcs8.Span);
        try
        {
            return TlsIdentity.From(certificate, pem);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw home.Unusable($"{TlsName}.key", $"it is not the key of {TlsName}.pem", exception);
        }
        finally
        {
            Array.Clear(pem);
        }
    }
}
