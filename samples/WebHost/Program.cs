using System.Net;
using System.Net.Security;
using CkiSdk;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage.Sqlite;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Tls;
using CkiSdk.Web.Options;
using ClientAndServer;
using WebHost;

// A web application with a CMA in it, on a free port of this machine, one of its users, who seals a text to himself, and the operator, who looks at its pages.
var (provider, now) = (CryptoProviders.Software, DateTimeOffset.UtcNow);
var folder = Directory.CreateTempSubdirectory("cki-sample-").FullName;
using var authority = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
var anchor = await Party.SignAsync(
    CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Authentication,O=Example"), authority.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5)), null, authority);
using var signingKey = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
var certificate = await Party.SignAsync(
    CertificateProfiles.Cma(DistinguishedName.Parse("CN=CMA,O=Example"), signingKey.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), new DomainRule([DistinguishedName.Parse("O=Example")])), null, signingKey);
using var storageKey = Secret.Random(32, provider.Random);
await using var store = await SqliteCmaStore.OpenAsync(Path.Combine(folder, "cma.sqlite"), TimeProvider.System);
using var cma = new Cma(new CmaOptions { Certificate = certificate, SigningKey = signingKey, SignatureAlgorithm = signingKey.Algorithms[0], StorageKey = storageKey }, store, provider, TimeProvider.System);
var user = await Party.CreateAsync(DistinguishedName.Parse("CN=User,O=Example"), anchor, authority, CertificatePurposes.TlsClient);
await cma.Administration.CreateLocalKeyAsync(now, now.AddYears(2));
await cma.MaintainAsync();
await cma.Administration.EnrolAsync(user.Name, user.Encryption.Certificate, now);

var officer = await Party.CreateAsync(DistinguishedName.Parse("CN=Officer,O=Example"), anchor, authority, CertificatePurposes.TlsClient);
var shown = new ShownCertificate("the CMA certificate", certificate);
await using var application = Application.Build(args, cma, store, shown, officer.Name, await Party.CreateAsync(certificate.Subject, anchor, authority, CertificatePurposes.TlsServer), new IPEndPoint(IPAddress.Loopback, 0));
await application.StartAsync();
await using var transport = new HttpCkiTransport(new HttpTransportOptions { Address = new Uri(application.Urls.Single()), Certificate = user.Tls, Server = new PeerTrust([anchor], certificate.Subject) });
using var agent = new UserAgent(new UserAgentOptions { User = user.Name, CmaCertificate = certificate, Encryption = user.Encryption }, provider, TimeProvider.System);
var client = new CkiClient(agent, transport);
await client.FetchAnnouncementsAsync();
using var message = new MemoryStream();
await client.SealAsync(new MemoryStream("the train leaves at noon"u8.ToArray()), message, [user.Name]);
Console.WriteLine($"{message.Length} octets sealed");

// A browser with the certificate of the operator; a user's is refused there.
var server = new PeerTrust([anchor], certificate.Subject);
foreach (var visitor in new[] { officer, user })
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
