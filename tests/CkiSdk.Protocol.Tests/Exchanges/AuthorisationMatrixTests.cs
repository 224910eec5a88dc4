using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Sends every body from every kind of party to every role: it is refused or goes on as the tables here say.</summary>
/// <remarks>In the tables <c>+</c> goes on to the handler, <c>.</c> is refused because of its sender, <c>-</c> is not served by the role at all.</remarks>
public sealed class AuthorisationMatrixTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestTlcma _top = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private Dictionary<string, TestUser> _senders = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _top = _world.AddTlcma();
        _a = await _world.Add("A", options => options with { Recovery = new RecoveryOptions() });
        _b = await _world.Add("B");
        await _top.Register(_a, _b);
        await TestWorld.Share(_a, _b, Now, Now.AddDays(100));
        var (user, revoked) = (await _a.Enrol("CN=A1,O=Domain A,C=GB"), await _a.Enrol("CN=A2,O=Domain A,C=GB"));
        await _a.Cma.Administration.RevokeAsync(revoked.Name, RevokeUserReason.KeyCompromise);
        var (agent, officer) = (await Party("CN=Secretary,C=GB"), await Party("CN=Officer,C=GB"));
        await _a.Cma.Administration.SetDelegateAsync(user.Name, agent.Name, isAllowed: true);
        await _a.Cma.Peers.PutAsync(officer.Name, PartyKinds.RecoveryRequester, encryption: officer.Certificate);
        _senders = new Dictionary<string, TestUser>(StringComparer.Ordinal)
        {
            ["nobody"] = await Party("CN=Nobody,C=GB"),
            ["user"] = user.User,
            ["revoked"] = revoked.User,
            ["delegate"] = agent,
            ["cma"] = _b.Party,
            ["tlcma"] = await Party(_top.Name.ToString()),
            ["officer"] = officer,
        };
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("ckiTrr", "- - - - - - -")]
    [InlineData("ckiTrp", ". . . . . + .")]
    [InlineData("ckiTann", ". . . . . + .")]
    [InlineData("ckiPrr", ". . . . + . .")]
    [InlineData("ckiPrp", ". . . . + . .")]
    [InlineData("ckiESrr", ". + . + . . .")]
    [InlineData("ckiESrp", "- - - - - - -")]
    [InlineData("ckiESann", "- - - - - - -")]
    [InlineData("ckiSCrr", ". + . . . . .")]
    [InlineData("ckiSCrp", "- - - - - - -")]
    [InlineData("ckiSCann", "- - - - - - -")]
    [InlineData("ckiRCrr", ". + . . . . .")]
    [InlineData("ckiRCrp", "- - - - - - -")]
    [InlineData("ckiRCann", "- - - - - - -")]
    [InlineData("crlann", ". . . . + + .")]
    [InlineData("ckiRULann", ". . . . + + .")]
    [InlineData("krr", ". . . . . . +")]
    [InlineData("krp", "- - - - - - -")]
    [InlineData("ckiBindrr", "- - - - - - -")]
    [InlineData("ckiBindrp", "- - - - - - -")]
    public Task TheCma_Serves(string body, string row) => Check(body, row, _a.Cma, _a.Name);

    [Theory]
    [InlineData("ckiTrr", ". . . . + . .")]
    [InlineData("ckiRULann", ". . . . + . .")]
    [InlineData("crlann", ". . . . + . .")]
    [InlineData("ckiTrp", "- - - - - - -")]
    [InlineData("ckiTann", "- - - - - - -")]
    [InlineData("ckiPrr", "- - - - - - -")]
    [InlineData("ckiPrp", "- - - - - - -")]
    [InlineData("ckiESrr", "- - - - - - -")]
    [InlineData("ckiESrp", "- - - - - - -")]
    [InlineData("ckiESann", "- - - - - - -")]
    [InlineData("ckiSCrr", "- - - - - - -")]
    [InlineData("ckiSCrp", "- - - - - - -")]
    [InlineData("ckiSCann", "- - - - - - -")]
    [InlineData("ckiRCrr", "- - - - - - -")]
    [InlineData("ckiRCrp", "- - - - - - -")]
    [InlineData("ckiRCann", "- - - - - - -")]
    [InlineData("krr", "- - - - - - -")]
    [InlineData("krp", "- - - - - - -")]
    [InlineData("ckiBindrr", "- - - - - - -")]
    [InlineData("ckiBindrp", "- - - - - - -")]
    public Task TheTlcma_Serves(string body, string row) => Check(body, row, _top.Tlcma, _top.Name);

    [Fact]
    public async Task RecoveryOff_ServesNobody()
    {
        _a.Restart(options => options with { Recovery = null });
        await Check("krr", "- - - - - - -", _a.Cma, _a.Name);
    }

    private async Task Check(string body, string row, IMessageHandler party, DistinguishedName name)
    {
        foreach (var (sender, expected) in _senders.Zip(row.Split(' ')))
        {
            var verdict = await SenderVerdict.Of(body, sender.Value, party, name, _b.Options.Certificate);
            Assert.True(expected == verdict, $"{body} from {sender.Key}: {verdict} instead of {expected}");
        }
    }

    private static Task<TestUser> Party(string name) => TestUser.Create(DistinguishedName.Parse(name), end: Now.AddYears(5));
}
