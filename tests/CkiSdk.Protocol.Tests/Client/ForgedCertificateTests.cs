using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Client;

/// <summary>Shows that a user refuses certificates that are not his send certificate, even when his own CMA has signed them (profile sections 1.2 and 2).</summary>
public sealed class ForgedCertificateTests
{
    [Fact]
    public async Task CompleteAsync_Refuses_ACertificateOfReceiveUsage() => await Refuses(
        "certificate: keyUsage",
        (real, _) => CertificateProfiles.Receive(real.Subject, real.SubjectPublicKeyInfo, real.NotBefore, real.NotAfter, real.SubjectKeyIdentifier!.Value));

    [Fact]
    public async Task CompleteAsync_Refuses_ACertificateOfAnotherUser() => await Refuses(
        "certificate.subject: ", (real, template) => template with { Subject = TestDomain.A2 });

    [Fact]
    public async Task CompleteAsync_Refuses_AnotherDerOfTheName() => await Refuses(
        "subjectKeyIdentifier: ", (real, template) => template with { Subject = DistinguishedName.Parse("CN=a1,OU=Users,O=Domain A,C=GB") });

    [Fact]
    public async Task CompleteAsync_Refuses_AnotherKey()
    {
        using var other = await TestDomain.Provider.Keys.CreateDhKeyAsync(DhGroups.Ffdhe2048);
        var key = DhPublicKeys.Encode(other.Group, other.PublicValue.Span);
        await Refuses("subjectPublicKeyInfo: ", (_, template) => template with { SubjectPublicKeyInfo = key });
    }

    [Fact]
    public async Task CompleteAsync_Refuses_AKeyThatIsNoDiffieHellmanKey() => await Refuses(
        "subjectPublicKeyInfo: ", (_, template) => template with { SubjectPublicKeyInfo = TestUser.A1.Certificate.SubjectPublicKeyInfo });

    [Fact]
    public async Task CompleteAsync_Refuses_AnUnknownSeedKeyIdentifier() => await Refuses(
        "subjectKeyIdentifier: ",
        (real, _) => CertificateProfiles.Send(real.Subject, real.SubjectPublicKeyInfo, real.NotBefore, real.NotAfter, new byte[20]));

    [Fact]
    public async Task CompleteAsync_Refuses_AnotherValidity_UnderTheSameKey() => await Refuses(
        "subjectPublicKeyInfo: ", (real, template) => template with { NotAfter = real.NotAfter.AddSeconds(-1) });

    [Fact]
    public async Task CompleteAsync_Refuses_AValidityBeyondTheSeedKey() => await Refuses(
        "certificate.validity: ", (_, template) => template with { NotAfter = TestDomain.KeyEnd.AddSeconds(1) });

    [Fact]
    public async Task CompleteAsync_Refuses_ACriticalExtensionThatItDoesNotKnow() => await Refuses(
        "certificate: it has a critical extension",
        (_, template) => template with
        {
            Extensions = [.. template.Extensions, new Extension { ExtnId = ObjectIdentifier.Parse("1.2.3"), Critical = true, ExtnValue = new byte[] { 5, 0 } }],
        });

    [Fact]
    public async Task CompleteAsync_Refuses_TheSignatureOfAnotherCma()
    {
        using var stranger = await TestDomain.Create();
        await Refuses("certificate: it is not signed", (_, template) => template, stranger);
    }

    private static async Task Refuses(string words, Func<Certificate, CertificateTemplate, CertificateTemplate> forge, TestDomain? signer = null)
    {
        using var exchange = await TestExchange.Create();
        var content = ((PKIBody.CkiSCrp)exchange.Answer.Body).Value;
        var real = Certificate.From(content.SendCertificate!);
        var template = CertificateProfiles.Send(real.Subject, real.SubjectPublicKeyInfo, real.NotBefore, real.NotAfter, real.SubjectKeyIdentifier!.Value);
        var options = (signer ?? exchange.Domain).Options;
        var forged = await CertificateSigner.SignAsync(
            forge(real, template), options.Certificate, options.SigningKey, options.SignatureAlgorithm, SerialNumbers.Random(TestDomain.Provider.Random));
        var body = new PKIBody.CkiSCrp(content with
        {
            Status = new PKIStatusInfo { Status = PKIStatus.GrantedWithMods },
            SendCertificate = forged.Value,
        });
        var changed = (exchange.Answer with { Body = body }).Encode();
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await exchange.Complete(changed));
        Assert.StartsWith(words, exception.Message, StringComparison.Ordinal);
        Assert.IsType<SendCertificateResult.Granted>(await exchange.Complete(exchange.Octets)).PrivateKey.Dispose();
    }
}
