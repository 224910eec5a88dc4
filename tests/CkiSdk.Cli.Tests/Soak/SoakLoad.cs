using System.Net.Sockets;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.Pki.Names;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Cli.Tests.Soak;

/// <summary>Is what a CMA meets on a usual day: clients of each way who come, ask and go; refusals; announcements fetched; strangers with garbage; revocations.</summary>
internal sealed class SoakLoad(TestDomain domain, CmaProcess cma, string spool, CancellationToken stop)
{
    private const int RequestsPerClient = 40;
    private const int AnnouncementsAtOnce = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly DistinguishedName Elsewhere = DistinguishedName.Parse("CN=User Z1,O=Domain Z,C=GB");
    private int _granted;
    private int _refused;
    private int _announcements;
    private int _strangers;

    public int Granted => _granted;

    public int Refused => _refused;

    public int Announcements => _announcements;

    public int Strangers => _strangers;

    /// <summary>Runs all of it until it is stopped; ends early only with what went wrong.</summary>
    public async Task RunAsync(DistinguishedName revoked)
    {
        var (identity, certificate) = await domain.ProtectAsync();
        ICkiTransport OverTcp() => domain.Connect(cma.EndPoint, domain.A1);
        ICkiTransport OverHttp() => new HttpCkiTransport(new HttpTransportOptions
        {
            Address = new Uri($"https://{cma.PlaceOf("http")}"),
            Certificate = domain.A1.Tls,
            Server = new PeerTrust([domain.Home.ReadCertificate(AuthorityIdentity.AuthorityName)], TestDomain.CmaName),
        });
        ICkiTransport OverFiles() => new SpoolTransport(new SpoolTransportOptions { Place = new SpoolFolder(spool), Identity = identity, ServerCertificate = certificate, Interval = TimeSpan.FromMilliseconds(50) });

        Func<ICkiTransport>[] ways = [OverTcp, OverTcp, OverTcp, OverHttp, OverHttp, OverFiles];
        List<Task> all = [.. ways.Select(ComeAndGoAsync), IntrudeAsync(), RevokeAsync(revoked)];
        for (; all.Count > 0; all.RemoveAll(task => task.IsCompletedSuccessfully)) await await Task.WhenAny(all);
    }

    // Each client asks a while, fetches what waits for it, and leaves; another one comes.
    private async Task ComeAndGoAsync(Func<ICkiTransport> connect)
    {
        while (!stop.IsCancellationRequested)
        {
            await using var transport = connect();
            for (var request = 0; request < RequestsPerClient && !stop.IsCancellationRequested; request++)
            {
                await GrantAsync(transport);
                await Task.Delay(Pause, CancellationToken.None);
            }

            await RefuseAsync(transport);
            await FetchAsync(transport);
        }
    }

    private async Task GrantAsync(ICkiTransport transport)
    {
        var answer = await transport.ExchangeAsync(TestDomain.Request(TestDomain.A1Name).Encode(), CancellationToken.None);
        Assert.Null(answer.Refusal);
        _ = LoadClient.Granted(PKIMessage.Decode(answer.Message!.Value).Body.Encode());
        Interlocked.Increment(ref _granted);
    }

    private async Task RefuseAsync(ICkiTransport transport)
    {
        var answer = await transport.ExchangeAsync(TestDomain.Request(TestDomain.A1Name, user: Elsewhere).Encode(), CancellationToken.None);
        var content = Assert.IsType<PKIBody.CkiSCrp>(PKIMessage.Decode(answer.Message!.Value).Body).Value;
        Assert.Equal(PKIStatus.Rejection, content.Status.Status);
        Interlocked.Increment(ref _refused);
    }

    private async Task FetchAsync(ICkiTransport transport)
    {
        var isFirst = true;
        for (var fetched = 0; fetched < AnnouncementsAtOnce; fetched++, isFirst = false)
        {
            if (await transport.NextAnnouncementAsync(acknowledgesPrevious: !isFirst, CancellationToken.None) is null) return;
            Interlocked.Increment(ref _announcements);
        }
    }

    // Somebody connects who has no certificate, sends what is no TLS, or nothing, and leaves.
    private async Task IntrudeAsync()
    {
        var random = new Random(826);
        while (!stop.IsCancellationRequested)
        {
            foreach (var place in new[] { cma.EndPoint, cma.PlaceOf("http") })
            {
                using var client = new TcpClient();
                await client.ConnectAsync(place, CancellationToken.None);
                var garbage = new byte[random.Next(200)];
                random.NextBytes(garbage);
                await client.GetStream().WriteAsync(garbage, CancellationToken.None);
                Interlocked.Increment(ref _strangers);
            }

            await Task.Delay(Pause * 3, CancellationToken.None);
        }
    }

    // Each is a CRL for all users, and a list of revoked users for the other domain.
    private async Task RevokeAsync(DistinguishedName user)
    {
        await using var host = await domain.OpenAsync();
        for (var isRevoked = false; !stop.IsCancellationRequested; isRevoked = !isRevoked)
        {
            if (isRevoked) await host.Authority.Administration.RestoreAsync(user, CancellationToken.None);
            else await host.Authority.Administration.RevokeAsync(user, RevokeUserReason.Unspecified, CancellationToken.None);
            await Task.Delay(Pause * 20, CancellationToken.None);
        }
    }
}
