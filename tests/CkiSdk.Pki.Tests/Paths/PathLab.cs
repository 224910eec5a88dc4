using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using Certificate = CkiSdk.Pki.Certificates.Certificate;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Tests.Paths;

/// <summary>Makes certificates without any check, so that they can be wrong in one place; one key for each name unless told otherwise.</summary>
internal sealed class PathLab : IDisposable
{
    public static readonly DateTimeOffset Now = new(2030, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, ISigningKey> _keys = [];
    private int _serial = 1000;

    public static CryptoProvider Provider => CryptoProviders.Software;

    public ISigningKey KeyOf(string id)
    {
        if (!_keys.TryGetValue(id, out var key))
            _keys[id] = key = Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask().GetAwaiter().GetResult();
        return key;
    }

    /// <summary>Makes a certificate of an authority.</summary>
    public Certificate Authority(string subject, string issuer, int? pathLength = null, string? key = null, string? issuerKey = null, params Extension[] more) =>
        Make(subject, issuer, key, issuerKey, [CertificateExtension.Authority(pathLength), CertificateExtension.KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CRLSign), .. more]);

    public Certificate Root(string subject, params Extension[] more) => Authority(subject, subject, null, null, null, more);

    public Certificate End(string subject, string issuer, params Extension[] more) =>
        Make(subject, issuer, null, null, [CertificateExtension.KeyUsage(KeyUsage.DigitalSignature), .. more]);

    public Certificate Make(string subject, string issuer, string? key, string? issuerKey, Extension[] extensions, Func<CertificateToBeSigned, CertificateToBeSigned>? change = null)
    {
        var own = KeyOf(key ?? subject);
        var signer = KeyOf(issuerKey ?? issuer);
        var algorithm = SignatureIdentifiers.Of(signer.Algorithms[0]);
        var toBeSigned = new CertificateToBeSigned
        {
            Version = Generated.Version.V3,
            SerialNumber = (Integer)_serial++,
            Signature = algorithm,
            Issuer = Name(issuer).Name,
            Validity = new Validity { NotBefore = Times.From(Now.AddYears(-1)), NotAfter = Times.From(Now.AddYears(1)) },
            Subject = Name(subject).Name,
            SubjectPublicKeyInfo = SubjectPublicKeyInfo.Decode(own.SubjectPublicKeyInfo),
            Extensions = new Extensions((SequenceOf<Extension>)[
                .. extensions,
                CertificateExtension.SubjectKeyIdentifier(CertificateProfiles.KeyIdentifierOf(own.SubjectPublicKeyInfo)),
                CertificateExtension.AuthorityKeyIdentifier(CertificateProfiles.KeyIdentifierOf(signer.SubjectPublicKeyInfo))]),
        };
        toBeSigned = change?.Invoke(toBeSigned) ?? toBeSigned;
        var octets = toBeSigned.Encode();
        var signature = signer.SignAsync(signer.Algorithms[0], octets).AsTask().GetAwaiter().GetResult();
        return Certificate.From(new Generated.Certificate { ToBeSigned = CertificateToBeSigned.Decode(octets), AlgorithmIdentifier = algorithm, Encrypted = new BitString(signature) });
    }

    public static DistinguishedName Name(string commonName) => DistinguishedName.Parse($"CN={commonName},O=Lab");

    public static ValidationResult Validate(Certificate root, Certificate end, Certificate[] others, Func<PathOptions, PathOptions>? change = null)
    {
        var options = new PathOptions { Time = Now };
        return new PathValidator([new TrustAnchor(root)], Provider).Validate(end, others, change?.Invoke(options) ?? options);
    }

    public static void Valid(ValidationResult result, int length)
    {
        Assert.True(result.IsValid, string.Join("; ", result.Reasons));
        Assert.Equal(length, result.Path.Count);
    }

    public static void Refused(ValidationResult result, ReasonCode code, int index)
    {
        Assert.False(result.IsValid);
        var reason = Assert.Single(result.Reasons, reason => reason.Code == code);
        Assert.Equal(index, reason.Index);
        Assert.NotEmpty(reason.Clause);
        Assert.NotEmpty(reason.Message);
    }

    public static Extension NameConstraints(GeneralName[]? permitted, GeneralName[]? excluded = null) => CertificateExtension.Make(
        CertificateExtensionsValues.IdCeNameConstraints,
        critical: true,
        new NameConstraintsSyntax { PermittedSubtrees = Subtrees(permitted), ExcludedSubtrees = Subtrees(excluded) });

    public static Extension Policies(params string[] policies) => CertificateExtension.Make(
        CertificateExtensionsValues.IdCeCertificatePolicies,
        critical: false,
        new CertificatePoliciesSyntax((SequenceOf<PolicyInformation>)Array.ConvertAll(policies, policy => new PolicyInformation { PolicyIdentifier = new CertPolicyId(ObjectIdentifier.Parse(policy)) })));

    public static Extension Mappings(params (string From, string To)[] mappings) => CertificateExtension.Make(
        CertificateExtensionsValues.IdCePolicyMappings,
        critical: true,
        new PolicyMappingsSyntax((SequenceOf<PolicyMappingsSyntaxItem>)Array.ConvertAll(mappings, mapping => new PolicyMappingsSyntaxItem
        {
            IssuerDomainPolicy = new CertPolicyId(ObjectIdentifier.Parse(mapping.From)),
            SubjectDomainPolicy = new CertPolicyId(ObjectIdentifier.Parse(mapping.To)),
        })));

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
    }

    private static GeneralSubtrees? Subtrees(GeneralName[]? bases) => bases is null
        ? default(GeneralSubtrees?)
        : new GeneralSubtrees((SequenceOf<GeneralSubtree>)Array.ConvertAll(bases, name => new GeneralSubtree { Base = name }));
}
