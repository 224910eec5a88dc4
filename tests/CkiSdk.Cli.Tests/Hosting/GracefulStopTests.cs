using System.Diagnostics;
using System.Net.Sockets;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tls;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Sends SIGTERM to a CMA under load: what is in hand is answered, the rest finds it again in the next process, and nothing is done twice.</summary>
public sealed class GracefulStopTests
{
    private const int Clients = 6;

    // Ten seconds are what in-hand requests have; the machine may be busy.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TCP")]
    [InlineData("HTTP")]
    [InlineData("files")]
    public async Task WhatIsInHand_IsAnswered_AndTheRestIsDoneOnce_ByTheNextProcess(string carrier)
    {
        using var domain = await TestDomain.CreateAsync();
        using var folder = new TemporaryFolder();
        var (tcp, http, spool, before) = (TwoDomains.FreePort(), TwoDomains.FreePort(), folder.PathOf("spool"), await CertificatesAsync(domain));
        string[] more = carrier switch { "HTTP" => ["--http", http], "files" => ["--spool", spool], _ => [] };
        var connect = await ConnectorAsync(domain, carrier, tcp, http, spool);
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => new Asking(connect)).ToArray();
        await using var first = await CmaProcess.StartAsync(domain.Path, listen: tcp, more: more);
        var load = clients.Select(client => Task.Run(() => client.RunAsync(enough.Token))).ToArray();
        await TwoDomains.UntilAsync("enough answers", () => Task.FromResult(clients.Sum(client => client.Answers.Count) > 40));

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await first.StopAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, LongestStop);
        Assert.False(File.Exists(domain.Database + "-wal"), "the store was not closed in order");

        // Nobody serves now: whatever was committed was answered, too.
        var done = await CertificatesAsync(domain) - before;
        await TwoDomains.UntilAsync("the answers to what was done", () => Task.FromResult(clients.Sum(client => client.Answers.Count) >= done));
        Assert.Equal(done, clients.Sum(client => client.Answers.Count));
        await TwoDomains.UntilAsync("the next question of each", () => Task.FromResult(Array.TrueForAll(clients, client => client.Unanswered is not null)));

        await using var second = await CmaProcess.StartAsync(domain.Path, listen: tcp, more: more);
        await TwoDomains.UntilAsync("answers to all that waited", () => Task.FromResult(clients.Sum(client => client.Answers.Count) >= done + (2 * Clients)));
        await enough.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(0, await second.StopAsync());
        var answers = clients.SelectMany(client => client.Answers).ToList();
        await LoadClient.CheckStoreAsync(domain, answers);
        Assert.Equal(before + answers.Count, await CertificatesAsync(domain));
    }

    [Fact]
    public async Task StuckClients_DoNotHoldIt()
    {
        using var domain = await TestDomain.CreateAsync();
        await using var cma = await CmaProcess.StartAsync(domain.Path, more: ["--http", "127.0.0.1:0"]);
        using var silent = new TcpClient();
        await silent.ConnectAsync(cma.EndPoint, Cancel); // no handshake ever
        using var silentHttp = new TcpClient();
        await silentHttp.ConnectAsync(cma.PlaceOf("http"), Cancel);
        await using var half = await OpenTlsAsync(domain, cma.EndPoint);
        await half.WriteAsync(new byte[] { 0, 0, 1, 0, 0, 0x30 }, Cancel); // the beginning of a frame
        await half.FlushAsync(Cancel);
        await using var idle = domain.Connect(cma.EndPoint, domain.A1);
        await idle.ExchangeAsync(TestDomain.Request(TestDomain.A1Name).Encode(), Cancel);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await cma.StopAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, LongestStop);
    }

    // Somebody else holds the database, so that a request in hand cannot be answered.
    [Fact]
    public async Task ASecondSignal_EndsIt_AtOnce()
    {
        using var domain = await TestDomain.CreateAsync();
        await using var cma = await CmaProcess.StartAsync(domain.Path, more: ["--http", "127.0.0.1:0"]);
        await using var connection = new SqliteConnection($"Data Source={domain.Database};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var hold = connection.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync(Cancel);
        await using var client = await OpenTlsAsync(domain, cma.PlaceOf("http"));
        await BeginAsync(client, TestDomain.Request(TestDomain.A1Name).Encode());
        cma.Terminate();
        await Task.Delay(500, Cancel);
        Assert.False(cma.HasEnded, "it did not wait for what was in hand");
        await TwoDomains.UntilAsync("its end", () =>
        {
            if (!cma.HasEnded) cma.Terminate(); // once is enough, unless the machine is so busy that the first signal is not seen yet
            return Task.FromResult(cma.HasEnded);
        });
        Assert.Equal(143, await cma.StopAsync());
        Assert.Equal("", await ReadToEndAsync(client));
    }

    // Sends a request over HTTP, whose octets the server asks for when it has it in hand.
    private static async Task BeginAsync(Stream client, byte[] request)
    {
        await client.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\nContent-Type: application/pkixcmp\r\nExpect: 100-continue\r\nContent-Length: {request.Length}\r\n\r\n"), Cancel);
        const string Goes = "HTTP/1.1 100 Continue\r\n\r\n";
        var answer = new byte[Goes.Length];
        await client.ReadExactlyAsync(answer, Cancel);
        Assert.Equal(Goes, System.Text.Encoding.ASCII.GetString(answer));
        await client.WriteAsync(request, Cancel);
    }

    private static async Task<string> ReadToEndAsync(Stream client)
    {
        try
        {
            using var reader = new StreamReader(client, leaveOpen: true);
            return await reader.ReadToEndAsync(Cancel);
        }
        catch (IOException)
        {
            return ""; // it was cut
        }
    }

    private static async Task<Stream> OpenTlsAsync(TestDomain domain, System.Net.IPEndPoint place)
    {
        var client = new TcpClient();
        await client.ConnectAsync(place, Cancel);
        var server = domain.Home.ReadCertificate(PartyIdentity.TlsName);
        var stream = new System.Net.Security.SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => server.Encoded.Span.SequenceEqual(certificate!.GetRawCertData()));
        await stream.AuthenticateAsClientAsync(
            new System.Net.Security.SslClientAuthenticationOptions { TargetHost = "cma", ClientCertificates = [domain.A1.Tls], LocalCertificateSelectionCallback = (_, _, _, _, _) => domain.A1.Tls }, Cancel);
        return stream;
    }

    private static async Task<Func<ICkiTransport>> ConnectorAsync(TestDomain domain, string carrier, string tcp, string http, string spool)
    {
        if (carrier == "TCP") return () => domain.Connect(System.Net.IPEndPoint.Parse(tcp), domain.A1);
        if (carrier == "HTTP")
        {
            var server = new PeerTrust([domain.Home.ReadCertificate(AuthorityIdentity.AuthorityName)], TestDomain.CmaName);
            return () => new HttpCkiTransport(new HttpTransportOptions { Address = new Uri($"https://{http}"), Certificate = domain.A1.Tls, Server = server });
        }

        var (a1, cma) = await domain.ProtectAsync();
        return () => new SpoolTransport(new SpoolTransportOptions { Place = new SpoolFolder(spool), Identity = a1, ServerCertificate = cma, Interval = TimeSpan.FromMilliseconds(20) });
    }

    private static async Task<int> CertificatesAsync(TestDomain domain)
    {
        await using var host = await domain.OpenAsync();
        return (await host.Store.ListAllCertificatesAsync(TestDomain.A1Name.Canonical, Protocol.Storage.IssuedCertificate.Send, Cancel)).Count;
    }

    // Asks for one certificate after the other, and each until it is answered, with the same octets.
    private sealed class Asking(Func<ICkiTransport> connect)
    {
        private readonly List<(PKIMessage Request, byte[] Body)> _answers = [];

        public IReadOnlyList<(PKIMessage Request, byte[] Body)> Answers
        {
            get
            {
                lock (_answers) return [.. _answers];
            }
        }

        public PKIMessage? Unanswered { get; private set; }

        public async Task RunAsync(CancellationToken enough)
        {
            while (!enough.IsCancellationRequested)
            {
                await using var transport = connect();
                try
                {
                    while (!enough.IsCancellationRequested)
                    {
                        Unanswered ??= TestDomain.Request(TestDomain.A1Name);
                        var answer = await transport.ExchangeAsync(Unanswered.Encode(), Cancel);
                        Assert.Null(answer.Refusal);
                        lock (_answers) _answers.Add((Unanswered, PKIMessage.Decode(answer.Message!.Value).Body.Encode()));
                        Unanswered = null;
                    }
                }
                catch (CkiTransportException)
                {
                    await Task.Delay(100, Cancel); // nobody is there
                }
            }
        }
    }
}
