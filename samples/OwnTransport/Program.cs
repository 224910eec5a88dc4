using CkiSdk;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage;
using CkiSdk.Transports.Tls;
using ClientAndServer;
using OwnTransport;

// A CMA and one of its users in one process, by a transport that is in this folder.
var (provider, now) = (CryptoProviders.Software, DateTimeOffset.UtcNow);
using var authority = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
var anchor = await Party.SignAsync(
    CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Authentication,O=Example"), authority.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5)), null, authority);
using var signingKey = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
var certificate = await Party.SignAsync(
    CertificateProfiles.Cma(DistinguishedName.Parse("CN=CMA,O=Example"), signingKey.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), new DomainRule([DistinguishedName.Parse("O=Example")])), null, signingKey);
var server = await Party.CreateAsync(certificate.Subject, anchor, authority, CertificatePurposes.TlsServer);
var user = await Party.CreateAsync(DistinguishedName.Parse("CN=User,O=Example"), anchor, authority, CertificatePurposes.TlsClient);

using var storageKey = Secret.Random(32, provider.Random);
await using var store = new InMemoryCmaStore();
using var cma = new Cma(new CmaOptions { Certificate = certificate, SigningKey = signingKey, SignatureAlgorithm = signingKey.Algorithms[0], StorageKey = storageKey }, store, provider, TimeProvider.System);
await cma.Administration.CreateLocalKeyAsync(now, now.AddYears(2));
await cma.MaintainAsync();
await cma.Administration.EnrolAsync(user.Name, user.Encryption.Certificate, now);

var path = Path.Combine(Directory.CreateTempSubdirectory("cki-sample-").FullName, "cma.socket");
await using var listener = new SocketListener(path, new CkiServer(cma), server.Tls, new PeerTrust([anchor]));
await using var transport = new SocketTransport(path, user.Tls, new PeerTrust([anchor], certificate.Subject));
using var agent = new UserAgent(new UserAgentOptions { User = user.Name, CmaCertificate = certificate, Encryption = user.Encryption }, provider, TimeProvider.System);
var client = new CkiClient(agent, transport);
await client.FetchAnnouncementsAsync();
Console.WriteLine($"{(await client.SendCertificateAsync()).Subject} has a send certificate");
