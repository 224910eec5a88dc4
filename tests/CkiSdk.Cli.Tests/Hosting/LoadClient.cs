using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Storage.Sqlite;
using CkiSdk.Transports.Tcp;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Asks for one certificate after the other until the connection breaks; what was asked last it asks again the next time.</summary>
internal sealed class LoadClient
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public List<(byte[] Request, byte[] Body)> Answers { get; } = [];

    public byte[]? Unanswered { get; private set; }

    public int Repeated { get; private set; }

    /// <summary>Asks once, and returns the body of the answer.</summary>
    public static async Task<byte[]> AskAsync(TcpCkiTransport transport, byte[] request)
    {
        var answer = await transport.ExchangeAsync(request, Cancel);
        Assert.Null(answer.Refusal);
        return PKIMessage.Decode(answer.Message!.Value).Body.Encode();
    }

    /// <summary>Asks until the connection breaks.</summary>
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

    /// <summary>Asks every request once more, with the octets it had, of a CMA that is started for it: those that never got an answer, and those that got one, which must be the same.</summary>
    public static async Task<List<(PKIMessage Request, byte[] Body)>> RepeatAsync(TestDomain domain, LoadClient[] clients)
    {
        await using var cma = await CmaProcess.StartAsync(domain.Path);
        await using var transport = domain.Connect(cma.EndPoint, domain.A1);
        var answers = new List<(PKIMessage Request, byte[] Body)>();
        foreach (var request in clients.Select(client => client.Unanswered).OfType<byte[]>())
            answers.Add((PKIMessage.Decode(request), await AskAsync(transport, request)));
        foreach (var (request, body) in clients.SelectMany(client => client.Answers))
        {
            Assert.Equal(body, await AskAsync(transport, request));
            answers.Add((PKIMessage.Decode(request), body));
        }

        Assert.Equal(0, await cma.StopAsync());
        return answers;
    }

    /// <summary>Checks that the store is whole, holds what was acknowledged, and that no serial number was given twice.</summary>
    public static async Task CheckStoreAsync(TestDomain domain, List<(PKIMessage Request, byte[] Body)> answers)
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

    /// <summary>Gets the certificate of an answer.</summary>
    public static Certificate Granted(byte[] body)
    {
        var content = Assert.IsType<PKIBody.CkiSCrp>(PKIBody.Decode(body)).Value;
        Assert.Equal(PKIStatus.Granted, content.Status.Status);
        return Certificate.From(content.SendCertificate!);
    }
}
