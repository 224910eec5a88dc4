using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.DirectoryAbstractService;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Tests.Binding;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Sends certificates whose extensions are no DER inside: a message with them is one, but what is in them is not.</summary>
public sealed class MalformedContentTests : IAsyncLifetime
{
    private BindParties _parties = null!;

    public async ValueTask InitializeAsync() => _parties = await BindParties.Create();

    public ValueTask DisposeAsync()
    {
        _parties.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ASeedKeyRequest_IsRefused()
    {
        var request = PKIMessage.Decode(_parties.A1.Agent.RequestExternalSeedKey(_parties.Cma.Options.Certificate).Octets);
        var answer = await _parties.Cma.Ask((request with { Body = new PKIBody.CkiESrr(Broken(_parties.A1.User.Certificate.Value)) }).Encode(), _parties.A1.User);
        Assert.Equal(PKIFailureInfo.InvalidRequestParameters, Assert.IsType<PKIBody.CkiESrp>(answer.Body).Value.Status.FailInfo);
        Assert.Contains("¶73", FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExtraCertificates_AreRefused_WhereTheyMatter()
    {
        var request = PKIMessage.Decode(_parties.A1.Agent.RequestSendCertificate(_parties.World.Now).Octets);
        var certificates = (SequenceOf<Certificate>)new[] { Broken(_parties.A1.User.Certificate.Value) };
        var answer = await _parties.Cma.Ask((request with { ExtraCerts = certificates }).Encode(), _parties.A1.User);
        Assert.Equal(PKIStatus.Granted, Assert.IsType<PKIBody.CkiSCrp>(answer.Body).Value.Status.Status);
    }

    [Fact]
    public async Task ABind_IsRefused()
    {
        var message = await _parties.Craft(craft => craft with
        {
            Wrap = strong => new Credentials.Strong(strong with { CertificationPath = new CertificationPath { UserCertificate = Broken(craft.Signer.Value) } }),
        });
        var outcome = await _parties.Responder.AnswerAsync(message.Encode(), BindParties.Channel);
        Assert.Equal(PKIFailureInfo.InvalidCredentials, Assert.IsType<PKIBody.CkiBindrp>(PKIMessage.Decode(Assert.IsType<BindOutcome.Rejected>(outcome).Answer).Body).Value.Status.FailInfo);
    }

    private static Certificate Broken(Certificate certificate)
    {
        var extension = new Extension { ExtnId = CertificateExtensionsValues.IdCeSubjectKeyIdentifier, ExtnValue = (OctetString)new byte[] { 0x04, 0x1F, 0x00 } };
        var content = certificate.ToBeSigned with { Extensions = new Extensions((SequenceOf<Extension>)new[] { extension }) };
        return new Certificate { ToBeSigned = content, AlgorithmIdentifier = certificate.AlgorithmIdentifier, Encrypted = certificate.Encrypted };
    }
}
