using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.TestSupport;
using Certificate = CkiSdk.Pki.Certificates.Certificate;
using Version = CkiSdk.Asn1.Modules.AuthenticationFramework.Version;

namespace CkiSdk.Pki.Tests.Paths;

/// <summary>Shows which paths are valid, and that everything that is wrong with one is told.</summary>
public sealed class PathValidatorTests : IDisposable
{
    private readonly PathLab _lab = new();

    [Fact]
    public void Validate_Finds_ThePathOverIntermediates()
    {
        var (root, middle, end) = (_lab.Root("R"), _lab.Authority("M", "R"), _lab.End("E", "M"));
        var result = PathLab.Validate(root, end, [root, middle]);
        PathLab.Valid(result, 3);
        Assert.Equal([end, middle, root], result.Path);
        Assert.Same(root, result.Anchor!.Certificate);
    }

    [Fact]
    public void Validate_Takes_ANameAndAKeyAsAnchor()
    {
        var (middle, end) = (_lab.Authority("M", "R"), _lab.End("E", "M"));
        var anchor = new TrustAnchor(PathLab.Name("R"), _lab.KeyOf("R").SubjectPublicKeyInfo);
        var result = new PathValidator([anchor], PathLab.Provider).Validate(end, [middle], new PathOptions { Time = PathLab.Now });
        PathLab.Valid(result, 2);
        Assert.Same(anchor, result.Anchor);
    }

    [Fact]
    public void Validate_Takes_AnAnchorItself() => PathLab.Valid(PathLab.Validate(_lab.Root("R"), _lab.Root("R"), []), 1 + 1);

    [Fact]
    public void Validate_Takes_AnIntermediateAsAnchor()
    {
        var (root, middle, end) = (_lab.Root("R"), _lab.Authority("M", "R"), _lab.End("E", "M"));
        PathLab.Valid(PathLab.Validate(middle, end, [root]), 2);
        PathLab.Valid(PathLab.Validate(middle, middle, [root]), 1);
    }

    [Fact]
    public void Validate_Tells_EverythingThatIsWrong()
    {
        var root = _lab.Root("R");
        var middle = _lab.Make("M", "R", null, null, [CertificateExtension.KeyUsage(KeyUsage.CRLSign)]);
        var end = _lab.End("E", "M", new Extension { ExtnId = ObjectIdentifier.Parse("1.2.3"), Critical = true, ExtnValue = [5, 0] });
        var result = PathLab.Validate(root, end, [middle], options => options with { Time = PathLab.Now.AddYears(2), Name = PeerName.Parse("host.example"), Permissions = PathPermissions.LooseProfile });
        Assert.Equal(
            [ReasonCode.Expired, ReasonCode.Expired, ReasonCode.NotAuthority, ReasonCode.RefusedKeyUsage, ReasonCode.Expired, ReasonCode.UnknownCriticalExtension, ReasonCode.NameMismatch],
            result.Reasons.Select(reason => reason.Code));
        Assert.Equal([2, 1, 1, 1, 0, 0, 0], result.Reasons.Select(reason => reason.Index));
        Assert.Equal([root, middle, middle, middle, end, end, end], result.Reasons.Select(reason => reason.Certificate));
    }

    [Fact]
    public void Validate_Refuses_AnUnknownIssuer()
    {
        var result = PathLab.Validate(_lab.Root("R"), _lab.End("E", "M"), []);
        PathLab.Refused(result, ReasonCode.UnknownIssuer, 0);
        Assert.Null(result.Anchor);
    }

    [Fact]
    public void Validate_Refuses_AnotherKeyOfTheSameName()
    {
        var impostor = _lab.Authority("R", "R", key: "other", issuerKey: "other");
        PathLab.Refused(PathLab.Validate(impostor, _lab.End("E", "R"), []), ReasonCode.BadSignature, 0);
    }

    [Fact]
    public void Validate_Finds_TheRightOneOfManyKeysOfOneName()
    {
        var root = _lab.Root("R");
        var wrong = Enumerable.Range(0, 60).Select(i => _lab.Authority("M", "R", key: $"wrong{i}")).ToArray();
        PathLab.Valid(PathLab.Validate(root, _lab.End("E", "M"), [.. wrong, _lab.Authority("M", "R")]), 3);
    }

    [Fact]
    public void Validate_Follows_AKeyRollover()
    {
        var root = _lab.Authority("R", "R", key: "old", issuerKey: "old");
        var newWithOld = _lab.Authority("R", "R", key: "new", issuerKey: "old");
        var end = _lab.Make("E", "R", null, "new", [CertificateExtension.KeyUsage(KeyUsage.DigitalSignature)]);
        PathLab.Valid(PathLab.Validate(root, end, [newWithOld], options => options with { MaxIntermediates = 0 }), 3);
    }

