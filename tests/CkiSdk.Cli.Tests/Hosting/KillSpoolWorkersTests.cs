using System.Diagnostics;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.TestSupport;
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
        var random = new Random(832);
        using var domain = await TestDomain.CreateAsync();
        using var folder = new TemporaryFolder();
        var (spool, before) = (folder.PathOf("spool"), await CertificatesAsync(domain));
        var workers = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => StartAsync(domain, spool)));
        using var stop = new CancellationTokenSource();
        var load = await LoadAsync(domain, spool, stop.Token);
        var (kills, clock) = (LongRun.Count(20, 300), Stopwatch.StartNew());
        for (var i = 0; i < kills; i++)
        {
            await Task.Delay(random.Next(20, 300), Cancel);
            await LeaveForeignFileAsync(folder, i);
            var victim = random.Next(Workers);
            Assert.False(workers[victim].HasEnded, "a worker ended by itself");
            await workers[victim].KillAsync();
            await workers[victim].DisposeAsync();
            workers[victim] = await StartAsync(domain, spool);
        }

        await stop.CancelAsync();
        var answers = (await Task.WhenAll(load)).SelectMany(client => client).ToList();
        foreach (var worker in workers)
        {
            Assert.Equal(0, await worker.StopAsync());
            await worker.DisposeAsync();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills in {clock.Elapsed.TotalSeconds:F1} s, {answers.Count} answers");
        Assert.True(answers.Count > kills, $"only {answers.Count} answers in {kills} kills");
        await LoadClient.CheckStoreAsync(domain, answers);
        Assert.Equal(before + answers.Count, await CertificatesAsync(domain));
        AssertSpool(spool, answers.Count, kills);
    }

    private static Task<CmaProcess> StartAsync(TestDomain domain, string spool) => CmaProcess.StartAsync(domain.Path, more: ["--spool", spool]);

    // Each asks for one certificate after the other; nobody of them ever sees that somebody dies.
    private static async Task<Task<List<(PKIMessage Request, byte[] Body)>>[]> LoadAsync(TestDomain domain, string spool, CancellationToken stop)
    {
        var (a1, cma) = await domain.ProtectAsync();
        return [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            await using var transport = new SpoolTransport(new SpoolTransportOptions { Place = new SpoolFolder(spool), Identity = a1, ServerCertificate = cma, Interval = TimeSpan.FromMilliseconds(20) });
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
    private static async Task LeaveForeignFileAsync(TemporaryFolder folder, int number)
    {
        await File.WriteAllTextAsync(folder.PathOf($"spool/in/.half{number}"), "half a", Cancel);
        File.CreateSymbolicLink(folder.PathOf($"spool/in/link{number}.pki"), folder.PathOf("nowhere"));
        await File.WriteAllTextAsync(folder.PathOf($"spool/in/..{number}.pki"), "foreign", Cancel);
        await File.WriteAllTextAsync(folder.PathOf($"spool/.garbage{number}"), "garbage", Cancel);
        File.Move(folder.PathOf($"spool/.garbage{number}"), folder.PathOf($"spool/in/garbage{number}.pki"));
    }

    private static void AssertSpool(string spool, int answers, int kills)
    {
        string[] Files(string name) => [.. Directory.GetFiles(Path.Combine(spool, name)).Select(file => Path.GetFileName(file))];

        // A worker that dies between the answer and "done" leaves the message in "in": the client, who has his answer, takes it away from there. Each client waits for one answer at a time.
        Assert.InRange(Files("done").Length, answers - (kills * Clients), answers);
        Assert.Empty(Files("out").Where(file => !file.StartsWith('.')));
        Assert.Equal(2 * kills, Files("failed").Count(file => !file.StartsWith('.')));
        Assert.Equal(2 * kills, Files("in").Count(file => file.StartsWith(".half", StringComparison.Ordinal) || file.StartsWith("..", StringComparison.Ordinal)));
        Assert.Equal(kills, Files("in").Count(file => file.StartsWith("link", StringComparison.Ordinal)));
        Assert.DoesNotContain(Files("in"), file => file.StartsWith("20", StringComparison.Ordinal));
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
