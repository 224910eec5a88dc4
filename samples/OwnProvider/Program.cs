using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using OwnProvider;

using var service = new VaultService();
var providers = KeyProviders.None.With("vault", new Vault(service));
using var key = await providers.OpenSigningKeyAsync(new KeyLocation("vault", "issuing"));

var now = DateTimeOffset.UtcNow;
var template = CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Kept in the vault,O=Example"), key.SubjectPublicKeyInfo, now, now.AddYears(1));
var certificate = await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(CryptoProviders.Software.Random));
Console.WriteLine($"{certificate.Subject} signed at {key.Location}: {certificate.IsSignedBy(certificate, CryptoProviders.Software)}");
