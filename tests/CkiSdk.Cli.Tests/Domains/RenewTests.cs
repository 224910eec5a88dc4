using CkiSdk.Cli.Doctor;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that the signing key of a CMA changes while its users and those of the other domain go on, with a TLCMA and without (CKI Part 2 B.8, 2.1.2.11).</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RenewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Users_GoOn_WhenTheSigningKeyChanges(bool hasTlcma)
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma);
        if (hasTlcma) await domains.StartAsync("top");
        await domains.StartAsync("a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        var before = await SealAsync(domains, "before");
        var renewed = await TwoDomains.Json("cma", "renew", "--home", domains.PathOf("a"), "--in-days", "0", "--years", "5");
        if (hasTlcma)
        {
            // Its certificate may be on its way: the key is not lost by the same command once more.
            Assert.Contains("--replace", await TwoDomains.Fails(3, "cma", "renew", "--home", domains.PathOf("a"), "--in-days", "0"), StringComparison.Ordinal);
            var waiting = await File.ReadAllTextAsync(domains.PathOf("a/cma-next.key"), Cancel);
            renewed = await TwoDomains.Json("cma", "renew", "--home", domains.PathOf("a"), "--in-days", "0", "--years", "5", "--replace");
            Assert.NotEqual(waiting, await File.ReadAllTextAsync(domains.PathOf("a/cma-next.key"), Cancel));
            await TwoDomains.Ok("tlcma", "peer", "add", "--home", domains.PathOf("top"), "--card", renewed.GetProperty("card").GetString()!, "--out", domains.PathOf("a-2.pem"));
            await TwoDomains.Ok("cma", "join", "--home", domains.PathOf("a"), "--in", domains.PathOf("a-2.pem"));
        }

        await domains.StopAsync("a");
        await domains.StartAsync("a");
        var names = (await TwoDomains.Json("cma", "status", "--home", domains.PathOf("a"))).GetProperty("certificates").EnumerateArray().Select(row => row.GetProperty("certificate").GetString()).ToArray();
        Assert.Equal(["cma", "cma-2", "authority", "tls", "encryption"], names);

        // Whoever gets the card from now on gets the certificate that has taken over.
        await TwoDomains.UntilAsync("a card with the next certificate", async () =>
            PartyCard.ToCertificate(PartyCard.Read(domains.PathOf("a/card.json")).Certificate).Equals(CkiSdk.Pki.Certificates.Certificate.FromPem(await File.ReadAllTextAsync(domains.PathOf("a/cma-2.pem"), Cancel))));
        var after = await SealAsync(domains, "after");
        await OpenAsync(domains, after, "after");
        await OpenAsync(domains, before, "before");

        // To somebody new, of whom there is no certificate under the key of before, though the own send certificate is one.
        await domains.EnrolAsync("a2");
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a2"), "--in", domains.PathOf("before.txt"), "--out", domains.PathOf("new.cki"));
        await TwoDomains.Ok("user", "open", "--home", domains.PathOf("a2"), "--in", domains.PathOf("new.cki"), "--out", domains.PathOf("new.txt"));
        await TwoDomains.Ok("doctor", "--home", domains.PathOf("a"));
        if (!hasTlcma) await TwoDomains.Ok("cma", "peer", "exchange", "--home", domains.PathOf("b"), "--cma", "CN=CMA A,O=Domain A,C=GB");
    }

    [Fact]
    public async Task ARevokedCma_IsRefused_UntilItHasAnotherKey()
    {
        var health = TwoDomains.FreePort();
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true, new Watched(health));
        await domains.StartAsync("top");
        await domains.StartAsync("a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        await SealAsync(domains, "before");
        Assert.Equal("yes", await IssuingAsync());
        string[] revoke = ["tlcma", "peer", "revoke", "--home", domains.PathOf("top"), "--cma", "CN=CMA B,O=Domain B,C=GB", "--reason", "key-compromise"];
        Assert.Equal("revoked", (await TwoDomains.Json(revoke)).GetProperty("state").GetString());
        await TwoDomains.Fails(7, revoke); // there is none left
        string[] seal = ["user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", domains.PathOf("before.txt"), "--force", "--out", domains.PathOf("again.cki")];

        // Somebody else each time: whose certificate is in the wallet needs no answer.
        var number = 2;
        string[] Another() => [.. seal.Select(word => word == TwoDomains.NameOf("b1") ? $"CN=B{number++},O=Domain B,C=GB" : word)];
        await TwoDomains.UntilAsync("a refusal", async () => (await CkiProgram.RunInsideAsync(Another())).Code == 3);
        Assert.Contains("is in no domain that this CMA knows", await TwoDomains.Fails(3, Another()), StringComparison.Ordinal);
        await TwoDomains.UntilAsync("its own CMA knows it", async () => (await CkiProgram.RunInsideAsync(["doctor", "--home", domains.PathOf("b")])).Code == 1);

        // It issues nothing that nobody takes, and says so; what was sealed before is opened under no certificate of its any more.
        Assert.Contains("is revoked by the CRL", await TwoDomains.Fails(3, "user", "seal", "--home", domains.PathOf("b1"), "--to", TwoDomains.NameOf("b1"), "--in", domains.PathOf("before.txt"), "--out", domains.PathOf("b1.cki")), StringComparison.Ordinal);
        Assert.StartsWith("nothing: CN=TLCMA,C=GB has revoked the CMA certificate; 'cki cma renew", await IssuingAsync(), StringComparison.Ordinal);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using (var ready = await client.GetAsync(new Uri($"http://{health}/readyz"), Cancel))
        {
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("has revoked the certificate of CN=CMA B", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        // The card of before has the key that was revoked, which somebody else may have, too.
        var known = await TwoDomains.Fails(6, "tlcma", "peer", "add", "--home", domains.PathOf("top"), "--card", domains.PathOf("b/card.json"), "--out", domains.PathOf("b-1.pem"));
        Assert.Contains("with another key", known, StringComparison.Ordinal);
        Assert.False(File.Exists(domains.PathOf("b-1.pem")));
        Assert.Contains("has revoked the certificate", await TwoDomains.Fails(6, "cma", "join", "--home", domains.PathOf("b"), "--in", domains.PathOf("b.pem")), StringComparison.Ordinal);
        var renewed = await TwoDomains.Json("cma", "renew", "--home", domains.PathOf("b"), "--in-days", "0", "--years", "5");
        await TwoDomains.Ok("tlcma", "peer", "add", "--home", domains.PathOf("top"), "--card", renewed.GetProperty("card").GetString()!, "--out", domains.PathOf("b-2.pem"));
        await TwoDomains.Ok("cma", "join", "--home", domains.PathOf("b"), "--in", domains.PathOf("b-2.pem"));
        await domains.StopAsync("b");
        await domains.StartAsync("b");
        await TwoDomains.UntilAsync("the new certificate is known", async () => (await CkiProgram.RunInsideAsync(Another())).Code == 0);
        await TwoDomains.Ok("doctor", "--home", domains.PathOf("b"));
        Assert.Equal("yes", await IssuingAsync());
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync(new Uri($"http://{health}/readyz"), Cancel)).StatusCode);

        async Task<string?> IssuingAsync() => (await TwoDomains.Json("cma", "status", "--home", domains.PathOf("b"))).GetProperty("issuing").GetString();
    }

    // The next key was made and certified already when the CMA was revoked, and is revoked with it: it must not hold up another one.
    [Fact]
    public async Task ARevokedCma_GoesOn_ThoughItsNextKeyWaits()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top");
        await domains.StartAsync("b");
        await RenewAsync("30", "b-2.pem");
        Assert.Contains("The next key is there already", await TwoDomains.Fails(3, "cma", "renew", "--home", domains.PathOf("b"), "--in-days", "0"), StringComparison.Ordinal);
        await TwoDomains.Ok("tlcma", "peer", "revoke", "--home", domains.PathOf("top"), "--cma", "CN=CMA B,O=Domain B,C=GB", "--reason", "key-compromise");
        await TwoDomains.UntilAsync("its own CMA knows it", async () => (await CkiProgram.RunInsideAsync(["doctor", "--home", domains.PathOf("b")])).Code == 1);
        await RenewAsync("0", "b-3.pem");
        await domains.StopAsync("b");
        await domains.StartAsync("b");
        Assert.Equal("yes", (await TwoDomains.Json("cma", "status", "--home", domains.PathOf("b"))).GetProperty("issuing").GetString());

        async Task RenewAsync(string days, string file)
        {
            var renewed = await TwoDomains.Json("cma", "renew", "--home", domains.PathOf("b"), "--in-days", days);
            await TwoDomains.Ok("tlcma", "peer", "add", "--home", domains.PathOf("top"), "--card", renewed.GetProperty("card").GetString()!, "--out", domains.PathOf(file));
            await TwoDomains.Ok("cma", "join", "--home", domains.PathOf("b"), "--in", domains.PathOf(file));
        }
    }

    [Fact]
    public async Task TheOtherCertificates_AreRenewed_AndNobodyNotices()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top");
        await domains.StartAsync("a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        var before = await SealAsync(domains, "before");
        foreach (var (home, kind, what) in new[] { ("a", "cma", "tls"), ("a", "cma", "encryption"), ("b", "cma", "authority"), ("top", "tlcma", "certificate"), ("top", "tlcma", "authority") })
        {
            var renewed = await TwoDomains.Json(kind, "renew", "--home", domains.PathOf(home), "--what", what, "--years", "20");
            Assert.Equal(what, renewed.GetProperty("what").GetString());
        }

        // Those who know what was there before go on, and so do those who know what is there now.
        foreach (var isTold in new[] { false, true })
        {
            if (isTold)
            {
                await TwoDomains.Ok("cma", "peer", "add", "--home", domains.PathOf("a"), "--card", Card("top"));
                await TwoDomains.Ok("cma", "peer", "add", "--home", domains.PathOf("a"), "--card", Card("b"));
                await TwoDomains.Ok("tlcma", "peer", "add", "--home", domains.PathOf("top"), "--card", Card("a"), "--out", domains.PathOf("again.pem"));
            }

            await domains.StopAsync("a");
            await domains.StopAsync("b");
            await domains.StopAsync("top");
            await domains.StartAsync("top");
            await domains.StartAsync("a", "b");
            var exchanged = await TwoDomains.Json("cma", "peer", "exchange", "--home", domains.PathOf("a"), "--cma", "CN=CMA B,O=Domain B,C=GB"); // keys are sealed to the certificate that is known
            Assert.Equal("granted", exchanged.GetProperty("status").GetString());
            await OpenAsync(domains, await SealAsync(domains, $"after {isTold}"), $"after {isTold}");
            await OpenAsync(domains, before, "before");
        }

        await TwoDomains.Fails(2, "cma", "peer", "add", "--home", domains.PathOf("a"), "--card", domains.PathOf("b/home.json"));

        string Card(string home) => domains.PathOf($"{home}/card.json");
    }

    // Nobody takes a card and no user is enrolled anew: the certificates come with CRLs, and a CRL comes with each revocation.
    [Fact]
    public async Task RenewedAuthorities_ArriveByThemselves()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top", "a", "b");
        await domains.KeysAsync();
        foreach (var user in new[] { "a1", "a2", "b1", "b2" }) await domains.EnrolAsync(user);
        var before = await SealAsync(domains, "before");
        foreach (var (home, kind, what) in new[] { ("a", "cma", "authority"), ("b", "cma", "authority"), ("top", "tlcma", "certificate") })
        {
            await TwoDomains.Ok(kind, "renew", "--home", domains.PathOf(home), "--what", what, "--years", "20");
            await domains.StopAsync(home);
            await domains.StartAsync(home);
        }

        // B's list goes to A and by way of the TLCMA, whose certificate comes along; A tells its users of it when it has started anew.
        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b2"));
        var renewed = await File.ReadAllTextAsync(domains.PathOf("top/tlcma.pem"), Cancel);
        await TwoDomains.UntilAsync("the certificates of others at A", () => Holdings.AtAsync(domains, "a", host => Task.FromResult(
            host.Routes.Cards.All(card => card.Kind == HomeKind.Tlcma ? card.Certificate == renewed : card.Authority == AuthorityOf("b")))));
        // The log tells by whom they came, and not that the operator had given them.
        var log = await Holdings.AtAsync(domains, "a", async host => (await host.Store.ReadAuditAsync(Cancel)).Links);
        var givers = log.Where(link => link.Entry.Event == "peer.card").Select(link => link.Entry.Party).ToHashSet();
        Assert.Contains(DistinguishedName.Parse("CN=TLCMA,C=GB").Canonical, givers);
        Assert.Contains(Holdings.NameOf("b").Canonical, givers);
        await domains.StopAsync("a");
        await domains.StartAsync("a");
        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a2"));
        foreach (var (user, home) in new[] { ("a1", "a"), ("b1", "b") })
        {
            await TwoDomains.Ok("user", "certs", "--home", domains.PathOf(user));
            Assert.Equal(AuthorityOf(home), CardOf(user).Authority);
        }

        Assert.Equal(renewed, CardOf("a1").Anchor);
        await OpenAsync(domains, before, "before");
        await OpenAsync(domains, await SealAsync(domains, "after"), "after");
        foreach (var home in new[] { "a1", "b1" }) await TwoDomains.Ok("doctor", "--home", domains.PathOf(home));

        string AuthorityOf(string home) => File.ReadAllText(domains.PathOf($"{home}/authority.pem"));
        PartyCard CardOf(string user) => PartyCard.Read(domains.PathOf($"{user}/cma.json"), HomeKind.Cma);
    }

    [Fact]
    public async Task NextKey_IsMadeOnce_AndStatusTellsTheDays()
    {
        using var domain = await Hosting.TestDomain.CreateAsync();
        var status = await TwoDomains.Json("cma", "status", "--home", domain.Path);
        Assert.InRange(status.GetProperty("certificates")[0].GetProperty("daysLeft").GetInt32(), 998, 1000);
        await TwoDomains.Fails(8, "cma", "status", "--home", domain.Path, "--days", "1001");
        await TwoDomains.Fails(2, "cma", "renew", "--home", domain.Path, "--in-days", "1001");
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--in-days", "200");
        await TwoDomains.Fails(3, "cma", "renew", "--home", domain.Path, "--in-days", "200");
    }

    [Fact]
    public async Task Doctor_TakesNoOffence_AtCertificatesOfLaterAndOfBefore()
    {
        using var domain = await Hosting.TestDomain.CreateAsync();
        Assert.Contains(await FindingsAsync(1001), finding => finding is { Check: "certificate cma.pem", State: Finding.Bad });
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--what", "authority", "--years", "10");
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--in-days", "30", "--years", "10");
        Assert.Contains("certificate cma-2.pem: takes over at ", await TwoDomains.Ok("doctor", "--home", domain.Path), StringComparison.Ordinal);
        Assert.All(await FindingsAsync(980), finding => Assert.Equal(Finding.Ok, finding.State)); // soon there is another one
        var later = await FindingsAsync(1001);
        Assert.All(later, finding => Assert.Equal(Finding.Ok, finding.State));
        var ended = later.Where(finding => finding.Detail.StartsWith("ended at ", StringComparison.Ordinal) && finding.Detail.EndsWith("; another one follows it", StringComparison.Ordinal)).Select(finding => finding.Check);
        Assert.Equal(["certificate cma.pem", "certificate encryption-former.pem"], ended);

        // What does not follow it is of no help, nor what takes over from nobody.
        File.Move(domain.Home.PathOf("cma-2.pem"), domain.Home.PathOf("cma-next.pem"));
        Assert.Contains(await FindingsAsync(1001), finding => finding is { Check: "certificate cma.pem", State: Finding.Bad });
        Assert.Contains(await FindingsAsync(0), finding => finding is { Check: "certificate cma-next.pem", State: Finding.Ok });
        File.Delete(domain.Home.PathOf("cma.pem"));
        Assert.Contains(await FindingsAsync(0), finding => finding is { Check: "certificate cma-next.pem", State: Finding.Bad });

        async Task<Finding[]> FindingsAsync(int days)
        {
            using var log = new WarningLog(TextWriter.Null);
            var examination = new Examination(domain.Home, log, TimeProvider.System.GetUtcNow().AddDays(days), TimeSpan.FromDays(30));
            return [.. (await examination.RunAsync(Cancel)).Where(finding => finding.Check.StartsWith("certificate ", StringComparison.Ordinal) && finding.Check.EndsWith(".pem", StringComparison.Ordinal))];
        }
    }

    // Each moment at which the process may die: between the files that a renewal writes.
    [Theory]
    [InlineData("tls")]
    [InlineData("encryption")]
    [InlineData("authority")]
    public async Task Renewal_ThatDies_LeavesAHome_ThatOpens(string what)
    {
        using var domain = await Hosting.TestDomain.CreateAsync();
        var before = Directory.GetFiles(domain.Path).Where(file => Path.GetExtension(file) is ".pem" or ".key").ToDictionary(file => file, File.ReadAllBytes, StringComparer.Ordinal);
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--what", what);
        var after = Directory.GetFiles(domain.Path).Where(file => Path.GetExtension(file) is ".pem" or ".key").ToDictionary(file => file, File.ReadAllBytes, StringComparer.Ordinal);
        string[] pairs = what switch { "tls" => ["tls"], "encryption" => ["encryption-former", "encryption"], _ => ["tls", "encryption-former", "encryption"] };
        foreach (var (file, content) in before) await File.WriteAllBytesAsync(file, content, Cancel);
        foreach (var file in after.Keys.Except(before.Keys, StringComparer.Ordinal)) File.Delete(file);
        if (what == "authority") await File.WriteAllBytesAsync(Of("authority.pem"), after[Of("authority.pem")], Cancel);
        foreach (var pair in pairs)
        {
            await File.WriteAllBytesAsync(Of($"{pair}-next.key"), after[Of($"{pair}.key")], Cancel);
            File.SetUnixFileMode(Of($"{pair}-next.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await TwoDomains.Ok("cma", "status", "--home", domain.Path);
            await File.WriteAllBytesAsync(Of($"{pair}.pem"), after[Of($"{pair}.pem")], Cancel);
            await TwoDomains.Ok("cma", "status", "--home", domain.Path);
            if (pair == pairs[^1]) break; // the last one dies here
            File.Move(Of($"{pair}-next.key"), Of($"{pair}.key"), overwrite: true);
            await TwoDomains.Ok("cma", "status", "--home", domain.Path);
        }

        // The next renewal goes on from there.
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--what", what);
        await TwoDomains.Ok("cma", "status", "--home", domain.Path);
        Assert.Empty(Directory.GetFiles(domain.Path, "*-next.key"));

        string Of(string name) => Path.Combine(domain.Path, name);
    }

    private static async Task<string> SealAsync(TwoDomains domains, string text)
    {
        var (plain, message) = (domains.PathOf($"{text}.txt"), domains.PathOf($"{text}.cki"));
        await File.WriteAllTextAsync(plain, text, Cancel);
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", plain, "--out", message);
        return message;
    }

    private static async Task OpenAsync(TwoDomains domains, string message, string text)
    {
        var opened = $"{message}.opened";
        await TwoDomains.UntilAsync("the other domain to know the new key", async () => (await CkiProgram.RunInsideAsync(["user", "open", "--home", domains.PathOf("b1"), "--in", message, "--out", opened, "--force"])).Code == 0);
        Assert.Equal(text, await File.ReadAllTextAsync(opened, Cancel));
    }

    private sealed class Watched(string health) : TestWay
    {
        public override string? RouteTo(TwoDomains domains, string authority) => null;

        public override string[] Serve(TwoDomains domains, string authority) => authority == "b" ? ["--health", health] : [];

        public override string? Listen(string authority) => null;
    }
}
