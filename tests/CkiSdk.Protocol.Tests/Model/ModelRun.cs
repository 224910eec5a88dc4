using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using CkiSdk.Storage;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Runs a script on two CMAs, a TLCMA and four users, and checks after each step what must always hold.</summary>
internal sealed class ModelRun : IDisposable
{
    private readonly List<(ModelUser User, AgentRequest Request, byte[]? Body)> _late = [];
    private readonly Dictionary<(Peer, Peer), ReadOnlyMemory<byte>> _unacknowledged = [];
    private readonly Dictionary<TestCma, InMemoryCmaStore> _backups = [];
    private readonly Invariants _invariants;

    private ModelRun(TestWorld world, TestTlcma top, TestCma[] cmas, ModelUser[] users)
    {
        (World, Top, Cmas, Users) = (world, top, cmas, users);
        _invariants = new Invariants(this);
    }

    public TestWorld World { get; }

    public TestTlcma Top { get; }

    public TestCma[] Cmas { get; }

    public ModelUser[] Users { get; }

    public static async Task<ModelRun> Create()
    {
        var world = await TestWorld.Create();
        var top = world.AddTlcma();
        TestCma[] cmas = [await world.Add("A"), await world.Add("B")];
        await top.Register(cmas);
        foreach (var (one, other) in new[] { (cmas[0], cmas[1]), (cmas[1], cmas[0]) })
        {
            await one.Cma.Peers.PutAsync(other.Name, PartyKinds.Cma, Pki.Certificates.DomainRule.Of(other.Options.Certificate), other.Party.Certificate);
            await one.Cma.Administration.CreateDomainKeyAsync(world.Now.AddDays(-1), world.Now.AddDays(700));
        }

        var users = new List<ModelUser>();
        foreach (var cma in cmas)
        {
            var letter = cma == cmas[0] ? "A" : "B";
            foreach (var number in new[] { 1, 2 }) users.Add(new ModelUser(await cma.Enrol($"CN={letter}{number},O=Domain {letter},C=GB")));
        }

        var run = new ModelRun(world, top, cmas, [.. users]);
        foreach (var cma in cmas) await cma.Cma.MaintainAsync();
        return run;
    }

    public async Task Run(IEnumerable<Step> script)
    {
        foreach (var step in script)
        {
            await Do(step);
            await _invariants.Check();
        }

        await Heal();
        await _invariants.Check();
        await _invariants.CheckStores();
    }

    public void Dispose()
    {
        foreach (var user in Users) user.Dispose();
        World.Dispose();
    }

    private async Task Do(Step step)
    {
        var (user, other, cma) = (Users[step.Who], Users[step.Whom], Cmas[step.Who % 2]);
        switch (step.Action)
        {
            case Action.AskSend: await Ask(user, user.Test.Agent.RequestSendCertificate(World.Now.AddSeconds(1), World.Now.AddDays(60)), step.Fate); break;
            case Action.AskReceive: await Ask(user, user.Test.Agent.RequestReceiveCertificates([other.Test.Name], World.Now.AddSeconds(1), World.Now.AddDays(60)), step.Fate); break;
            case Action.Seal: await new ModelMail(this).Send(user, other); break;
            case Action.Revoke:
                _invariants.Revoked(user.Test);
                await user.Test.Cma.Cma.Administration.RevokeAsync(user.Test.Name, (RevokeUserReason)(step.Whom % 4));
                break;
            case Action.Restore:
                _invariants.Restored(user.Test);
                await user.Test.Cma.Cma.Administration.RestoreAsync(user.Test.Name);
                break;
            case Action.Carry: await Carry(step); break;
            case Action.Fetch: await Fetch(user, step.Fate); break;
            case Action.Restart when step.Whom == 0: Top.Restart(); break;
            case Action.Restart: cma.Restart(); break;
            case Action.AskDomains: await AskDomains(cma, Cmas[1 - (step.Who % 2)], step.Fate); break;
            case Action.AskPeer: await AskPeer(cma, Cmas[1 - (step.Who % 2)], step.Fate); break;
            case Action.BackUp: _backups[cma] = ((InMemoryCmaStore)cma.Store).Copy(); break;
            case Action.SetBack when _backups.TryGetValue(cma, out var backup): await SetBack(cma, backup); break;
            case Action.ArriveLate when _late.Count > 0: await Late(step.Whom % _late.Count, step.Fate); break;
            case Action.Wait:
                World.Time.Advance(TimeSpan.FromDays(1 + (5 * step.Whom)));
                foreach (var each in Cmas) await each.Cma.MaintainAsync();
                await Top.Tlcma.MaintainAsync();
                break;
        }
    }

