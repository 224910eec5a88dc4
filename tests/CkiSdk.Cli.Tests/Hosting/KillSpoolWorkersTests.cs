using System.Diagnostics;
using System.Text;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Ftp;
using CkiSdk.Transports.Spool;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Kills one of several processes that serve one spool, at random moments under load and with foreign files between: no message is lost, and none is done twice.</summary>
public sealed class KillSpoolWorkersTests
{
    private const int Workers = 3;
    private const int Clients = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_OfWorkers_LosesNoMessage_AndDoesNoneTwice()
    {
        using var folder = new TemporaryFolder();
        var spool = folder.PathOf("spool");
        await RunAsync(spool, ["--spool", spool], () => new SpoolFolder(spool), LongRun.Count(20, 300), hasLinks: true);
    }

    // A message of a dead worker passes to another one after the lease, and its answer may stay where it is.
    [Fact]
    public async Task Kill_OfWorkersOnAnFtpServer_LosesNoMessage_AndDoesNoneTwice()
    {
        await using var server = await VsftpdServer.StartAsync();
        var options = new FtpOptions { Host = "127.0.0.1", Port = server.Port, Folder = "pub/cma", Password = _ => ValueTask.FromResult(Secret.From(Encoding.UTF8.GetBytes(VsftpdServer.Password))) };
        string[] serve = ["--ftp", $"ftp://anonymous@127.0.0.1:{server.Port}/pub/cma?password-file={server.PasswordFile}&lease=3"];
        await RunAsync(server.PathOf("cma"), serve, () => new FtpSpool(options), LongRun.Count(5, 100), hasLinks: false);
    }

    private static async Task RunAsync(string spool, string[] serve, Func<SpoolPlace> place, int kills, bool hasLinks)
    {
        var random = new Random(832);
        using var domain = await TestDomain.CreateAsync();
        var before = await CertificatesAsync(domain);
        var workers = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => StartAsync(domain, serve)));
        using var stop = new CancellationTokenSource();
        var load = await LoadAsync(domain, place, stop.Token);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < kills; i++)
        {
            await Task.Delay(random.Next(20, 300), Cancel);
            await LeaveForeignFileAsync(spool, i, hasLinks);
            var victim = random.Next(Workers);
            Assert.False(workers[victim].HasEnded, "a worker ended by itself");
            await workers[victim].KillAsync();
            await workers[victim].DisposeAsync();
            workers[victim] = await StartAsync(domain, serve);
        }

        await stop.CancelAsync();
        var answers = (await Task.WhenAll(load)).SelectMany(client => client).ToList();
        while (Files(spool, "in").Any(file => !file.StartsWith('.') && !file.StartsWith("link", StringComparison.Ordinal))) await Task.Delay(50, Cancel);
        foreach (var worker in workers)
        {
            Assert.Equal(0, await worker.StopAsync());
            await worker.DisposeAsync();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills in {clock.Elapsed.TotalSeconds:F1} s, {answers.Count} answers");
        Assert.True(answers.Count > kills, $"only {answers.Count} answers in {kills} kills");
        await LoadClient.CheckStoreAsync(domain, answers);
        Assert.Equal(before + answers.Count, await CertificatesAsync(domain));
        AssertSpool(spool, answers.Count, kills, hasLinks);
    }

    private static Task<CmaProcess> StartAsync(TestDomain domain, string[] serve) => CmaProcess.StartAsync(domain.Path, more: serve);

    // Each asks for one certificate after the other; nobody of them ever sees that somebody dies.
    private static async Task<Task<List<(PKIMessage Request, byte[] Body)>>[]> LoadAsync(TestDomain domain, Func<SpoolPlace> place, CancellationToken stop)
    {
        var (a1, cma) = await domain.ProtectAsync();
        return [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            await using var transport = new SpoolTransport(new SpoolTransportOptions { Place = place(), Identity = a1, ServerCertificate = cma, Interval = TimeSpan.FromMilliseconds(20) });
            var answers = new List<(PKIMessage Request, byte[] Body)>();
            while (!stop.IsCancellationRequested)
            {
                var request = TestDomain.Request(TestDomain.A1Name);
                var answer = await transport.ExchangeAsync(request.Encode(), Cancel);
                Assert.Null(answer.Refusal);
                answers.Add((request, PKIMessage.Decode(answer.Message!.Value).Body.Encode()));
            }

            return answers;
        }))];
    }

    // What others leave in a spool: half a file under the name of a temporary one, a link out of it, garbage under the name of a message.
    private static async Task LeaveForeignFileAsync(string spool, int number, bool hasLinks)
    {
        string PathOf(string name) => Path.Combine(spool, name);
        await File.WriteAllTextAsync(PathOf($"in/.half{number}"), "half a", Cancel);
        if (hasLinks) File.CreateSymbolicLink(PathOf($"in/link{number}.pki"), PathOf("nowhere"));
        await File.WriteAllTextAsync(PathOf($"in/..{number}.pki"), "foreign", Cancel);
        await File.WriteAllTextAsync(PathOf($".garbage{number}"), "garbage", Cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathOf($".garbage{number}"), (UnixFileMode)0b110_110_110);
        File.Move(PathOf($".garbage{number}"), PathOf($"in/garbage{number}.pki"));
    }

    private static string[] Files(string spool, string name) => [.. Directory.GetFiles(Path.Combine(spool, name)).Select(file => Path.GetFileName(file))];

    private static void AssertSpool(string spool, int answers, int kills, bool hasLinks)
    {
        string[] Of(string name) => Files(spool, name);

        // A worker that dies between the answer and "done" leaves the message in "in": the client, who has his answer, takes it away from there. Each client waits for one answer at a time.
        Assert.InRange(Of("done").Length, answers - (kills * Clients), answers);

        // On an FTP server he cannot tell that from a message in work, and leaves the answer.
        Assert.InRange(Of("out").Count(file => !file.StartsWith('.')), 0, hasLinks ? 0 : kills * Clients);
        Assert.Equal(2 * kills, Of("failed").Count(file => !file.StartsWith('.')));
        Assert.Equal(2 * kills, Of("in").Count(file => file.StartsWith(".half", StringComparison.Ordinal) || file.StartsWith("..", StringComparison.Ordinal)));
        Assert.Equal(hasLinks ? kills : 0, Of("in").Count(file => file.StartsWith("link", StringComparison.Ordinal)));
        Assert.DoesNotContain(Of("in"), file => file.StartsWith("20", StringComparison.Ordinal));
    }

    private static async Task<long> CertificatesAsync(TestDomain domain)
    {
        await using var connection = new SqliteConnection($"Data Source={domain.Database};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM certificates";
        return (long)(await count.ExecuteScalarAsync(Cancel))!;
    }
}
