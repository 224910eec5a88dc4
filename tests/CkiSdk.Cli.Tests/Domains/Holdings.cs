using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Cli.Authorities;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Users;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Reads what the parties of two domains hold, out of their homes, while they run.</summary>
internal static class Holdings
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Reads something at an authority.</summary>
    public static async Task<T> AtAsync<T>(TwoDomains domains, string home, Func<AuthorityHost, Task<T>> read)
    {
        using var log = new WarningLog(TextWriter.Null);
        await using var host = await RunCommand.OpenAsync(Home.Open(domains.PathOf(home)), log, Cancel);
        return await read(host);
    }

    /// <summary>Reads something at a user, or lets him do something that no command does.</summary>
    public static async Task<T> OfUserAsync<T>(TwoDomains domains, string user, Func<UserSession, Task<T>> read, Func<ICkiTransport, ICkiTransport>? wrap = null)
    {
        await using var session = await UserSession.OpenAsync(Home.Open(domains.PathOf(user), HomeKind.User), wrap, Cancel);
        return await read(session);
    }

    /// <summary>Lists the interoperability keys of a CMA, the latest last.</summary>
    public static Task<HeldKey[]> KeysAsync(TwoDomains domains, string home) => AtAsync(domains, home, async host =>
        (await host.Store.ListInteroperabilityKeysAsync(Cancel)).Select(key => new HeldKey(key, DigestOf(host, key.WrappedKey))).ToArray());

    /// <summary>Lists the digests of the keys that the TLCMA has made for a CMA.</summary>
    public static Task<string[]> SuppliedAsync(TwoDomains domains, string cma) => AtAsync(domains, "top", async host =>
        (await host.Store.ListPairKeysAsync(NameOf(cma).Canonical, Cancel)).Select(key => DigestOf(host, key.WrappedKey)).ToArray());

    /// <summary>Lists the bodies of the messages that an authority has handled from a party.</summary>
    public static Task<string[]> HandledAsync(TwoDomains domains, string home, DistinguishedName from) => AtAsync(domains, home, async host =>
        (await host.Store.ReadAuditAsync(Cancel)).Links.Where(link => link.Entry.Party == from.Canonical && link.Entry.Event.StartsWith("message.", StringComparison.Ordinal)).Select(link => link.Entry.Event["message.".Length..]).ToArray());

    /// <summary>Tells whether an authority has announcements for other authorities, or waits for their answers.</summary>
    public static Task<bool> HasForOthersAsync(TwoDomains domains, string home) => AtAsync(domains, home, async host =>
        (await host.Store.ListPendingRequestsAsync(Cancel)).Count > 0
        || (await host.Store.ListRecipientsAsync(Cancel)).Intersect(host.Routes.Cards.Select(card => card.ToName().Canonical), StringComparer.Ordinal).Any());

    /// <summary>Lists the seed keys of a user.</summary>
    public static Task<HeldSeed[]> SeedsAsync(TwoDomains domains, string user) => OfUserAsync(domains, user, session =>
    {
        using var state = session.Agent.Save();
        return Task.FromResult(state.Seeds.Select(seed => new HeldSeed(seed.Cma, SeedKeyIdentifier.Decode(seed.Identifier), Digest(seed.Key))).ToArray());
    });

    /// <summary>Tells whose key, and which of his seed keys, a certificate is of.</summary>
    public static SeedKeyIdentifier IdentifierOf(Certificate certificate) => SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory);

    /// <summary>Writes a reference as stores do.</summary>
    public static string ReferenceOf(SeedKeyIdentifier identifier) => Convert.ToHexStringLower(identifier.IkReference.Value.Span);

    /// <summary>Names a CMA by its home.</summary>
    public static DistinguishedName NameOf(string cma) => DistinguishedName.Parse($"CN=CMA {cma.ToUpperInvariant()},O=Domain {cma.ToUpperInvariant()},C=GB");

    /// <summary>Names a user by his home.</summary>
    public static DistinguishedName UserOf(string user) => DistinguishedName.Parse(TwoDomains.NameOf(user));

    private static string DigestOf(AuthorityHost host, ReadOnlyMemory<byte> wrapped)
    {
        using var key = CryptoProviders.Software.KeyWrap.Unwrap(host.Identity.Party.HomeKey, wrapped.Span)!;
        return Digest(key);
    }

    private static string Digest(Secret key) => Convert.ToHexString(SHA256.HashData(key.Span));
}

/// <summary>Is an interoperability key that a CMA holds.</summary>
internal sealed record HeldKey(StoredInteroperabilityKey Stored, string Digest);

/// <summary>Is a seed key that a user holds.</summary>
internal sealed record HeldSeed(DistinguishedName Cma, SeedKeyIdentifier Identifier, string Digest);
