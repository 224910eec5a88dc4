using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is Annex C, VII: the seed key of B1 is in other hands; his CMA says so, the other CMA revokes his receive certificates, and nobody gets one until he is back.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class AnnexCRevocation
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs it.</summary>
    /// <param name="domains">The domains.</param>
    /// <param name="receive">The receive certificate of B1 that is out.</param>
    public static async Task RunAsync(TwoDomains domains, Certificate receive)
    {
        var name = Holdings.UserOf("b1");
        Assert.False(await IsRevokedAtAsync(domains, "a", name.Canonical));
        string[] seal = ["user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", domains.PathOf("report.txt"), "--force", "--out", domains.PathOf("again.cki")];
        string[] open = ["user", "open", "--home", domains.PathOf("b1"), "--in", domains.PathOf("again.cki"), "--force", "--out", domains.PathOf("again.txt")];

        // C.22, C.23: the list goes to the other CMA and is in its store; nothing of it waits any more.
        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b1"), "--reason", "key-compromise");
        Assert.True(await IsRevokedAtAsync(domains, "b", name.Canonical));
        await TwoDomains.UntilAsync("the revoked user list at the other CMA", () => IsRevokedAtAsync(domains, "a", name.Canonical));
        if (domains.HasTlcma)
        {
            // The TLCMA tells it, too, and may be later: a user is revoked while any source's latest list names him (profile section 4).
            await TwoDomains.UntilAsync("the list of the TLCMA at the other CMA", () => IsNamedByTlcmaAsync(domains, name.Canonical));
        }

        // Which of the two comes first, nobody says.
        await TwoDomains.UntilAsync("the announcement of the list", async () => (await Holdings.HandledAsync(domains, "a", Holdings.NameOf("b"))).Contains("ckiRULann"));

        // C.24: the CRL with the certificate is at the user who has it.
        Assert.True(await Holdings.AtAsync(domains, "a", async host => (await host.Store.ListRevokedCertificatesAsync(TimeProvider.System.GetUtcNow(), default, Cancel)).Any(entry => entry.Serial.Span.SequenceEqual(receive.SerialNumber.ToUnsigned()))));
        await TwoDomains.UntilAsync("the CRL at the user", async () =>
        {
            await TwoDomains.Ok("user", "certs", "--home", domains.PathOf("a1"));
            return await IsListedAsync(domains, "a1", receive);
        });
        var listed = (await TwoDomains.Json("user", "certs", "--home", domains.PathOf("a1"), "--offline")).GetProperty("receive").EnumerateArray();
        Assert.Equal(["revoked"], listed.Where(row => row.GetProperty("user").GetString() == TwoDomains.NameOf("b1")).Select(row => row.GetProperty("state").GetString()));

        // C.25: no certificate, and no keys for him.
        var error = await TwoDomains.Fails(3, seal);
        Assert.Contains($"{TwoDomains.NameOf("b1")} is revoked", error, StringComparison.Ordinal);
        Assert.False(File.Exists(domains.PathOf("again.cki")));
        var refused = await Holdings.OfUserAsync(domains, "b1", session => session.Client.RequestSendCertificateAsync(TimeProvider.System.GetUtcNow(), cancellationToken: Cancel));
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<SendCertificateResult.Rejected>(refused).Failure);
        var users = (await TwoDomains.Json("cma", "user", "list", "--home", domains.PathOf("b"))).GetProperty("users").EnumerateArray();
        var user = users.Single(row => row.GetProperty("name").GetString() == TwoDomains.NameOf("b1"));
        Assert.Equal(("revoked", "key-compromise"), (user.GetProperty("state").GetString(), user.GetProperty("reason").GetString()));
        await TwoDomains.Fails(3, "cma", "user", "add", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b1"), "--out", domains.PathOf("b1-again.json"));

        // Until a list without him comes; what he gets then is of another generation (¶115).
        await TwoDomains.Ok("cma", "user", "restore", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b1"));
        await TwoDomains.UntilAsync("a list without him at the other CMA", async () => !await IsRevokedAtAsync(domains, "a", name.Canonical));
        await TwoDomains.Ok(seal);
        await TwoDomains.Ok(open);
        Assert.Equal(await File.ReadAllTextAsync(domains.PathOf("report.txt"), Cancel), await File.ReadAllTextAsync(domains.PathOf("again.txt"), Cancel));
        var next = await Holdings.OfUserAsync(domains, "a1", session => Task.FromResult(session.Client.Certificates.Receive.First(certificate => certificate.Subject.Equals(name))));
        Assert.True(Holdings.IdentifierOf(next).Generation > Holdings.IdentifierOf(receive).Generation);
        Assert.False(await IsListedAsync(domains, "a1", next));
        Assert.True(await IsListedAsync(domains, "a1", receive));
        var local = (await Holdings.SeedsAsync(domains, "b1")).Where(seed => seed.Cma.Equals(Holdings.NameOf("b")));
        Assert.Equal(2, local.Select(seed => seed.Digest).Distinct().Count());
    }

    private static Task<bool> IsRevokedAtAsync(TwoDomains domains, string cma, string name) =>
        Holdings.AtAsync(domains, cma, async host => await host.Store.FindRevokedUserAsync(name, Cancel) is not null);

    private static Task<bool> IsNamedByTlcmaAsync(TwoDomains domains, string name) => Holdings.AtAsync(domains, "a", async host =>
        (await host.Store.FindRevokedListAsync(DistinguishedName.Parse("CN=TLCMA,C=GB").Canonical, Holdings.NameOf("b").Canonical, Cancel))?.Users.Any(user => user.CanonicalName == name) == true);

    private static Task<bool> IsListedAsync(TwoDomains domains, string user, Certificate certificate) => Holdings.OfUserAsync(domains, user, session =>
        Task.FromResult(session.Agent.FindAuthority(certificate) is { } authority && session.Agent.FindCrl(authority)?.Find(certificate.SerialNumber) is not null));
}
