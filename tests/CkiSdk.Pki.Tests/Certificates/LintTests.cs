using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using Version = CkiSdk.Asn1.Modules.AuthenticationFramework.Version;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Shows that nothing is signed that violates the profile.</summary>
public sealed class LintTests
{
    private static readonly Dictionary<string, Func<CertificateToBeSigned, CertificateToBeSigned>> Changes = new()
    {
        ["version v1"] = content => content with { Version = Version.V1 },
        ["serial number zero"] = content => content with { SerialNumber = (Integer)0 },
        ["negative serial number"] = content => content with { SerialNumber = (Integer)(-5) },
        ["serial number of 21 octets"] = content => content with { SerialNumber = Integer.FromUnsigned([1, .. new byte[20]]) },
        ["another algorithm inside"] = content => content with { Signature = SignatureIdentifiers.Of(SignatureAlgorithm.RsaPkcs1Sha256) },
        ["unknown algorithm"] = content => content with { Signature = new AlgorithmIdentifier { Algorithm = ObjectIdentifier.Parse("1.2.3") } },
        ["unique identifier"] = content => content with { SubjectUniqueIdentifier = new UniqueIdentifier(BitString.FromNamedBits(0)) },
        ["validity that ends first"] = content => content with { Validity = new Validity { NotBefore = content.Validity.NotAfter, NotAfter = content.Validity.NotBefore } },
        ["GeneralizedTime before 2050"] = content => content with
        {
            Validity = content.Validity with { NotAfter = new Time.GeneralizedTime(Asn1.GeneralizedTime.From(TestAuthority.NotAfter)) },
        },
        ["fractions of a second"] = content => content with
        {
            Validity = content.Validity with { NotAfter = new Time.GeneralizedTime(Asn1.GeneralizedTime.From(new DateTimeOffset(2055, 1, 1, 0, 0, 0, 500, TimeSpan.Zero), 1)) },
        },
        ["empty subject"] = content => content with { Subject = DistinguishedName.Empty.Name },
        ["obsolete text in the subject"] = content => content with { Subject = DistinguishedName.Parse("CN=#140161").Name },
        ["obsolete text in the issuer"] = content => content with { Issuer = DistinguishedName.Parse("CN=#1E020061").Name },
        ["no keyUsage"] = content => Without(content, CertificateExtensionsValues.IdCeKeyUsage),
        ["no extensions"] = content => content with { Extensions = null },
        ["an extension twice"] = content => With(content, content.Extensions!.Value[0]),
        ["keyUsage not critical"] = content => Replace(content, CertificateExtensionsValues.IdCeKeyUsage, extension => extension with { Critical = false }),
        ["keyUsage with zero bits at its end"] = content => Replace(content, CertificateExtensionsValues.IdCeKeyUsage, extension => extension with { ExtnValue = [3, 3, 0, 9, 0] }),
        ["keyUsage without a use"] = content => Usage(content, default(BitString)),
        ["both encipherOnly and decipherOnly"] = content => Usage(content, KeyUsage.KeyAgreement | KeyUsage.EncipherOnly | KeyUsage.DecipherOnly),
        ["encipherOnly without keyAgreement"] = content => Usage(content, KeyUsage.EncipherOnly),
        ["a Diffie-Hellman key that signs"] = content => Usage(content, KeyUsage.KeyAgreement | KeyUsage.DigitalSignature),
        ["a Diffie-Hellman key that enciphers keys"] = content => Usage(content, KeyUsage.KeyEncipherment),
        ["keyCertSign without authority"] = content => Usage(content, KeyUsage.KeyAgreement | KeyUsage.KeyCertSign),
        ["authority without keyCertSign"] = content => With(content, CertificateExtension.Authority()),
        ["no subjectKeyIdentifier"] = content => Without(content, CertificateExtensionsValues.IdCeSubjectKeyIdentifier),
        ["no authorityKeyIdentifier"] = content => Without(content, CertificateExtensionsValues.IdCeAuthorityKeyIdentifier),
        ["critical subjectKeyIdentifier"] = content => Replace(content, CertificateExtensionsValues.IdCeSubjectKeyIdentifier, extension => extension with { Critical = true }),
        ["a domain without authority"] = content => With(content, CertificateExtension.Domain(TestAuthority.Domain)),
        ["name constraints without authority"] = content => With(
            content, CertificateExtension.Make(CertificateExtensionsValues.IdCeNameConstraints, critical: true, TestAuthority.Domain.ToNameConstraints())),
        ["name constraints not critical"] = content => With(
            content, CertificateExtension.Make(CertificateExtensionsValues.IdCeNameConstraints, critical: false, TestAuthority.Domain.ToNameConstraints())),
        ["obsolete text in subjectAltName"] = content => With(
            content, CertificateExtension.SubjectAltName(new GeneralName.DirectoryName(DistinguishedName.Parse("CN=#140161").Name))),
        ["empty DNS name"] = content => With(content, CertificateExtension.SubjectAltName(new GeneralName.DNSName(""))),
        ["address of five octets"] = content => With(content, CertificateExtension.SubjectAltName(new GeneralName.IPAddress([1, 2, 3, 4, 5]))),
        ["a malformed extension"] = content => Replace(content, CertificateExtensionsValues.IdCeSubjectKeyIdentifier, extension => extension with { ExtnValue = [5] }),
    };

