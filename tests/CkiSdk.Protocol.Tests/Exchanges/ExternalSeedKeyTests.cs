using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks how users get the seed keys of receive certificates (CKI Part 2 §III.C), with the real engines on both sides.</summary>
public sealed class ExternalSeedKeyTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private TestAgent _a1 = null!;
    private TestAgent _b1 = null!;
    private (string OfA, string OfB) _shared;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _b = await _world.Add("B");
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        _b1 = await _b.Enrol("CN=B1,O=Domain B,C=GB");
        _shared = await TestWorld.Share(_a, _b, Now.AddDays(-1), Now.AddDays(100));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AUser_Gets_TheSeed_AndBothEndsAgree()
    {
        var receive = await _a1.Receive(_b1, Now, Now.AddDays(30));
        Assert.False(_b1.Agent.HasSeed(receive));
        var granted = Assert.IsType<ExternalSeedKeyResult.Granted>(await _b1.AskSeed(receive));
        Assert.Equal(_a.Name, granted.Cma);
        Assert.True(_b1.Agent.HasSeed(receive));
        var send = Assert.IsType<SendCertificateResult.Granted>(await _a1.AskSend(Now, Now.AddDays(30)));
        using var sendKey = send.PrivateKey;
        using var receiveKey = await _b1.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive);
        using var one = await sendKey.AgreeAsync(_b1.Agent.CheckCertificate(receive, DatedKeyUsage.Receive).PublicValue);
        using var other = await receiveKey.AgreeAsync(_b1.Agent.CheckCertificate(send.Certificate, DatedKeyUsage.Send).PublicValue); // ¶63: B1 knows the CMA of A now
        Assert.True(one.FixedTimeEquals(other.Span));
    }

    [Fact]
    public async Task AnExpiredCertificate_IsServed_SoThatOldMessagesOpen()
    {
        var receive = await _a1.Receive(_b1, Now, Now.AddDays(30));
        _world.Time.Advance(TimeSpan.FromDays(400));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await _b1.AskSeed(receive));
    }

    [Fact]
    public async Task TheSeed_IsValid_AsLongAsTheInteroperabilityKey()
    {
        var request = _b1.Agent.RequestExternalSeedKey(await _a1.Receive(_b1, Now, Now.AddDays(30)));
        var info = Assert.IsType<PKIBody.CkiESrp>((await _b.Ask(request.Octets, _b1.User)).Body).Value.ExtSeedKeyInfo!;
        Assert.Equal(Now.AddDays(100), Times.Read(info.SeedKeyValidity.NotAfter));
        Assert.Equal(Now.AddDays(-1), Times.Read(info.SeedKeyValidity.NotBefore));
    }

    [Fact]
    public async Task GrantedWithMods_IsNoAnswerHere()
    {
        var request = _b1.Agent.RequestExternalSeedKey(await _a1.Receive(_b1, Now));
        var answer = await _b.Ask(request.Octets, _b1.User);
        var content = ((PKIBody.CkiESrp)answer.Body).Value;
        Assert.Equal(PKIStatus.Granted, content.Status.Status);
        var changed = answer with { Body = new PKIBody.CkiESrp(content with { Status = new PKIStatusInfo { Status = PKIStatus.GrantedWithMods } }) };
        await Assert.ThrowsAsync<CkiProtocolException>(async () => await request.CompleteAsync(_b.Deliver(changed.Encode())));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await request.CompleteAsync(_b.Deliver(answer.Encode())));
    }

    [Fact]
    public async Task ALocalCertificate_GetsTheLocalSeed()
    {
        var a2 = await _a.Enrol("CN=A2,O=Domain A,C=GB");
        var receive = await _a1.Receive(a2, Now);
        var granted = Assert.IsType<ExternalSeedKeyResult.Granted>(await a2.AskSeed(receive));
        Assert.Equal(_a.Name, granted.Cma);
    }

    [Fact]
    public async Task TheGenerationOfTheCertificate_Counts_AndTheHighestSeenIsKept()
    {
        await _a.Store.CommitAsync(UnitOfWork.Of(new StoreChange.RaiseGeneration(_shared.OfA, _b1.Name.Canonical, 3)));
        var receive = await _a1.Receive(_b1, Now);
        Assert.IsType<ExternalSeedKeyResult.Granted>(await _b1.AskSeed(receive));
        Assert.Equal(3, await _b.Store.GenerationAsync(_shared.OfB, _b1.Name.Canonical));
    }

    [Fact]
    public async Task ADelegate_MayAsk_OnceAllowed_AndItIsAudited()
    {
        var b2 = await _b.Enrol("CN=B2,O=Domain B,C=GB");
        var receive = await _a1.Receive(_b1, Now);
        var rejected = Assert.IsType<ExternalSeedKeyResult.Rejected>(await b2.AskSeed(receive));
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, rejected.Failure);
        Assert.Contains("¶65", rejected.Text, StringComparison.Ordinal);

        await _b.Cma.Administration.SetDelegateAsync(_b1.Name, b2.Name, isAllowed: true);
        Assert.IsType<ExternalSeedKeyResult.Granted>(await b2.AskSeed(receive));
        Assert.Contains((await _b.Store.ReadAuditAsync()).Links.Select(link => link.Entry), entry => entry.Event == "seed.delegate" && entry.Party == b2.Name.Canonical);
        (await b2.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive)).Dispose();

        await _b.Cma.Administration.RevokeAsync(_b1.Name, RevokeUserReason.KeyCompromise);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<ExternalSeedKeyResult.Rejected>(await b2.AskSeed(receive)).Failure);
    }

    [Fact]
    public async Task ARevokedUser_GetsNothing()
    {
        var receive = await _a1.Receive(_b1, Now);
        await _b.Cma.Administration.RevokeAsync(_b1.Name, RevokeUserReason.KeyCompromise);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<ExternalSeedKeyResult.Rejected>(await _b1.AskSeed(receive)).Failure);
    }

    [Theory]
    [InlineData(SecurityServices.OriginAuthentication | SecurityServices.Integrity, "¶71")]
    [InlineData(SecurityServices.OriginAuthentication | SecurityServices.Confidentiality, "¶70")]
    public async Task TooFewServices_AreRefused(SecurityServices services, string paragraph)
    {
        var request = _b1.Agent.RequestExternalSeedKey(await _a1.Receive(_b1, Now));
        var answer = await _b.Ask(request.Octets, _b1.User, services);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiESrp>(answer.Body).Value.Status.FailInfo);
        Assert.Contains(paragraph, FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerThatWasNotConfidential_IsRefusedByTheAgent()
    {
        var request = _b1.Agent.RequestExternalSeedKey(await _a1.Receive(_b1, Now));
        var answer = (await _b.Ask(request.Octets, _b1.User)).Encode();
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await request.CompleteAsync(_b.Deliver(answer, TestDomain.Signed)));
        Assert.Contains("¶71", exception.Message, StringComparison.Ordinal);
        Assert.IsType<ExternalSeedKeyResult.Granted>(await request.CompleteAsync(_b.Deliver(answer)));
    }

    [Fact]
    public async Task AnUnknownIssuer_IsRefused()
    {
        var c = await _world.Add("C");
        var c1 = await c.Enrol("CN=C1,O=Domain C,C=GB");
        await TestWorld.Share(c, _b, Now, Now.AddDays(10));
        var receive = await c1.Receive(_b1, Now);
        var d = await _world.Add("B");
        var other = await d.Enrol("CN=B1,O=Domain B,C=GB");
        var rejected = Assert.IsType<ExternalSeedKeyResult.Rejected>(await other.AskSeed(receive));
        Assert.Equal(PKIFailureInfo.UnrecognisedDomain, rejected.Failure);
        Assert.Contains("¶73 a", rejected.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyThatIsNotThere_IsToldSo()
    {
        var receive = await _a1.Receive(_b1, Now);
        var d = await _world.Add("B");
        var other = await d.Enrol("CN=B1,O=Domain B,C=GB");
        await TestWorld.Share(_a, d, Now, Now.AddDays(10));
        Assert.Equal(PKIFailureInfo.InteroperabilityKeyUnavailable, Assert.IsType<ExternalSeedKeyResult.Rejected>(await other.AskSeed(receive)).Failure);
    }

    [Theory]
    [InlineData("a send certificate", "keyUsage")]
    [InlineData("a damaged signature", "certificate")]
    [InlineData("another public value", "subjectPublicKeyInfo")]
    [InlineData("the key of another pair", "issuer")]
    [InlineData("beyond the key", "validity")]
    public async Task WrongCertificates_AreRefused(string change, string field)
    {
        var certificate = await Wrong(change, await _a1.Receive(_b1, Now, Now.AddDays(30)));
        var rejected = Assert.IsType<ExternalSeedKeyResult.Rejected>(await _b1.AskSeed(certificate));
        Assert.Equal(PKIFailureInfo.InvalidRequestParameters, rejected.Failure);
        Assert.StartsWith($"{field}: ", rejected.Text, StringComparison.Ordinal);
        Assert.Contains("¶73 c", rejected.Text, StringComparison.Ordinal);
    }

    private async Task<Certificate> Wrong(string change, Certificate receive)
    {
        if (change == "a damaged signature")
        {
            var octets = receive.Encoded.ToArray();
            octets[^1] ^= 1;
            return Certificate.Decode(octets);
        }

        var identifier = receive.SubjectKeyIdentifier!.Value;
        var spki = receive.SubjectPublicKeyInfo;
        var (start, end) = (receive.NotBefore, receive.NotAfter);
        if (change == "another public value") spki = (await _a1.Receive(await _b.Enrol("CN=B2,O=Domain B,C=GB"), Now)).SubjectPublicKeyInfo;
        if (change == "beyond the key") end = Now.AddDays(101);
        if (change == "the key of another pair")
        {
            var c = await _world.Add("C");
            var c1 = await c.Enrol("CN=C1,O=Domain C,C=GB");
            await TestWorld.Share(c, _b, Now, Now.AddDays(40));
            identifier = (await c1.Receive(_b1, Now)).SubjectKeyIdentifier!.Value;
        }

        var template = change == "a send certificate"
            ? CertificateProfiles.Send(receive.Subject, spki, start, end, identifier)
            : CertificateProfiles.Receive(receive.Subject, spki, start, end, identifier);
        return await CertificateSigner.SignAsync(
            template, _a.Options.Certificate, _a.Options.SigningKey, _a.Options.SignatureAlgorithm, SerialNumbers.Random(TestWorld.Provider.Random));
    }
}
