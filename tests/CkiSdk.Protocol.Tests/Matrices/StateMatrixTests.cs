using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Asks a CMA in every state for everything that a user may ask for.</summary>
/// <remarks>
/// The columns are ckiSCrr, ckiRCrr for oneself, ckiRCrr for a user of the other domain, and ckiESrr with a receive certificate of the other domain. In the table g is granted,
/// m grantedWithMods, u unauthorisedAccess, k interoperabilityKeyUnavailable, d unrecognisedDomain, r userInRevokedUserList.
/// </remarks>
public sealed class StateMatrixTests
{
    private static readonly DateTimeOffset Now = TestDomain.Now;

    [Theory]
    [InlineData("all is well", "g g g g")]
    [InlineData("after a restart", "g g g g")]
    [InlineData("the asker is not enrolled", "u u u u")]
    [InlineData("the asker is revoked", "u u u u")]
    [InlineData("the asker is restored", "g g g g")]
    [InlineData("the recipient is revoked by his CMA", "g g r g")]
    [InlineData("the recipient is restored by his CMA", "g g g g")]
    [InlineData("the key with the other domain has ended", "g g k g")]
    [InlineData("there is no local key", "k k g g")]
    [InlineData("the local key has ended", "k k g g")]
    public async Task Cma_Answers(string state, string row)
    {
        using var world = await TestWorld.Create();
        var (a, b) = (await world.Add("A", withKey: state != "there is no local key"), await world.Add("B"));
        var lasts = state.StartsWith("the local key", StringComparison.Ordinal) ? 600 : 100;
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(lasts));
        var b1 = await b.Enrol("CN=B1,O=Domain B,C=GB");
        var a1 = await Asker(world, a, state);
        var received = await b1.Receive(a1, Now);
        await Enter(state, world, a, b, a1, b1);
        var start = world.Now.AddSeconds(1);
        AgentRequest[] requests =
        [
            a1.Agent.RequestSendCertificate(start), a1.Agent.RequestReceiveCertificates([a1.Name], start), a1.Agent.RequestReceiveCertificates([b1.Name], start),
            a1.Agent.RequestExternalSeedKey(received),
        ];
        var found = new List<string>();
        foreach (var request in requests) found.Add(Letter((await a.Ask(request.Octets, a1.User)).Body));
        Assert.Equal(row, string.Join(' ', found));
    }

    // Without a local key nobody can be enrolled; he was before.
    private static async Task<TestAgent> Asker(TestWorld world, TestCma a, string state)
    {
        if (state is not ("the asker is not enrolled" or "there is no local key")) return await a.Enrol("CN=A1,O=Domain A,C=GB");
        var user = await TestUser.Create(DistinguishedName.Parse("CN=A1,O=Domain A,C=GB"), end: Now.AddYears(5));
        if (state == "there is no local key")
            await a.Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutUser(new EnrolledUser(user.Name.Canonical, user.Name.Encoded) { EncryptionCertificate = user.Certificate.Encoded })));
        var options = new UserAgentOptions { User = user.Name, CmaCertificate = a.Options.Certificate, Encryption = user.Encryption };
        return new TestAgent(a, user, new UserAgent(options, TestWorld.Provider, world.Time));
    }

    private static async Task Enter(string state, TestWorld world, TestCma a, TestCma b, TestAgent a1, TestAgent b1)
    {
        switch (state)
        {
            case "after a restart": a.Restart(); break;
            case "the asker is revoked": await a.Cma.Administration.RevokeAsync(a1.Name, RevokeUserReason.KeyCompromise); break;
            case "the asker is restored":
                await a.Cma.Administration.RevokeAsync(a1.Name, RevokeUserReason.KeyCompromise);
                await a.Cma.Administration.RestoreAsync(a1.Name);
                break;
            case "the recipient is revoked by his CMA": await b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise); break;
            case "the recipient is restored by his CMA":
                await b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
                await b.Cma.Administration.RestoreAsync(b1.Name);
                break;
            case "the key with the other domain has ended": world.Time.SetUtcNow(Now.AddDays(101)); break;
            case "the local key has ended": world.Time.SetUtcNow(TestDomain.KeyEnd.AddDays(1)); break;
        }

        await world.Deliver();
    }

    private static string Letter(PKIBody body)
    {
        var status = body switch
        {
            PKIBody.CkiSCrp { Value.Status: var sent } => sent,
            PKIBody.CkiRCrp { Value.Status: var received } => received,
            PKIBody.CkiESrp { Value.Status: var seed } => seed,
            _ => throw new ArgumentOutOfRangeException(nameof(body)),
        };
        return status.FailInfo is not { } failure ? status.Status == PKIStatus.Granted ? "g" : "m"
            : failure == PKIFailureInfo.UnauthorisedAccess ? "u"
            : failure == PKIFailureInfo.InteroperabilityKeyUnavailable ? "k"
            : failure == PKIFailureInfo.UnrecognisedDomain ? "d"
            : failure == PKIFailureInfo.UserInRevokedUserList ? "r" : $"{failure}";
    }
}
