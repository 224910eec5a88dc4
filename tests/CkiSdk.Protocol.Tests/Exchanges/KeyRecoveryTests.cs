using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks key recovery (CKI Part 2 §III.H), with the real engines on both sides.</summary>
public sealed class KeyRecoveryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestAgent _a1 = null!;
    private TestAgent _officer = null!;
    private Certificate _send = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A", options => options with { Recovery = new RecoveryOptions() });
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        var granted = Assert.IsType<SendCertificateResult.Granted>(await _a1.AskSend(Now));
        granted.PrivateKey.Dispose();
        _send = granted.Certificate;
        var user = await TestUser.Create(DistinguishedName.Parse("CN=Officer,C=GB"), end: Now.AddYears(5));
        await _a.Cma.Peers.PutAsync(user.Name, PartyKinds.RecoveryRequester, encryption: user.Certificate);
        await _a.AddApprovers("first", "second", "third");
        _officer = new TestAgent(_a, user, new UserAgent(
            new UserAgentOptions { User = user.Name, CmaCertificate = _a.Options.Certificate, Encryption = user.Encryption }, TestWorld.Provider, _world.Time));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task OneDatedKey_IsRecovered_AfterTwoApprovals()
    {
        var request = _officer.Agent.RequestKeyRecovery([_send]);
        Assert.Contains("0 of 2", Assert.IsType<KeyRecoveryResult.Waiting>(await Ask(request)).Text, StringComparison.Ordinal);
        await Approve("first");
        Assert.Contains("1 of 2", Assert.IsType<KeyRecoveryResult.Waiting>(await Ask(request)).Text, StringComparison.Ordinal);
        await Approve("second");
        _a.Restart();
        var granted = Assert.IsType<KeyRecoveryResult.Granted>(await Ask(request));
        Assert.False(granted.IsModified);
        using var recovered = Assert.Single(granted.Keys).PrivateKey;
        using var own = await _a1.Agent.DeriveKeyAsync(_send, DatedKeyUsage.Send);
        Assert.Equal(own.PublicValue.ToArray(), recovered.PublicValue.ToArray());
        Assert.Equal(["recovery.requested", "recovery.approved", "recovery.approved", "recovery.answered"], (await _a.Store.ReadAuditAsync()).Links.Select(link => link.Entry.Event).Where(what => what.StartsWith("recovery", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ARequest_IsTakenUpAgain_HoweverLongItsApprovalsTake()
    {
        var receive = await _a1.Receive(_a1, Now);
        var (request, other) = (_officer.Agent.RequestKeyRecovery([_send]), _officer.Agent.RequestKeyRecovery([receive]));
        Assert.IsType<KeyRecoveryResult.Waiting>(await Ask(request));
        await Approve("first");
        _world.Time.Advance(TimeSpan.FromDays(20));
        await Approve("second");
        Assert.Equal(PKIFailureInfo.BadMessageCheck, Assert.IsType<KeyRecoveryResult.Rejected>(await Ask(request)).Failure);
        Assert.Throws<ArgumentException>(() => _officer.Agent.ResumeKeyRecovery(other.Octets, [_send]));
        var granted = Assert.IsType<KeyRecoveryResult.Granted>(await Ask(_officer.Agent.ResumeKeyRecovery(request.Octets, [_send])));
        Assert.Single(granted.Keys).PrivateKey.Dispose();
        Assert.Single(await _a.Cma.Recovery.ListAsync());
    }

    [Fact]
    public async Task ReceiveKeys_AreRecovered_Too_AlsoOfRevokedUsers()
    {
        var receive = await _a1.Receive(_a1, Now);
        await _a.Cma.Administration.RevokeAsync(_a1.Name, RevokeUserReason.KeyCompromise);
        var granted = Assert.IsType<KeyRecoveryResult.Granted>(await Approved(_officer.Agent.RequestKeyRecovery([receive, _send])));
        Assert.Equal(2, granted.Keys.Count);
        foreach (var key in granted.Keys) key.PrivateKey.Dispose();
    }

    [Fact]
    public async Task Approvers_AreDifferent_AndNotTheRequester()
    {
        await _a.Cma.Peers.PutAsync(_officer.Name, PartyKinds.RecoveryRequester | PartyKinds.RecoveryApprover, encryption: _officer.User.Certificate);
        _world.Time.Advance(TimeSpan.FromDays(2));
        var request = _officer.Agent.RequestKeyRecovery([_send]);
        await Ask(request);
        await Approve("first");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Approve("First"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Approve("nobody"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _a.Cma.Recovery.ApproveAsync((await _a.Cma.Recovery.ListAsync())[^1].Id, _officer.Name));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await _a.Cma.Recovery.ApproveAsync("00", TestCma.ApproverOf("second")));
        Assert.IsType<KeyRecoveryResult.Waiting>(await Ask(request));
        await _a.Cma.Recovery.RefuseAsync(Assert.Single(await _a.Cma.Recovery.ListAsync()).Id, TestCma.ApproverOf("third"));
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<KeyRecoveryResult.Rejected>(await Ask(request)).Failure);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Approve("second"));
    }

    [Fact]
    public async Task SomeKeys_AreGrantedWithMods_AndNone_IsNoKeyAvailable()
    {
        var forged = await Forged();
        var some = Assert.IsType<KeyRecoveryResult.Granted>(await Approved(_officer.Agent.RequestKeyRecovery([_send, forged])));
        Assert.True(some.IsModified);
        Assert.Single(some.Keys).PrivateKey.Dispose();
        var none = Assert.IsType<KeyRecoveryResult.Rejected>(await Approved(_officer.Agent.RequestKeyRecovery([forged])));
        Assert.Equal(PKIFailureInfo.NoKeyAvailable, none.Failure);
        Assert.Contains("¶127 c", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_IsOff_UnlessConfigured()
    {
        _a.Restart(options => options with { Recovery = null });
        var result = await _a.Handle(_officer.Agent.RequestKeyRecovery([_send]).Octets, _officer.User);
        Assert.Contains("body: ", Assert.IsType<HandlingResult.Refused>(result).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OthersMayNotAsk()
    {
        var rejected = Assert.IsType<KeyRecoveryResult.Rejected>(await Ask(_a1.Agent.RequestKeyRecovery([_send]), _a1.User));
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, rejected.Failure);
        Assert.Contains("¶127 a", rejected.Text, StringComparison.Ordinal);
        Assert.Empty(await _a.Cma.Recovery.ListAsync());
    }

    [Fact]
    public async Task WhoIsRevoked_MayNotAsk_EvenIfHeIsConfigured()
    {
        var own = await _a.Enrol("CN=Own officer,O=Domain A,C=GB");
        await _a.Cma.Peers.PutAsync(own.Name, PartyKinds.RecoveryRequester, encryption: own.User.Certificate);
        var request = own.Agent.RequestKeyRecovery([_send]);
        Assert.IsType<KeyRecoveryResult.Waiting>(await Ask(request, own.User));
        await Approve("first");
        await Approve("second");
        await _a.Cma.Administration.RevokeAsync(own.Name, RevokeUserReason.UserBlackListed);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<KeyRecoveryResult.Rejected>(await Ask(request, own.User)).Failure);
    }

    [Fact]
    public async Task APeerThatTakesAnOwnReferenceForItsKey_HidesNoKey()
    {
        var b = await _world.Add("B");
        var local = Assert.Single(await _a.Store.ListInteroperabilityKeysAsync());
        await TestWorld.Share(_a, b, Now.AddYears(-20), Now.AddYears(5)); // listed before the local one
        var external = Assert.Single(await _a.Store.ListInteroperabilityKeysAsync(), key => key.ExternalCma is not null);
        await _a.Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutKey(external with { YourReference = local.MyReference })));
        var granted = Assert.IsType<KeyRecoveryResult.Granted>(await Approved(_officer.Agent.RequestKeyRecovery([_send])));
        Assert.Single(granted.Keys).PrivateKey.Dispose();
    }

    [Theory]
    [InlineData("no subject", "certTemplate.subject")]
    [InlineData("no validity", "certTemplate.validity")]
    [InlineData("no subjectKeyIdentifier", "certTemplate.extensions.subjectKeyIdentifier")]
    [InlineData("no keyUsage", "certTemplate.extensions.keyUsage")]
    [InlineData("no template", "fullCertTemplates")]
    [InlineData("the same number twice", "certReqId")]
    public async Task TheFourFields_AreNeeded(string change, string field)
    {
        var message = PKIMessage.Decode(_officer.Agent.RequestKeyRecovery([_send]).Octets);
        var full = ((PKIBody.Krr)message.Body).Value.FullCertTemplates.Value[0];
        var template = full.CertTemplate;
        FullCertTemplate[] changed = change switch
        {
            "no subject" => [full with { CertTemplate = template with { Subject = null } }],
            "no validity" => [full with { CertTemplate = template with { Validity = template.Validity! with { NotAfter = null } } }],
            "no subjectKeyIdentifier" => [full with { CertTemplate = Without(template, CertificateExtensionsValues.IdCeSubjectKeyIdentifier) }],
            "no keyUsage" => [full with { CertTemplate = Without(template, CertificateExtensionsValues.IdCeKeyUsage) }],
            "no template" => [],
            _ => [full, full],
        };
        var body = new PKIBody.Krr(new InitReqContent { FullCertTemplates = new FullCertTemplates((SequenceOf<FullCertTemplate>)changed) });
        var answer = await _a.Ask((message with { Body = body }).Encode(), _officer.User);
        Assert.Equal(PKIFailureInfo.InvalidRequestParameters, Assert.IsType<PKIBody.Krp>(answer.Body).Value.Status.FailInfo);
        Assert.StartsWith($"{field}: ", FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
        Assert.Empty(await _a.Cma.Recovery.ListAsync());
    }

    [Fact]
    public async Task Services_AreRequired()
    {
        var answer = await _a.Ask(_officer.Agent.RequestKeyRecovery([_send]).Octets, _officer.User, TestDomain.Signed);
        Assert.Contains("¶125", FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
        answer = await _a.Ask(_officer.Agent.RequestKeyRecovery([_send]).Octets, _officer.User, SecurityServices.Confidentiality);
        Assert.Contains("¶124", FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
    }

    private static CertTemplate Without(CertTemplate template, ObjectIdentifier type) => template with
    {
        Extensions = new Extensions((SequenceOf<Extension>)template.Extensions!.Value.Value.Where(extension => extension.ExtnId != type).ToArray()),
    };

    // Another key under the same identifier, as if somebody had changed the certificate.
    private async Task<Certificate> Forged() => await CertificateSigner.SignAsync(
        CertificateProfiles.Send(_a1.Name, (await _a1.Receive(_a1, Now)).SubjectPublicKeyInfo, Now, Now.AddDays(3), _send.SubjectKeyIdentifier!.Value),
        _a.Options.Certificate, _a.Options.SigningKey, _a.Options.SignatureAlgorithm, SerialNumbers.Random(TestWorld.Provider.Random));

    private async Task Approve(string approver) => await _a.Cma.Recovery.ApproveAsync((await _a.Cma.Recovery.ListAsync())[^1].Id, TestCma.ApproverOf(approver));

    private async Task<KeyRecoveryResult> Approved(KeyRecoveryRequest request)
    {
        Assert.IsType<KeyRecoveryResult.Waiting>(await Ask(request));
        await Approve("first");
        await Approve("second");
        return await Ask(request);
    }

    private async Task<KeyRecoveryResult> Ask(KeyRecoveryRequest request, TestUser? sender = null)
    {
        var result = await _a.Handle(request.Octets, sender ?? _officer.User);
        var octets = result is HandlingResult.Waiting waiting ? waiting.Message : Assert.IsType<HandlingResult.Answer>(result).Message;
        return await request.CompleteAsync(_a.Deliver(octets));
    }
}
