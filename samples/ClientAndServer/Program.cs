using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using ClientAndServer;

// A CMA and one of its users in one process, over TCP with TLS 1.3 on a free port of this machine.
var (provider, now) = (CryptoProviders.Software, DateTimeOffset.UtcNow);
var folder = Directory.CreateTempSubdirectory("cki-sample-").FullName;
using var authority = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
var anchor = await Party.SignAsync(
    CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Authentication,O=Example"), authority.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5)), null, authority);
using var signingKey = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
var cma = await Party.SignAsync(
    CertificateProfiles.Cma(DistinguishedName.Parse("CN=CMA,O=Example"), signingKey.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), new DomainRule([DistinguishedName.Parse("O=Example")])), null, signingKey);
using var storageKey = Secret.Random(32, provider.Random);
var options = new CmaOptions { Certificate = cma, SigningKey = signingKey, SignatureAlgorithm = signingKey.Algorithms[0], StorageKey = storageKey };
var server = await Party.CreateAsync(cma.Subject, anchor, authority, CertificatePurposes.TlsServer);
var user = await Party.CreateAsync(DistinguishedName.Parse("CN=User,O=Example"), anchor, authority, CertificatePurposes.TlsClient);

await using var listener = await Server.StartAsync(Path.Combine(folder, "cma.sqlite"), options, server, user);
using var content = new MemoryStream("the train leaves at noon"u8.ToArray());
var message = await Client.SealAsync(listener.EndPoint, cma, user, content);
Console.WriteLine($"{message.Length} octets sealed");