    private async Task SetBack(TestCma cma, InMemoryCmaStore backup)
    {
        var lost = ((InMemoryCmaStore)cma.Store).Copy();
        World.Time.Advance(TimeSpan.FromMinutes(1));
        _invariants.SetBack(cma);
        cma.Restart(backup.Copy());
        await cma.Store.ResumeAsync(cma.Name, World.Now, "in a model");
        cma.Restart();
        foreach (var name in Users.Where(user => user.Test.Cma == cma).Select(user => user.Test.Name))
        {
            if (await lost.FindRevokedUserAsync(name.Canonical) is not null) await cma.Cma.Administration.RevokeAsync(name, RevokeUserReason.Unspecified);
            else await cma.Cma.Administration.RestoreAsync(name);
        }

        // What it has answered since it does not know any more.
        for (var i = 0; i < _late.Count; i++)
        {
            if (_late[i].User.Test.Cma == cma) _late[i] = _late[i] with { Body = null };
        }
    }

    private async Task Ask(ModelUser user, AgentRequest request, Fate fate)
    {
        if (fate == Fate.IsLost)
        {
            _late.Add((user, request, null));
            return;
        }

        var body = await Handle(user, request, complete: fate != Fate.LosesItsAnswer);
        if (fate == Fate.LosesItsAnswer) _late.Add((user, request, body));
        if (fate == Fate.ComesTwice) Same(body, await Handle(user, request, complete: false));
    }

    private async Task Late(int index, Fate fate)
    {
        var (user, request, body) = _late[index];
        if (fate != Fate.ComesTwice) _late.RemoveAt(index);
        if (World.Now - Sent(request) > TimeSpan.FromDays(14)) return;
        var answer = await Handle(user, request, complete: body is null || fate == Fate.Arrives);
        if (body is not null) Same(body, answer);
    }

    private static DateTimeOffset Sent(AgentRequest request) => PKIMessage.Decode(request.Octets).Header.MessageTime!.Value.ToDateTimeOffset();

    // A refusal because of who asks is not stored, so it may turn into an answer when he is restored, and an answer into a refusal.
    private static void Same(byte[] one, byte[] other)
    {
        if (!Invariants.IsUnauthorised(one) && !Invariants.IsUnauthorised(other)) Assert.Equal(one, other);
    }

    private async Task<byte[]> Handle(ModelUser user, AgentRequest request, bool complete)
    {
        var answer = Assert.IsType<HandlingResult.Answer>(await user.Test.Cma.Handle(request.Octets, user.Test.User)).Message;
        var body = PKIMessage.Decode(answer).Body;
        await _invariants.Answered(user.Test, body);
        if (complete) await user.Take(request, user.Test.Cma.Deliver(answer));
        return body.Encode();
    }

    private async Task Carry(Step step)
    {
        (IMessageHandler Handler, Peer Peer)[] parties = [(Top.Tlcma, Top.Peer), .. Cmas.Select(cma => ((IMessageHandler)cma.Cma, cma.Party.Peer))];
        var (from, to) = (parties[step.Who % 3], parties[step.Whom % 3]);
        if (from.Peer == to.Peer) return;
        ReadOnlyMemory<byte>? last = _unacknowledged.Remove((from.Peer, to.Peer), out var taken) ? taken : null;
        if (await from.Handler.NextAnnouncementAsync(to.Peer, SecurityServices.All, last) is not { } next || step.Fate == Fate.IsLost) return;
        for (var count = step.Fate == Fate.ComesTwice ? 2 : 1; count > 0; count--)
        {
            var result = await to.Handler.HandleAsync(new DeliveredMessage(next, SecurityServices.All, from.Peer));

            // What another CMA tells waits until it is known, which the TLCMA tells.
            if (result is HandlingResult.Refused { Text: var text }
                && (text.Contains("is no authority that is known here", StringComparison.Ordinal) || text.Contains("Establish an interoperability key first", StringComparison.Ordinal))) return;
            Assert.True(result is HandlingResult.Accepted, (result as HandlingResult.Refused)?.Text);
        }

        if (step.Fate != Fate.LosesItsAnswer) _unacknowledged[(from.Peer, to.Peer)] = next;
    }