    [Fact]
    public void Validate_Leaves_LoopsOfCrossCertificates()
    {
        var (a, b, c) = (_lab.Authority("A", "B"), _lab.Authority("B", "C"), _lab.Authority("C", "A"));
        var end = _lab.End("E", "A");
        Assert.False(PathLab.Validate(_lab.Root("R"), end, [a, b, c]).IsValid);
        PathLab.Valid(PathLab.Validate(_lab.Root("R"), end, [a, b, c, _lab.Authority("C", "R")]), 5);
    }

    [Fact]
    public void Validate_TakesAnotherPath_WhereOneIsNotValid()
    {
        var root = _lab.Root("R");
        var narrow = _lab.Authority("M", "R", more: PathLab.NameConstraints([new GeneralName.DirectoryName(PathLab.Name("nobody").Name)]));
        PathLab.Valid(PathLab.Validate(root, _lab.End("E", "M"), [narrow, _lab.Authority("M", "X"), _lab.Authority("X", "R")]), 4);
    }

    // Layers of authorities that all certified each other: 6 to the power of 9 paths, of which none is valid.
    [Fact]
    public void Validate_Bounds_TheWorkOfAHostilePool()
    {
        var root = _lab.Root("R");
        var pool = new List<Certificate> { _lab.Authority("L0-0", "R", pathLength: 0) };
        for (var layer = 1; layer < 9; layer++)
        {
            for (var i = 0; i < 6; i++)
            {
                for (var above = 0; above < (layer == 1 ? 1 : 6); above++)
                    pool.Add(_lab.Authority($"L{layer}-{i}", $"L{layer - 1}-{above}"));
            }
        }

        var end = _lab.End("E", "L8-0");
        var taken = ProcessorTime.Of(() => Assert.False(PathLab.Validate(root, end, [.. pool]).IsValid));
        Assert.True(taken < TimeSpan.FromSeconds(10), taken.ToString());
    }

    [Fact]
    public void Validate_Bounds_TheKeysThatAreImported()
    {
        var imports = new CountingKeys(PathLab.Provider.PublicKeys);
        var pool = Enumerable.Range(0, 20).Select(i => _lab.Authority("M", "R", key: $"M{i}")).ToList();
        var limits = WorkLimits.Default with { Signatures = 5 };
        var validator = new PathValidator([new TrustAnchor(_lab.Root("R"))], PathLab.Provider with { PublicKeys = imports });
        var result = validator.Validate(_lab.End("E", "M"), pool, new PathOptions { Time = PathLab.Now, Limits = limits });
        Assert.Contains(result.Reasons, reason => reason.Code == ReasonCode.TooMuchWork);
        Assert.InRange(imports.Count, 1, 1 + limits.Signatures);
    }

    [Fact]
    public void Validate_Bounds_TheReasons()
    {
        Extension[] unknown = [.. Enumerable.Range(0, 20_000).Select(i => new Extension { ExtnId = ObjectIdentifier.Parse($"1.2.3.{i}"), Critical = true, ExtnValue = [5, 0] })];
        var end = _lab.End("E", "R", unknown);
        Assert.Equal(256, PathLab.Validate(_lab.Root("R"), end, []).Reasons.Count);
        Assert.InRange(PathLab.Validate(_lab.Root("Other"), end, []).Reasons.Count, 256, 258);
    }