    public static TheoryData<string> Descriptions => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Descriptions))]
    public async Task Check_Finds(string description)
    {
        var (content, algorithm) = await SendContent();
        Assert.NotEmpty(CertificateLint.Check(Changes[description](content), algorithm));
    }

    [Fact]
    public async Task Check_Finds_NothingInTheProfiles()
    {
        using var authority = await TestAuthority.Create();
        Assert.Empty(CertificateLint.Check(authority.Certificate));
        Assert.Empty(CertificateLint.Check(await authority.SignSend()));
    }

    public static TheoryData<string, GeneralName> MalformedBases => new()
    {
        { "a mask with a hole", new GeneralName.IPAddress([10, 0, 0, 0, 255, 0, 255, 0]) },
        { "an address without a mask", new GeneralName.IPAddress([10, 0, 0, 0]) },
        { "a wildcard as constraint", new GeneralName.DNSName("*.example.com") },
        { "a URI with a scheme", new GeneralName.UniformResourceIdentifier("http://example.com") },
    };

    [Theory]
    [MemberData(nameof(MalformedBases))]
    public async Task Check_Finds_BasesThatPathsRefuse(string description, GeneralName name)
    {
        var (content, algorithm) = await SendContent();
        var constraints = new NameConstraintsSyntax { ExcludedSubtrees = new GeneralSubtrees((SequenceOf<GeneralSubtree>)[new GeneralSubtree { Base = name }]) };
        var findings = CertificateLint.Check(With(content, CertificateExtension.Make(CertificateExtensionsValues.IdCeNameConstraints, critical: true, constraints)), algorithm);
        Assert.True(findings.Any(finding => finding.Message.Contains("base of a subtree is malformed", StringComparison.Ordinal)), description);
    }

    [Fact]
    public async Task Check_Finds_OtherParametersOfDh()
    {
        var (content, algorithm) = await SendContent();
        var key = content.SubjectPublicKeyInfo;
        var parameters = key.Algorithm.Parameters!.Value.As<Asn1.Modules.ANSIX942.DomainParameters>();
        var changed = content with { SubjectPublicKeyInfo = key with { Algorithm = key.Algorithm with { Parameters = AnyValue.From(parameters with { J = (Integer)2 }) } } };
        Assert.Contains(CertificateLint.Check(changed, algorithm), finding => finding.Message.Contains("p, g and q", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignAsync_Refuses_AndSaysWhy()
    {
        using var authority = await TestAuthority.Create();
        var template = CertificateProfiles.Cma(
            TestAuthority.Name, authority.Key.SubjectPublicKeyInfo, TestAuthority.NotAfter, TestAuthority.NotBefore, TestAuthority.Domain);
        var refusal = await Assert.ThrowsAsync<CertificateRefusedException>(() => authority.Sign(template));
        Assert.Contains("the validity ends before it begins (RFC 5280 §4.1.2.5)", refusal.Message, StringComparison.Ordinal);
        Assert.Single(refusal.Findings);
    }

    [Fact]
    public async Task SignAsync_Refuses_AKeyThatIsNotTheIssuers()
    {
        using var authority = await TestAuthority.Create();
        using var other = await TestAuthority.Create();
        var template = CertificateProfiles.Cma(TestAuthority.Name, other.Key.SubjectPublicKeyInfo, TestAuthority.NotBefore, TestAuthority.NotAfter, TestAuthority.Domain);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await CertificateSigner.SignAsync(template, authority.Certificate, other.Key, other.Key.Algorithms[0], TestAuthority.Serial(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cma_Refuses_ADomainWithoutItself()
    {
        using var authority = await TestAuthority.Create();
        Assert.Throws<ArgumentException>(() => CertificateProfiles.Cma(
            DistinguishedName.Parse("CN=X"), authority.Key.SubjectPublicKeyInfo, TestAuthority.NotBefore, TestAuthority.NotAfter, TestAuthority.Domain));
    }

    [Fact]
    public void Random_Makes_PositiveNumbersOfTwentyOctets()
    {
        var numbers = Enumerable.Range(0, 200).Select(_ => TestAuthority.Serial()).ToList();
        Assert.All(numbers, number => Assert.True(number > 0 && number.Octets.Length == 20));
        Assert.Equal(200, numbers.Distinct().Count());
    }

    private static async Task<(CertificateToBeSigned Content, AlgorithmIdentifier Algorithm)> SendContent()
    {
        using var authority = await TestAuthority.Create();
        var certificate = await authority.SignSend();
        return (certificate.Value.ToBeSigned, certificate.Value.AlgorithmIdentifier);
    }

    private static CertificateToBeSigned Usage(CertificateToBeSigned content, KeyUsage usage) =>
        Replace(content, CertificateExtensionsValues.IdCeKeyUsage, _ => CertificateExtension.KeyUsage(usage));

    private static CertificateToBeSigned With(CertificateToBeSigned content, Extension extension) =>
        content with { Extensions = new Extensions((SequenceOf<Extension>)[.. content.Extensions!.Value.Value, extension]) };

    private static CertificateToBeSigned Without(CertificateToBeSigned content, ObjectIdentifier extnId) =>
        content with { Extensions = new Extensions((SequenceOf<Extension>)[.. content.Extensions!.Value.Value.Where(extension => extension.ExtnId != extnId)]) };

    private static CertificateToBeSigned Replace(CertificateToBeSigned content, ObjectIdentifier extnId, Func<Extension, Extension> change) =>
        content with
        {
            Extensions = new Extensions((SequenceOf<Extension>)[.. content.Extensions!.Value.Value.Select(extension => extension.ExtnId == extnId ? change(extension) : extension)]),
        };
}
