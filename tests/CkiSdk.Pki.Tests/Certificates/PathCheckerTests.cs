using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Shows which certificates lead to an anchor.</summary>
public sealed class PathCheckerTests
{
    private static readonly DateTimeOffset Now = new(2030, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Check_Finds_ThePathOverAnIntermediate()
    {
        using var root = await TestAuthority.Create();
        using var middle = await Below(root, "CN=CMA B,O=Domain A,C=GB");
        var leaf = await Leaf(middle);
        var result = new PathChecker([root.Certificate], TestAuthority.Provider).Check(leaf, [middle.Certificate], Now, CertificatePurposes.TlsClient);
        Assert.True(result.IsValid, result.Reason);
        Assert.Equal([leaf, middle.Certificate, root.Certificate], result.Path);
    }

    [Fact]
    public async Task Check_Takes_AnAnchorItself()
    {
        using var root = await TestAuthority.Create();
        Assert.True(new PathChecker([root.Certificate], TestAuthority.Provider).Check(root.Certificate, [], Now).IsValid);
    }

    [Fact]
    public async Task Check_Takes_TheRightOneOfTwoKeysOfOneName()
    {
        using var old = await TestAuthority.Create();
        using var root = await TestAuthority.Create();
        var result = new PathChecker([old.Certificate, root.Certificate], TestAuthority.Provider).Check(await Leaf(root), [], Now, CertificatePurposes.TlsClient);
        Assert.True(result.IsValid, result.Reason);
    }

    [Fact]
    public async Task Check_Refuses_WhatIsOutOfTimeOrPurpose()
    {
        using var root = await TestAuthority.Create();
        var checker = new PathChecker([root.Certificate], TestAuthority.Provider);
        var leaf = await Leaf(root);
        Refused(checker.Check(leaf, [], TestAuthority.NotBefore.AddSeconds(-1)), "not valid yet");
        Refused(checker.Check(leaf, [], TestAuthority.NotAfter.AddSeconds(1)), "expired");
        Assert.True(checker.Check(leaf, [], TestAuthority.NotAfter).IsValid);
        Refused(checker.Check(leaf, [], Now, CertificatePurposes.TlsServer), "purpose");
        Refused(checker.Check(leaf, [], Now, CertificatePurposes.KeyReceipt), "purpose");
        Refused(checker.Check(await root.SignSend(), [], Now, CertificatePurposes.KeyReceipt), "purpose");
        Refused(checker.Check(await root.SignSend(), [], Now, CertificatePurposes.TlsClient), "purpose");
    }

    [Fact]
    public async Task Check_Refuses_OtherAnchors()
    {
        using var root = await TestAuthority.Create();
        using var impostor = await TestAuthority.Create();
        Refused(new PathChecker([impostor.Certificate], TestAuthority.Provider).Check(await Leaf(root), [], Now), "No certificate of the issuer");
        Refused(new PathChecker([], TestAuthority.Provider).Check(await Leaf(root), [root.Certificate], Now), "No certificate of the issuer");
    }

    [Fact]
    public async Task Check_Refuses_AnIssuerThatIsNoAuthority()
    {
        using var root = await TestAuthority.Create();
        using var key = await TestAuthority.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, TestContext.Current.CancellationToken);
        using var user = new TestAuthority(await root.SignAuthentication(key.SubjectPublicKeyInfo, CertificatePurposes.TlsClient), key);
        Refused(new PathChecker([root.Certificate], TestAuthority.Provider).Check(await Leaf(user), [user.Certificate], Now), "does not allow");
    }

    [Fact]
    public async Task Check_Refuses_APathThatIsTooLong()
    {
        using var root = await TestAuthority.Create();
        using var middle = await Below(root, "CN=CMA B,O=Domain A,C=GB", pathLength: 0);
        using var lower = await Below(middle, "CN=CMA C,O=Domain A,C=GB");
        var checker = new PathChecker([root.Certificate], TestAuthority.Provider);
        Refused(checker.Check(await Leaf(lower), [middle.Certificate, lower.Certificate], Now), "does not allow");
        Assert.True(checker.Check(await Leaf(middle), [middle.Certificate], Now).IsValid);
    }

    [Fact]
    public async Task Check_Refuses_UnknownCriticalExtensions()
    {
        using var root = await TestAuthority.Create();
        using var key = await TestAuthority.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, TestContext.Current.CancellationToken);
        var template = CertificateProfiles.Authentication(TestAuthority.User, key.SubjectPublicKeyInfo, TestAuthority.NotBefore, TestAuthority.NotAfter, CertificatePurposes.TlsClient);
        var unknown = new Extension { ExtnId = ObjectIdentifier.Parse("1.2.3"), Critical = true, ExtnValue = [5, 0] };
        var leaf = await root.Sign(template with { Extensions = [.. template.Extensions, unknown] });
        Refused(new PathChecker([root.Certificate], TestAuthority.Provider).Check(leaf, [], Now), "critical extension 1.2.3");
    }

    private static void Refused(PathResult result, string reason)
    {
        Assert.False(result.IsValid);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Empty(result.Path);
    }

    private static async Task<Certificate> Leaf(TestAuthority authority)
    {
        using var key = await TestAuthority.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        return await authority.SignAuthentication(key.SubjectPublicKeyInfo, CertificatePurposes.TlsClient);
    }

    private static async Task<TestAuthority> Below(TestAuthority authority, string name, int? pathLength = null)
    {
        var key = await TestAuthority.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var template = CertificateProfiles.Cma(DistinguishedName.Parse(name), key.SubjectPublicKeyInfo, TestAuthority.NotBefore, TestAuthority.NotAfter, TestAuthority.Domain);
        if (pathLength is { } limit)
            template = template with { Extensions = [CertificateExtension.Authority(limit), .. template.Extensions.Skip(1)] };
        return new TestAuthority(await authority.Sign(template), key);
    }
}