    [Fact]
    public void Validate_Compares_NoMoreCommonNamesThanItMust()
    {
        var names = string.Join(',', Enumerable.Range(0, 2000).Select(i => $"CN=host{i}.example"));
        var end = _lab.Make(
            "E", "R", null, null,
            [
                CertificateExtension.KeyUsage(KeyUsage.DigitalSignature), CertificateExtension.ExtendedKeyUsage(PKIX1Implicit88Values.IdKpServerAuth),
                CertificateExtension.SubjectAltName([.. Enumerable.Range(0, 20_000).Select(i => new GeneralName.DNSName($"name{i}.example"))]),
            ],
            content => content with { Subject = DistinguishedName.Parse(names).Name });
        var result = PathLab.Validate(_lab.Root("R"), end, [], options => options with { Purpose = KeyPurpose.TlsServer });
        Assert.Contains(result.Reasons, reason => reason.Message.Contains("more than 16 common names", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("an authority too many", 0, ReasonCode.PathTooLong)]
    [InlineData("just enough", 1, null)]
    public void Validate_Counts_PathLengths(string description, int pathLength, ReasonCode? expected)
    {
        var (root, middle, lower) = (_lab.Root("R"), _lab.Authority("M", "R", pathLength), _lab.Authority("L", "M"));
        var result = PathLab.Validate(root, _lab.End("E", "L"), [middle, lower]);
        Assert.True(result.IsValid == expected is null, description);
        if (expected is { } code)
            PathLab.Refused(result, code, 1);
    }

    [Fact]
    public void Validate_Counts_TheCallersLimit()
    {
        var (root, middle, lower) = (_lab.Root("R"), _lab.Authority("M", "R"), _lab.Authority("L", "M"));
        PathLab.Refused(PathLab.Validate(root, _lab.End("E", "L"), [middle, lower], options => options with { MaxIntermediates = 1 }), ReasonCode.PathTooLong, 1);
        PathLab.Valid(PathLab.Validate(root, _lab.End("E", "L"), [middle, lower], options => options with { MaxIntermediates = 2 }), 4);
    }

    [Fact]
    public void Validate_Checks_PurposesOfAuthoritiesToo()
    {
        var root = _lab.Root("R");
        var middle = _lab.Authority("M", "R", more: CertificateExtension.ExtendedKeyUsage(PKIX1Implicit88Values.IdKpEmailProtection));
        var end = _lab.End("E", "M", CertificateExtension.ExtendedKeyUsage(PKIX1Implicit88Values.IdKpEmailProtection, PKIX1Implicit88Values.IdKpCodeSigning));
        PathLab.Valid(PathLab.Validate(root, end, [middle], options => options with { Purpose = KeyPurpose.Mail }), 3);
        PathLab.Refused(PathLab.Validate(root, end, [middle], options => options with { Purpose = KeyPurpose.CodeSigning }), ReasonCode.RefusedPurpose, 1);
        PathLab.Refused(PathLab.Validate(root, _lab.End("E", "R"), [], options => options with { Purpose = KeyPurpose.Mail, RequiresStatedPurpose = true }), ReasonCode.RefusedPurpose, 0);
    }

    [Fact]
    public void Validate_Takes_Version1ByPermission()
    {
        var root = _lab.Root("R");
        var end = _lab.Make("E", "R", null, null, [], content => content with { Version = Version.V1, Extensions = null });
        PathLab.Refused(PathLab.Validate(root, end, []), ReasonCode.RefusedVersion, 0);
        PathLab.Valid(PathLab.Validate(root, end, [], options => options with { Permissions = PathPermissions.Version1 }), 2);
        var middle = _lab.Make("M", "R", null, null, [], content => content with { Version = Version.V1, Extensions = null });
        Assert.False(PathLab.Validate(root, _lab.End("E", "M"), [middle], options => options with { Permissions = PathPermissions.Version1 }).IsValid);
    }

    [Fact]
    public void Validate_Refuses_MalformedExtensions()
    {
        var end = _lab.End("E", "R", new Extension { ExtnId = CertificateExtensionsValues.IdCeSubjectAltName, Critical = false, ExtnValue = [0x30, 0x01] });
        PathLab.Refused(PathLab.Validate(_lab.Root("R"), end, []), ReasonCode.MalformedExtension, 0);
    }

    [Fact]
    public void VerifySignatures_Looks_NeitherAtTimeNorAtAuthority()
    {
        var (root, middle, end) = (_lab.Root("R"), _lab.Make("M", "R", null, null, []), _lab.End("E", "M"));
        var validator = new PathValidator([new TrustAnchor(root)], PathLab.Provider);
        PathLab.Valid(validator.VerifySignatures(end, [middle]), 3);
        PathLab.Refused(validator.VerifySignatures(end, []), ReasonCode.UnknownIssuer, 0);
        Assert.False(validator.Validate(end, [middle], new PathOptions { Time = PathLab.Now }).IsValid);
    }

    public void Dispose() => _lab.Dispose();

    private sealed class CountingKeys(IPublicKeys keys) : IPublicKeys
    {
        public int Count { get; private set; }

        public bool TryImportVerificationKey(ReadOnlySpan<byte> subjectPublicKeyInfo, LegacyAlgorithms allowed, [NotNullWhen(true)] out IVerificationKey? key, out CryptoError error)
        {
            Count++;
            return keys.TryImportVerificationKey(subjectPublicKeyInfo, allowed, out key, out error);
        }

        public byte[] Encrypt(ReadOnlySpan<byte> subjectPublicKeyInfo, RsaEncryptionScheme scheme, Secret plaintext) => keys.Encrypt(subjectPublicKeyInfo, scheme, plaintext);

        public EphemeralAgreement AgreeEphemeral(ReadOnlySpan<byte> subjectPublicKeyInfo) => keys.AgreeEphemeral(subjectPublicKeyInfo);
    }
}
