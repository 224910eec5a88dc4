using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Sealing;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>A CMA that makes send and receive certificates from interoperability keys, as the profile says, and its revocation lists.</summary>
internal sealed class SealingDomain
{
    public static readonly DateTimeOffset Now = TestDomain.Now;
    public static readonly CryptoProvider Provider = CryptoProviders.Software;

    private readonly ECDsa _signer;
    private readonly ISigningKey _key;
    private readonly Dictionary<string, Secret> _interoperabilityKeys = [];

    private SealingDomain(ECDsa signer, ISigningKey key, Certificate certificate) => (_signer, _key, Certificate) = (signer, key, certificate);

    public Certificate Certificate { get; }

    public TrustedIssuer Trusted => new(Certificate, List());

    /// <summary>Makes a CMA; the same names make the same key where a signer is given.</summary>
    public static async Task<SealingDomain> Create(string name, params string[] subtrees)
    {
        var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var pkcs8 = Secret.From(signer.ExportPkcs8PrivateKey());
        var key = await Provider.Keys.ImportSigningKeyAsync(pkcs8);
        var template = CertificateProfiles.Cma(
            DistinguishedName.Parse(name), key.SubjectPublicKeyInfo, Now.AddYears(-1), Now.AddYears(9), new DomainRule(subtrees.Select(DistinguishedName.Parse)));
        var certificate = await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(Provider.Random));
        return new SealingDomain(signer, key, certificate);
    }

    /// <summary>Makes a dated key of a user and its certificate.</summary>
    public async Task<DatedKey> Issue(
        string user, DatedKeyUsage usage, DhGroup? group = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, string link = "local")
    {
        var (subject, within, begin, end) = (DistinguishedName.Parse(user), group ?? DhGroups.Ffdhe2048, notBefore ?? Now.AddDays(-1), notAfter ?? Now.AddDays(30));
        if (!_interoperabilityKeys.TryGetValue(link, out var octets))
            _interoperabilityKeys.Add(link, octets = Secret.Random(32, Provider.Random));
        var identifier = new SeedKeyIdentifier { IkReference = new IKReference(SHA256.HashData(octets.Span)[..16]), Generation = 0 }.Encode();
        using var interoperabilityKey = await Provider.Keys.ImportSecretKeyAsync(octets);
        using var seed = await KeyDerivation.SeedKeyAsync(interoperabilityKey, subject.Name, identifier);
        using var seedKey = await Provider.Keys.ImportSecretKeyAsync(seed);
        using var exponent = await KeyDerivation.PrivateKeyAsync(seedKey, new DatedKeyDescription(usage, within, begin, end, subject.Name, identifier));
        var spki = DhPublicKeys.Encode(within, Provider.DiffieHellman.PublicValue(within, exponent));
        var template = usage == DatedKeyUsage.Send
            ? CertificateProfiles.Send(subject, spki, begin, end, identifier)
            : CertificateProfiles.Receive(subject, spki, begin, end, identifier);
        return new DatedKey(await Sign(template), exponent.Copy(), within);
    }

    public ValueTask<Certificate> Sign(CertificateTemplate template) =>
        CertificateSigner.SignAsync(template, Certificate, _key, _key.Algorithms[0], SerialNumbers.Random(Provider.Random));

    /// <summary>Makes a revocation list that names nobody, of another scope.</summary>
    public ValueTask<RevocationList> List(Func<RevocationListTemplate, RevocationListTemplate> change) => RevocationListSigner.SignAsync(
        change(new RevocationListTemplate { IssuedAt = Now.AddHours(-1), NextIssueAt = Now.AddDays(7), Number = 9 }), Certificate, _key, _key.Algorithms[0]);

    /// <summary>Makes a revocation list.</summary>
    public RevocationList List(DateTimeOffset? next = null, params Certificate[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            builder.AddEntry(certificate.SerialNumber.Octets.ToArray(), Now.AddHours(-1));
        var until = next ?? Now.AddDays(7);
        var der = builder.Build(
            new X500DistinguishedName(Certificate.Subject.Encoded.Span), X509SignatureGenerator.CreateForECDsa(_signer), BigInteger.One, until, HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(Certificate.SubjectKeyIdentifier!.Value.Span), until.AddDays(-8));
        return RevocationList.Decode(der);
    }
}
