using System.Net;
using System.Net.Security;
using CkiSdk;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage.Sqlite;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Tls;
using CkiSdk.Web.Options;
using ClientAndServer;
using WebHost;

// A web application with a CMA in it, on a free port of this machine, one of its users, who seals a text to himself, and the operator, who looks at its pages.
var (provider, now) = (CryptoProviders.Software, DateTimeOffset.UtcNow);
using var domain = await Domain.CreateAsync();
var user = domain.User;
var folder = Directory.CreateTempSubdirectory("cki-sample-").FullName;
await using var store = await SqliteCmaStore.OpenAsync(Path.Combine(folder, "cma.sqlite"), TimeProvider.System);
using var cma = new Cma(domain.Cma, store, provider, TimeProvider.System);
await cma.Administration.CreateLocalKeyAsync(now, now.AddYears(2));
await cma.MaintainAsync();
await cma.Administration.EnrolAsync(user.Name, user.Encryption.Certificate, now);

var shown = new ShownCertificate("the CMA certificate", domain.Cma.Certificate);
await using var application = Application.Build(args, cma, store, shown, domain.Officer.Name, domain.Server, new IPEndPoint(IPAddress.Loopback, 0));
await application.StartAsync();
await using var transport = new HttpCkiTransport(new HttpTransportOptions { Address = new Uri(application.Urls.Single()), Certificate = user.Tls, Server = new PeerTrust([user.Anchor], domain.Server.Name) });
using var agent = new UserAgent(new UserAgentOptions { User = user.Name, CmaCertificate = domain.Cma.Certificate, Encryption = user.Encryption }, provider, TimeProvider.System);
var client = new CkiClient(agent, transport);
await client.FetchAnnouncementsAsync();
using var message = new MemoryStream();
await client.SealAsync(new MemoryStream("the train leaves at noon"u8.ToArray()), message, [user.Name]);
Console.WriteLine($"{message.Length} octets sealed");

// A browser with the certificate of the operator; a user's is refused there.
var server = new PeerTrust([user.Anchor], domain.Server.Name);
foreach (var visitor in new[] { domain.Officer, user })
{
    using var browser = new HttpClient(new SocketsHttpHandler
    {
        SslOptions =
        {
            ClientCertificateContext = SslStreamCertificateContext.Create(visitor.Tls, null, offline: true),
            CertificateChainPolicy = server.CreatePathPolicy(peerIsServer: true),
            RemoteCertificateValidationCallback = (_, presented, chain, errors) => server.Authenticate(presented, chain, errors, out string? _) is not null,
        },
    });
    using var page = await browser.GetAsync(new Uri($"{application.Urls.Single()}/cma/"));
    Console.WriteLine($"{visitor.Name}: {(int)page.StatusCode}");
}

await application.StopAsync();
