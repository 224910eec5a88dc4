using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows what stands in a send certificate (CKI Part 2 ¶81; profile sections 1 and 2).</summary>
public sealed class CertificateTests
{
    [Fact]
    public async Task HandleAsync_Issues_WhatTheProfileDemands()
    {
        using var domain = await TestDomain.Create();
        var certificate = (await domain.Ask(domain.Request())).Certificate;
        Assert.True(certificate.IsSignedBy(domain.Options.Certificate, TestDomain.Provider));
        Assert.Empty(CertificateLint.Check(certificate));
        Assert.Equal(KeyUsage.KeyAgreement | KeyUsage.EncipherOnly, certificate.KeyUsage);
        Assert.Equal(domain.Options.Certificate.SubjectKeyIdentifier, certificate.AuthorityKeyIdentifier);
        Assert.False(certificate.IsAuthority);
        var identifier = SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory);
        Assert.Equal(domain.Key!.MyReference, Convert.ToHexStringLower(identifier.IkReference.Value.Span));
        Assert.Equal(0, identifier.Generation);
    }

    [Fact]
    public async Task HandleAsync_Stores_TheCertificateItAnswersWith()
    {
        using var domain = await TestDomain.Create();
        var certificate = (await domain.Ask(domain.Request())).Certificate;
        var stored = await domain.Store.FindCertificateAsync(certificate.SerialNumber.ToUnsigned().ToArray());
        Assert.Equal(certificate.Encoded.ToArray(), stored!.Encoded.ToArray());
        Assert.Equal(("send", TestDomain.A1.Canonical, certificate.NotAfter), (stored.Usage, stored.Subject, stored.NotAfter));
    }

    [Fact]
    public async Task HandleAsync_Compares_NamesWithoutCase_AndCertifiesTheDerOfTheEnrolment()
    {
        using var domain = await TestDomain.Create();
        var written = DistinguishedName.Parse("CN=a1,OU=USERS,O=domain  a,C=GB");
        var granted = await domain.Ask(domain.Request(user: written));
        Assert.Equal(PKIStatus.Granted, granted.Status);
        Assert.Equal(TestDomain.A1.Encoded.ToArray(), granted.Certificate.Subject.Encoded.ToArray());
        Assert.NotEqual(TestDomain.A1.Encoded.ToArray(), written.Encoded.ToArray());
    }

    [Fact]
    public async Task EnrolAsync_Keeps_TheDerThatItSawFirst()
    {
        using var domain = await TestDomain.Create();
        await domain.Enrol(await TestUser.Create(DistinguishedName.Parse("CN=a1,OU=users,O=DOMAIN A,C=gb")));
        var certificate = (await domain.Ask(domain.Request())).Certificate;
        Assert.Equal(TestDomain.A1.Encoded.ToArray(), certificate.Subject.Encoded.ToArray());
    }

    [Fact]
    public async Task HandleAsync_Takes_TheKeyInEffectAtTheStart_WithTheLatestStart()
    {
        using var domain = await TestDomain.Create();
        var next = await domain.Cma.Administration.CreateLocalKeyAsync(TestDomain.Now.AddDays(50), TestDomain.KeyEnd.AddDays(50));
        await domain.Cma.Administration.CreateLocalKeyAsync(TestDomain.Now.AddDays(90), TestDomain.Now.AddDays(95));
        Assert.Equal(domain.Key!.MyReference, await ReferenceAt(domain, TestDomain.Now.AddDays(50).AddSeconds(-1)));
        Assert.Equal(next.MyReference, await ReferenceAt(domain, TestDomain.Now.AddDays(50)));
        Assert.NotEqual(next.MyReference, await ReferenceAt(domain, TestDomain.Now.AddDays(90)));
        Assert.Equal(next.MyReference, await ReferenceAt(domain, TestDomain.Now.AddDays(95)));
    }

    [Fact]
    public async Task HandleAsync_Takes_TheGenerationOfTheStore()
    {
        using var domain = await TestDomain.Create();
        await domain.Store.CommitAsync(UnitOfWork.Of(new StoreChange.RaiseGeneration(domain.Key!.MyReference, TestDomain.A1.Canonical, 7)));
        var identifier = SeedKeyIdentifier.Decode((await domain.Ask(domain.Request())).Certificate.SubjectKeyIdentifier!.Value.Memory);
        Assert.Equal(7, identifier.Generation);
    }

    [Fact]
    public async Task HandleAsync_Makes_DifferentKeys_ForDifferentValiditiesAndUsers()
    {
        using var domain = await TestDomain.Create();
        await domain.Enrol(TestUser.A2);
        var certificates = new[]
        {
            (await domain.Ask(domain.Request())).Certificate,
            (await domain.Ask(domain.Request(end: TestDomain.Now.AddDays(9)))).Certificate,
            (await domain.Ask(domain.Request(user: TestDomain.A2), TestUser.A2)).Certificate,
        };
        Assert.Equal(3, certificates.Select(certificate => Convert.ToHexString(certificate.SubjectPublicKeyInfo.Span)).Distinct().Count());
    }

    private static async Task<string> ReferenceAt(TestDomain domain, DateTimeOffset start)
    {
        var certificate = (await domain.Ask(domain.Request(start, start.AddDays(1)))).Certificate;
        return Convert.ToHexStringLower(SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory).IkReference.Value.Span);
    }
}