    private static async Task Fetch(ModelUser user, Fate fate)
    {
        var (cma, peer) = (user.Test.Cma, user.Test.User.Peer);
        if (await cma.Cma.NextAnnouncementAsync(peer, SecurityServices.All, null) is not { } next || fate == Fate.IsLost) return;
        for (var count = fate == Fate.ComesTwice ? 2 : 1; count > 0; count--) await user.Accept(cma.Deliver(next));
        if (fate != Fate.LosesItsAnswer) await cma.Cma.NextAnnouncementAsync(peer, SecurityServices.All, next);
    }

    private async Task AskDomains(TestCma cma, TestCma other, Fate fate)
    {
        var request = await NewOrOutstanding(cma, Top.Name, () => cma.Cma.Requests.RequestDomainsAsync(false, null, [new RequestedDomain(other.Name)]));
        if (fate == Fate.IsLost) return;
        PKIBody? first = null;
        for (var count = fate == Fate.ComesTwice ? 2 : 1; count > 0; count--)
        {
            var answer = await Top.Answer(cma, request);
            Assert.Equal((first ??= answer.Body).Encode(), answer.Body.Encode());
            if (fate != Fate.LosesItsAnswer) await cma.Cma.Requests.CompleteAsync(Top.Deliver(answer.Encode()));
        }
    }

    private static async Task AskPeer(TestCma cma, TestCma other, Fate fate)
    {
        var request = await NewOrOutstanding(cma, other.Name, () => cma.Cma.Requests.RequestPeerKeyAsync(other.Name));
        if (fate == Fate.IsLost) return;
        PKIBody? first = null;
        for (var count = fate == Fate.ComesTwice ? 2 : 1; count > 0; count--)
        {
            var answer = Assert.IsType<HandlingResult.Answer>(await other.Handle(request.Octets, cma.Party));
            var body = PKIMessage.Decode(answer.Message).Body;
            Assert.Equal((first ??= body).Encode(), body.Encode());
            if (fate != Fate.LosesItsAnswer) await cma.Cma.Requests.CompleteAsync(other.Deliver(answer.Message));
        }
    }

    // A request without an answer is sent again.
    private static async Task<OutgoingRequest> NewOrOutstanding(TestCma cma, Pki.Names.DistinguishedName to, Func<ValueTask<OutgoingRequest>> begin) =>
        (await cma.Cma.Requests.ListAsync()).FirstOrDefault(request => request.Recipient.Equals(to)) ?? await begin();

    private static async Task<StoredInteroperabilityKey?> LastSharedAsync(TestCma cma, TestCma other) =>
        (await cma.Store.ListInteroperabilityKeysAsync()).LastOrDefault(key => key.ExternalCma == other.Name.Canonical && key.Source is null);

    // At the end nothing is lost any more: everything that waits arrives, and whoever is not revoked can write to everybody who is not.
    private async Task Heal()
    {
        World.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var (cma, other) in new[] { (Cmas[0], Cmas[1]), (Cmas[1], Cmas[0]) }) await AskDomains(cma, other, Fate.Arrives);
        foreach (var (cma, other) in new[] { (Cmas[0], Cmas[1]), (Cmas[1], Cmas[0]) })
        {
            // Where the answer had a reference that stands for a key which the other side has forgotten, that is retired, and another one asked for.
            for (var count = 0; count == 0 || (await LastSharedAsync(cma, other) is not { IsRetired: false } && count < 4); count++) await AskPeer(cma, other, Fate.Arrives);
        }

        await _invariants.CheckShared();
        await World.Deliver();
        World.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var cma in Cmas) await cma.Cma.MaintainAsync();
        await World.Deliver();
        await _invariants.CheckRevoked();
        foreach (var user in Users) await user.FetchAll();
        var able = new List<ModelUser>();
        foreach (var user in Users)
        {
            if (await user.Test.Cma.Store.FindRevokedUserAsync(user.Test.Name.Canonical) is null) able.Add(user);
        }

        foreach (var sender in able)
        {
            await Ask(sender, sender.Test.Agent.RequestSendCertificate(World.Now, World.Now.AddDays(30)), Fate.Arrives);
            Assert.NotNull(sender.Send);
            foreach (var recipient in able)
            {
                await Ask(sender, sender.Test.Agent.RequestReceiveCertificates([recipient.Test.Name], World.Now, World.Now.AddDays(30)), Fate.Arrives);
                World.Time.Advance(TimeSpan.FromSeconds(1));
                Assert.True(await new ModelMail(this).Send(sender, recipient), $"{sender.Test.Name} cannot write to {recipient.Test.Name}");
            }
        }
    }
}
