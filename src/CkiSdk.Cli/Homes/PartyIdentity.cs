using System.Security.Cryptography;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Cli.Homes;

/// <summary>Holds what a party is: the key of its home, its authentication certificate and its encryption certificate with their keys.</summary>
/// <param name="HomeKey">The key of the home.</param>
/// <param name="Tls">The authentication certificate with its key.</param>
/// <param name="Encryption">The certificate that keys are sealed to, with its key.</param>
/// <param name="EncryptionKey">That key.</param>
internal sealed record PartyIdentity(Secret HomeKey, TlsIdentity Tls, EncryptionIdentity Encryption, IKeyAgreementKey EncryptionKey) : IDisposable
{
    /// <summary>The name of the files of the authentication certificate.</summary>
    public const string TlsName = "tls";

    /// <summary>The name of the files of the encryption certificate.</summary>
    public const string EncryptionName = "encryption";

    /// <summary>The name of the files of the encryption certificate before.</summary>
    public const string FormerEncryptionName = "encryption-former";

    /// <summary>Keeps the encryption certificate with its key as the one before: what was sealed to it opens still.</summary>
    /// <param name="home">The home.</param>
    public static void KeepFormerEncryption(Home home)
    {
        foreach (var ending in new[] { "key", "pem" })
        {
            File.Move(home.PathOf($"{EncryptionName}.{ending}"), home.PathOf($"{FormerEncryptionName}.{ending}"), overwrite: true);
        }
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
        try
        {
            tls = ReadTls(home, ReadCertificate(home, TlsName, authority, provider, now), homeKey);
            var encryption = ReadCertificate(home, EncryptionName, authority, provider, now);
            using var pkcs8 = home.ReadPrivateKey(EncryptionName, homeKey);
            var key = await provider.Keys.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
            return key.SubjectPublicKeyInfo.Span.SequenceEqual(encryption.SubjectPublicKeyInfo.Span)
                ? new PartyIdentity(homeKey, tls, new EncryptionIdentity(encryption, key) { Former = await ReadFormerAsync(home, homeKey, provider, cancellationToken).ConfigureAwait(false) }, key)
                : throw home.Unusable($"{EncryptionName}.key", $"it is not the key of {EncryptionName}.pem");
        }
        catch
        {
            homeKey.Dispose();
            tls?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        HomeKey.Dispose();
        Tls.Dispose();
        EncryptionKey.Dispose();
    }

    private static async Task<IReadOnlyList<EncryptionIdentity>> ReadFormerAsync(Home home, Secret homeKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (!File.Exists(home.PathOf($"{FormerEncryptionName}.pem")))
        {
            return [];
        }

        using var pkcs8 = home.ReadPrivateKey(FormerEncryptionName, homeKey);
        return [new EncryptionIdentity(home.ReadCertificate(FormerEncryptionName), await provider.Keys.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false))];
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
