using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Sealing;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Is the CMA and the user that the messages of fuzz/corpus/sealed were made by and for; their keys are public, and worth nothing.</summary>
internal sealed class SealedMessageWorld
{
    private const string CmaKey =
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgnSivU/8hKX0FcQQJaL+HxAdAehCvRsuVVeGtdq+iOTahRANCAATdxzOzve+41P3xZ9ZES1yOahPHJ7dePboBOLPg44Kyaygfd4teDJj3g8HT+RNbXbs+rFokbr2cecnb4LBN9/Ei";

    private const string ReceiveExponent = "26f88dece409e71adbb33fd7d0368d8e647e113ea89aa2a326a62f94826673f6";

    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly TrustedIssuer _issuer;

    private SealedMessageWorld(TrustedIssuer issuer) => _issuer = issuer;

    public CryptoProvider Provider { get; } = CryptoProviders.Software;

    public TimeProvider Time { get; } = new FixedTime();

    public DistinguishedName User { get; } = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB");

    public static SealedMessageWorld Create()
    {
        using var signer = ECDsa.Create();
        signer.ImportPkcs8PrivateKey(Convert.FromBase64String(CmaKey), out _);
        using var pkcs8 = Secret.From(Convert.FromBase64String(CmaKey));
        using var key = CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8).AsTask().GetAwaiter().GetResult();
        var name = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");
        var template = CertificateProfiles.Cma(name, key.SubjectPublicKeyInfo, Now.AddYears(-1), Now.AddYears(9), new DomainRule([DistinguishedName.Parse("O=Domain A,C=GB")]));
        var serial = SerialNumbers.Random(CryptoProviders.Software.Random);
        var certificate = CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], serial).AsTask().GetAwaiter().GetResult();
        var list = new CertificateRevocationListBuilder().Build(
            new X500DistinguishedName(name.Encoded.Span), X509SignatureGenerator.CreateForECDsa(signer), BigInteger.One, Now.AddDays(7), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(certificate.SubjectKeyIdentifier!.Value.Span), Now.AddDays(-1));
        return new SealedMessageWorld(new TrustedIssuer(certificate, RevocationList.Decode(list)));
    }

    public OpenerOptions Opener(SealingScheme scheme) => new() { User = User, Issuers = [_issuer], FindKey = FindKeyAsync, Scheme = scheme };

    private async ValueTask<IDhKey?> FindKeyAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        using var exponent = Secret.From(Convert.FromHexString(ReceiveExponent));
        return await Provider.Keys.ImportDhKeyAsync(DhGroups.Ffdhe2048, exponent, cancellationToken);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
