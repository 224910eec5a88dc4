using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Sends every body to a CMA and to the TLCMA from parties that are in some other state than that in which they were made known: all but what the table names is refused because of its sender.</summary>
public sealed class SenderStateMatrixTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private static readonly string[] ToACma = ["ckiTrp", "ckiTann", "ckiPrr", "ckiPrp", "ckiESrr", "ckiSCrr", "ckiRCrr", "crlann", "ckiRULann", "krr"];
    private static readonly string[] ToTheTlcma = ["ckiTrr", "ckiRULann", "crlann"];

    private TestWorld _world = null!;
    private TestTlcma _top = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private TestAgent _a1 = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _top = _world.AddTlcma();
        _a = await _world.Add("A", options => options with { Recovery = new RecoveryOptions() });
        _b = await _world.Add("B");
        await _top.Register(_a, _b);
        await TestWorld.Share(_a, _b, Now, Now.AddDays(100));
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("a user", "ckiESrr ckiSCrr ckiRCrr")]
    [InlineData("a user, after a restart", "ckiESrr ckiSCrr ckiRCrr")]
    [InlineData("a user who is revoked", "")]
    [InlineData("a user who is restored", "ckiESrr ckiSCrr ckiRCrr")]
    [InlineData("a user who is enrolled anew", "ckiESrr ckiSCrr ckiRCrr")]
    [InlineData("a user of another domain", "")]
    [InlineData("a delegate", "ckiESrr")]
    [InlineData("a delegate who is none any more", "")]
    [InlineData("a CMA", "ckiPrr ckiPrp crlann ckiRULann")]
    [InlineData("a CMA, after a restart", "ckiPrr ckiPrp crlann ckiRULann")]
    [InlineData("a CMA that was taken off", "")]
    [InlineData("a CMA that was taken off and made known again", "ckiPrr ckiPrp crlann ckiRULann")]
    [InlineData("a CMA whose certificate is revoked", "ckiPrr ckiPrp crlann ckiRULann")] // what was signed under it is refused: AuthorityRevocationTests
    [InlineData("a delegate of a user who is revoked", "ckiESrr")] // refused because of the user: ExternalSeedKeyTests
    [InlineData("the TLCMA", "ckiTrp ckiTann crlann ckiRULann")]
    [InlineData("a TLCMA that was taken off", "")]
    [InlineData("an officer", "krr")]
    [InlineData("an officer who was taken off", "")]
    [InlineData("an approver", "")]
    public async Task ACma_HearsOf(string sender, string bodies)
    {
        var user = await Enter(sender);
        Assert.Equal(bodies, await Heard(ToACma, user, () => _a.Cma, _a.Name));
    }

    [Theory]
    [InlineData("a CMA", "ckiTrr ckiRULann crlann")]
    [InlineData("a CMA that the TLCMA has taken off", "")]
    [InlineData("a CMA, after a restart of the TLCMA", "ckiTrr ckiRULann crlann")]
    [InlineData("a user", "")]
    [InlineData("an officer", "")]
    public async Task TheTlcma_HearsOf(string sender, string bodies)
    {
        var user = await Enter(sender);
        Assert.Equal(bodies, await Heard(ToTheTlcma, user, () => _top.Tlcma, _top.Name));
    }

    private async Task<TestUser> Enter(string sender)
    {
        switch (sender)
        {
            case "a user": return _a1.User;
            case "a user, after a restart": _a.Restart(); return _a1.User;
            case "a user who is revoked":
                await _a.Cma.Administration.RevokeAsync(_a1.Name, RevokeUserReason.KeyCompromise);
                return _a1.User;
            case "a user who is restored":
                await _a.Cma.Administration.RevokeAsync(_a1.Name, RevokeUserReason.KeyCompromise);
                await _a.Cma.Administration.RestoreAsync(_a1.Name);
                return _a1.User;
            case "a user who is enrolled anew": return (await _a.Enrol("CN=A1,O=Domain A,C=GB")).User;
            case "a user of another domain": return (await _b.Enrol("CN=B1,O=Domain B,C=GB")).User;
            case "a delegate": return await Delegate(isStill: true);
            case "a delegate who is none any more": return await Delegate(isStill: false);
            case "a CMA": return _b.Party;
            case "a CMA, after a restart": _a.Restart(); return _b.Party;
            case "a CMA, after a restart of the TLCMA": _top.Restart(); return _b.Party;
            case "a CMA that was taken off":
                await _a.Cma.Peers.RemoveAsync(_b.Name);
                return _b.Party;
            case "a CMA that was taken off and made known again":
                await _a.Cma.Peers.RemoveAsync(_b.Name);
                await _a.Cma.Peers.PutAsync(_b.Name, PartyKinds.Cma, Pki.Certificates.DomainRule.Of(_b.Options.Certificate), _b.Party.Certificate);
                return _b.Party;
            case "a CMA that the TLCMA has taken off":
                await _top.Tlcma.Peers.RemoveAsync(_b.Name);
                return _b.Party;
            case "a CMA whose certificate is revoked":
                await _top.Tlcma.Administration.RevokeCmaAsync(_b.Name, CRLReason.KeyCompromise);
                await _world.Deliver();
                return _b.Party;
            case "a delegate of a user who is revoked":
                var agent = await Delegate(isStill: true);
                await _a.Cma.Administration.RevokeAsync(_a1.Name, RevokeUserReason.KeyCompromise);
                return agent;
            case "the TLCMA": return await Party(_top.Name.ToString());
            case "a TLCMA that was taken off":
                await _a.Cma.Peers.PutAsync(_top.Name, PartyKinds.None);
                return await Party(_top.Name.ToString());
            case "an officer": return await Officer(PartyKinds.RecoveryRequester);
            case "an officer who was taken off":
                var officer = await Officer(PartyKinds.RecoveryRequester);
                await _a.Cma.Peers.PutAsync(officer.Name, PartyKinds.None);
                return officer;
            case "an approver":
                return await Officer(PartyKinds.RecoveryApprover);
            default: throw new ArgumentOutOfRangeException(nameof(sender));
        }
    }

    private async Task<TestUser> Delegate(bool isStill)
    {
        var agent = await Party("CN=Secretary,C=GB");
        await _a.Cma.Administration.SetDelegateAsync(_a1.Name, agent.Name, isAllowed: true);
        if (!isStill) await _a.Cma.Administration.SetDelegateAsync(_a1.Name, agent.Name, isAllowed: false);
        return agent;
    }

    private async Task<TestUser> Officer(PartyKinds kind)
    {
        var officer = await Party("CN=Officer,C=GB");
        await _a.Cma.Peers.PutAsync(officer.Name, kind, encryption: officer.Certificate);
        return officer;
    }

    private async Task<string> Heard(string[] bodies, TestUser sender, Func<IMessageHandler> party, DistinguishedName name)
    {
        var heard = new List<string>();
        foreach (var body in bodies)
        {
            if (await SenderVerdict.Of(body, sender, party(), name, _b.Options.Certificate) != ".") heard.Add(body);
        }

        return string.Join(' ', heard);
    }

    private static Task<TestUser> Party(string name) => TestUser.Create(DistinguishedName.Parse(name), end: Now.AddYears(5));
}
