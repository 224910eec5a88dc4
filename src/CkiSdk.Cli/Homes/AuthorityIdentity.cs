using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Options;

namespace CkiSdk.Cli.Homes;

/// <summary>Holds what a CMA or TLCMA is: its certificate and key, the authority for its authentication certificates, and what every party has.</summary>
/// <param name="Signers">The CMA or TLCMA certificates with their keys, the first one first.</param>
/// <param name="Authority">The certificate of the authority that certifies authentication keys.</param>
/// <param name="Party">What every party has.</param>
internal sealed record AuthorityIdentity(IReadOnlyList<CmaSigner> Signers, Certificate Authority, PartyIdentity Party) : IDisposable
{
    /// <summary>The name of the files of the authority of authentication.</summary>
    public const string AuthorityName = "authority";

    /// <summary>Gets the certificate in force, with its key; the last where none is any more. The next one takes over by the clock, without a restart.</summary>
    public CmaSigner Current => InForce(Signers, TimeProvider.System.GetUtcNow()) ?? Signers[^1];

    /// <summary>Gets the CMA or TLCMA certificate in force.</summary>
    public Certificate Certificate => Current.Certificate;

    /// <summary>Gets its key.</summary>
    public ISigningKey SigningKey => Current.Key;

    /// <summary>Reads it and checks that it belongs together.</summary>
    /// <param name="home">The home.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="now">The time at which certificates must be valid.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">A file is missing, damaged or another party's, or others may read a secret.</exception>
    public static async Task<AuthorityIdentity> ReadAsync(Home home, CryptoProvider provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var authority = home.ReadCertificate(AuthorityName);
        var fault = !authority.IsValidAt(now) ? $"it is valid from {authority.NotBefore:u} to {authority.NotAfter:u}, not now"
            : !authority.IsSelfIssued ? $"{authority.Subject} has not signed it for itself"
            : null;
        if (fault is not null)
        {
            throw home.Unusable($"{AuthorityName}.pem", fault);
        }

        var party = await PartyIdentity.ReadAsync(home, authority, provider, now, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<CmaSigner> signers = [];
        try
        {
            signers = await SigningKeys.ReadAsync(home, party.HomeKey, provider, cancellationToken).ConfigureAwait(false);
            var last = signers[^1].Certificate;
            return InForce(signers, now) is not null
                ? new AuthorityIdentity(signers, authority, party)
                : throw home.Unusable($"{SigningKeys.NameOf(home, signers.Count)}.pem", $"it is valid from {last.NotBefore:u} to {last.NotAfter:u}, not now");
        }
        catch
        {
            foreach (var signer in signers)
            {
                signer.Key.Dispose();
            }

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

    private static CmaSigner? InForce(IReadOnlyList<CmaSigner> signers, DateTimeOffset now) => signers.Where(signer => signer.Certificate.IsValidAt(now)).MaxBy(signer => signer.Certificate.NotBefore);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signer in Signers)
        {
            signer.Key.Dispose();
        }

        Party.Dispose();
    }
}
