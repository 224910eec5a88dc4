using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Kills either of two CMA processes on one PostgreSQL database at full load: the other serves on, nothing that was acknowledged is lost, no number and no announcement is given twice.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FailoverTests
{
    private const int Clients = 8;

    private static readonly DistinguishedName Revoked = DistinguishedName.Parse("CN=User A3,O=Domain A,C=GB");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EitherOfTwoProcesses_MayBeKilled_AtFullLoad()
    {
        using var server = new PostgreSqlServer();
        server.CreateDatabase("cki_a");
        using var folder = new TemporaryFolder();
        var password = folder.WriteText("password", PostgreSqlServer.Password);
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var place = new StorePlace($"postgres://{PostgreSqlServer.User}@127.0.0.1:{server.Port}/cki_a") { PasswordFile = password };
        using var domain = await TestDomain.CreateAsync(place);
        await TwoDomains.Ok("cma", "init", "--home", folder.PathOf("b"), "--name", "CN=CMA B,O=Domain B,C=GB", "--domain", "O=Domain B,C=GB", "--listen", TwoDomains.FreePort());
        await TwoDomains.Ok("cma", "peer", "add", "--home", domain.Path, "--card", folder.PathOf("b/card.json"));
        await TwoDomains.Ok("cma", "peer", "add", "--home", folder.PathOf("b"), "--card", Path.Combine(domain.Path, "card.json"));
        await TwoDomains.Ok("cma", "user", "add", "--home", domain.Path, "--name", Revoked.ToString(), "--out", folder.PathOf("a3.json"));

        await using var other = await AnnouncementCounter.StartAsync(folder.PathOf("b"), Cancel);
        await using var pair = new Pair(domain);
        await Task.WhenAll(pair.StartAsync(0), pair.StartAsync(1));
        var clients = Enumerable.Range(0, Clients).Select(number => new FailoverClient(domain, pair, number % 2)).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token), Cancel)).ToArray();
        var announcing = AnnounceAsync(domain, stop.Token);
        var kills = LongRun.Count(2, 40);
        var random = new Random(829);
        for (var kill = 0; kill < kills; kill++)
        {
            await AnsweredAsync(clients, random.Next(50, 200), load);
            await pair.KillAsync(kill % 2);
            await AnsweredAsync(clients, 100, load);
            await pair.StartAsync(kill % 2);
        }

        await AnsweredAsync(clients, 100, load);
        await stop.CancelAsync();
        await Task.WhenAll([.. load, announcing]);
        await TwoDomains.UntilAsync("an empty outbox", async () => await Task.Run(() => server.Query("cki_a", "SELECT count(*) FROM announcements WHERE recipient LIKE '%cma b'")) == "0");
        await CheckAsync(domain, pair, clients, kills, other);
        await pair.StopAsync();
        CheckDatabase(server, clients);
    }

    // Each revocation, and each restoration, is a CRL and a list of revoked users for the other domain.
    private static async Task AnnounceAsync(TestDomain domain, CancellationToken stop)
    {
        await using var host = await domain.OpenAsync();
        for (var isRevoked = false; !stop.IsCancellationRequested; isRevoked = !isRevoked)
        {
            if (isRevoked) await host.Authority.Administration.RestoreAsync(Revoked, Cancel);
            else await host.Authority.Administration.RevokeAsync(Revoked, RevokeUserReason.Unspecified, Cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(150), Cancel);
        }
    }

    private static async Task AnsweredAsync(FailoverClient[] clients, int more, Task[] load)
    {
        var enough = clients.Sum(client => client.Answers.Count) + more;
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clients.Sum(client => client.Answers.Count) < enough;)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "there are no more answers");
            await Task.WhenAny(load.Append(Task.Delay(20, Cancel)));
            Assert.All(load, task => Assert.False(task.IsFaulted, $"{task.Exception}"));
        }
    }

    private static async Task CheckAsync(TestDomain domain, Pair pair, FailoverClient[] clients, int kills, AnnouncementCounter other)
    {
        // Every request is counted once, whenever it was answered; an error is an exchange that ended without an answer although nobody killed its process.
        var (answers, errors, inFlight) = (clients.SelectMany(client => client.Answers).ToArray(), clients.SelectMany(client => client.Errors).ToArray(), clients.Sum(client => client.InFlight));
        Assert.True(errors.Length < 0.001 * answers.Length, $"{errors.Length} errors in {answers.Length} requests: {errors.FirstOrDefault()}");
        Assert.InRange(inFlight, 0, kills * Clients);

        // The same octets get the same answer, from whichever process.
        foreach (var number in new[] { 0, 1 })
        {
            await using var transport = domain.Connect(pair.Choose(number).Process.EndPoint, domain.A1);
            foreach (var (request, body) in answers.Where((_, index) => index % Math.Max(1, answers.Length / 50) == 0)) Assert.Equal(body, await LoadClient.AskAsync(transport, request));
        }

        var certificates = answers.Select(answer => LoadClient.Granted(answer.Body)).ToArray();
        Assert.Equal(certificates.Length, certificates.Select(certificate => certificate.SerialNumber).Distinct().Count());
        await using var host = await domain.OpenAsync();
        foreach (var certificate in certificates)
            Assert.Equal(certificate.Encoded.ToArray(), (await host.Store.FindCertificateAsync(certificate.SerialNumber.ToUnsigned().ToArray(), Cancel))?.Encoded.ToArray());
        var log = await host.Store.ReadAuditAsync(Cancel);
        var finding = AuditChain.Verify(log);
        Assert.True(finding.IsIntact, finding.Reason);

        // Only what a dying process had under way may have come once more, under the same transaction, which has its effect once.
        Assert.NotEmpty(other.Announcements);
        Assert.All(other.Announcements.Values, count => Assert.InRange(count, 1, 2));
        var again = other.Announcements.Values.Count(count => count > 1);
        Assert.InRange(again, 0, kills);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{kills} kills, {answers.Length} requests, {errors.Length} errors, {inFlight} in flight at a killed process, {other.Announcements.Count} announcements, {again} of them twice; {log.Links.Count} audit entries");
    }

    private static void CheckDatabase(PostgreSqlServer server, FailoverClient[] clients)
    {
        var requests = clients.Sum(client => client.Answers.Count);
        Assert.Equal($"{requests}", server.Query("cki_a", $"SELECT count(*) FROM certificates WHERE usage = 'send' AND subject = '{TestDomain.A1Name.Canonical}'"));
        Assert.Equal("0", server.Query("cki_a", "SELECT count(*) FROM certificates AS c LEFT JOIN serials AS s USING (serial) WHERE s.serial IS NULL"));
        Assert.Equal($"{requests}", server.Query("cki_a", $"SELECT count(*) FROM answers WHERE sender = '{TestDomain.A1Name.Canonical}'"));
    }
}
