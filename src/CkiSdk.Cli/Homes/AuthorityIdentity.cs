using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Homes;

/// <summary>Holds what a CMA or TLCMA is: its certificate and key, the authority for its authentication certificates, and what every party has.</summary>
/// <param name="Certificate">The CMA or TLCMA certificate.</param>
/// <param name="SigningKey">Its key.</param>
/// <param name="Authority">The certificate of the authority that certifies authentication keys.</param>
/// <param name="Party">What every party has.</param>
internal sealed record AuthorityIdentity(Certificate Certificate, ISigningKey SigningKey, Certificate Authority, PartyIdentity Party) : IDisposable
{
    /// <summary>The name of the files of the authority of authentication.</summary>
    public const string AuthorityName = "authority";

    /// <summary>Reads it and checks that it belongs together.</summary>
    /// <param name="home">The home.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="now">The time at which certificates must be valid.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">A file is missing, damaged or another party's, or others may read a secret.</exception>
    public static async Task<AuthorityIdentity> ReadAsync(Home home, CryptoProvider provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = home.Configuration.Kind;
        var (certificate, authority) = (home.ReadCertificate(name), home.ReadCertificate(AuthorityName));
        foreach (var (file, found) in new[] { (name, certificate), (AuthorityName, authority) })
        {
            if (!found.IsValidAt(now))
            {
                throw home.Unusable($"{file}.pem", $"it is valid from {found.NotBefore:u} to {found.NotAfter:u}, not now");
            }
        }

        if (!certificate.Subject.Equals(home.Name))
        {
            throw home.Unusable($"{name}.pem", $"it is a certificate of {certificate.Subject}, and this is the home of {home.Name}");
        }

        var party = await PartyIdentity.ReadAsync(home, authority, provider, now, cancellationToken).ConfigureAwait(false);
        ISigningKey? key = null;
        try
        {
            key = await ReadSigningKeyAsync(home, name, party.HomeKey, provider, cancellationToken).ConfigureAwait(false);
            return key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span)
                ? new AuthorityIdentity(certificate, key, authority, party)
                : throw home.Unusable($"{name}.key", $"it is not the key of {name}.pem");
        }
        catch
        {
            key?.Dispose();
            party.Dispose();
            throw;
        }
    }

    /// <summary>Reads a key that signs.</summary>
    /// <param name="home">The home.</param>
    /// <param name="name">The name of its file without the ending.</param>
    /// <param name="homeKey">The key of the home.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The key, which the caller disposes.</returns>
    public static async Task<ISigningKey> ReadSigningKeyAsync(Home home, string name, Secret homeKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        using var pkcs8 = home.ReadPrivateKey(name, homeKey);
        try
        {
            return await provider.Keys.ImportSigningKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptoProviderException exception)
        {
            throw home.Unusable($"{name}.key", exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SigningKey.Dispose();
        Party.Dispose();
    }
}
