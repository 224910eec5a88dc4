using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Storage.Sqlite;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Tcp;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Kills the CMA with SIGKILL at random moments under load: what it acknowledged is there afterwards, and no serial number was given twice.</summary>
public sealed class KillTests
{
    private const int Clients = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_Loses_NothingThatWasAcknowledged()
    {
        var random = new Random(829);
        using var domain = await TestDomain.CreateAsync();
        var clients = Enumerable.Range(0, Clients).Select(_ => new LoadClient()).ToArray();
        var rounds = LongRun.Count(4, 50);

        // On a busy machine a round may end before anybody was answered: then there are more of them.
        for (var round = 0; round < rounds || (round < 20 * rounds && clients.Sum(client => client.Answers.Count) <= 10 * rounds); round++)
        {
            await using var cma = await CmaProcess.StartAsync(domain.Path);
            var load = clients.Select(client => client.RunAsync(domain.Connect(cma.EndPoint, domain.A1))).ToArray();
            await Task.Delay(random.Next(300, 2000), Cancel);
            Assert.False(cma.HasEnded, "the CMA ended by itself");
            await cma.KillAsync();
            await Task.WhenAll(load);
        }

        var answers = await RepeatAsync(domain, clients);
        Assert.True(answers.Count > 10 * rounds, $"only {answers.Count} answers in {rounds} rounds");
        await CheckStoreAsync(domain, answers);
        TestContext.Current.TestOutputHelper!.WriteLine($"{rounds} kills, {answers.Count} answers, {clients.Sum(client => client.Repeated)} requests repeated unanswered");
    }

    // Every request once more, with the octets it had: those that never got an answer, and those that got one.
    private static async Task<List<(PKIMessage Request, byte[] Body)>> RepeatAsync(TestDomain domain, LoadClient[] clients)
    {
        await using var cma = await CmaProcess.StartAsync(domain.Path);
        await using var transport = domain.Connect(cma.EndPoint, domain.A1);
        var answers = new List<(PKIMessage Request, byte[] Body)>();
        foreach (var request in clients.Select(client => client.Unanswered).OfType<byte[]>())
            answers.Add((PKIMessage.Decode(request), await LoadClient.AskAsync(transport, request)));
        foreach (var (request, body) in clients.SelectMany(client => client.Answers))
        {
            Assert.Equal(body, await LoadClient.AskAsync(transport, request));
            answers.Add((PKIMessage.Decode(request), body));
        }

        Assert.Equal(0, await cma.StopAsync());
        return answers;
    }

    private static async Task CheckStoreAsync(TestDomain domain, List<(PKIMessage Request, byte[] Body)> answers)
    {
        var certificates = answers.Select(answer => Granted(answer.Body)).ToArray();
        Assert.Equal(certificates.Length, certificates.Select(certificate => certificate.SerialNumber).Distinct().Count());
        await using (var store = await SqliteCmaStore.OpenAsync(domain.Database, TimeProvider.System, Cancel))
        {
            foreach (var certificate in certificates)
            {
                var stored = await store.FindCertificateAsync(certificate.SerialNumber.ToUnsigned().ToArray(), Cancel);
                Assert.NotNull(stored);
                Assert.Equal(certificate.Encoded.ToArray(), stored.Encoded.ToArray());
            }
        }

        await using var connection = new SqliteConnection($"Data Source={domain.Database};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await check.ExecuteScalarAsync(Cancel));
    }

    private static Certificate Granted(byte[] body)
    {
        var content = Assert.IsType<PKIBody.CkiSCrp>(PKIBody.Decode(body)).Value;
        Assert.Equal(PKIStatus.Granted, content.Status.Status);
        return Certificate.From(content.SendCertificate!);
    }

    /// <summary>Asks for one certificate after the other until the connection breaks; what was asked last it asks again the next time.</summary>
    private sealed class LoadClient
    {
        public List<(byte[] Request, byte[] Body)> Answers { get; } = [];

        public byte[]? Unanswered { get; private set; }

        public int Repeated { get; private set; }

        public static async Task<byte[]> AskAsync(TcpCkiTransport transport, byte[] request)
        {
            var answer = await transport.ExchangeAsync(request, Cancel);
            Assert.Null(answer.Refusal);
            return PKIMessage.Decode(answer.Message!.Value).Body.Encode();
        }

        public async Task RunAsync(TcpCkiTransport transport)
        {
            await using (transport)
            {
                if (Unanswered is not null) Repeated++;
                try
                {
                    while (true)
                    {
                        Unanswered ??= TestDomain.Request(TestDomain.A1Name).Encode();
                        Answers.Add((Unanswered, await AskAsync(transport, Unanswered)));
                        Unanswered = null;
                    }
                }
                catch (CkiTransportException)
                {
                    // The CMA is dead.
                }
            }
        }
    }
}
