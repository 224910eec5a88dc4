using CkiSdk;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage;
using CkiSdk.Transports.Tls;
using ClientAndServer;
using OwnTransport;

// A CMA and one of its users in one process, by a transport that is in this folder.
var (provider, now) = (CryptoProviders.Software, DateTimeOffset.UtcNow);
using var domain = await Domain.CreateAsync();
var (server, user) = (domain.Server, domain.User);
await using var store = new InMemoryCmaStore();
using var cma = new Cma(domain.Cma, store, provider, TimeProvider.System);
await cma.Administration.CreateLocalKeyAsync(now, now.AddYears(2));
await cma.MaintainAsync();
await cma.Administration.EnrolAsync(user.Name, user.Encryption.Certificate, now);

var path = Path.Combine(Directory.CreateTempSubdirectory("cki-sample-").FullName, "cma.socket");
await using var listener = new SocketListener(path, new CkiServer(cma), server.Tls, new PeerTrust([server.Anchor]));
await using var transport = new SocketTransport(path, user.Tls, new PeerTrust([user.Anchor], server.Name));
using var agent = new UserAgent(new UserAgentOptions { User = user.Name, CmaCertificate = domain.Cma.Certificate, Encryption = user.Encryption }, provider, TimeProvider.System);
var client = new CkiClient(agent, transport);
await client.FetchAnnouncementsAsync();
Console.WriteLine($"{(await client.SendCertificateAsync()).Subject} has a send certificate");
