using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using RevokedCertificate = CkiSdk.Pki.Crls.RevokedCertificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that no list makes an answer or an announcement that no frame carries (profile section 7): it is divided, or refused with the reason, and what is not sent is told.</summary>
public sealed class LargeListTests : TwoDomains
{
    private const int Frame = 1024 * 1024;

    [Fact]
    public async Task KeysOfManyDomains_AreGrantedInParts_AndTheRestWhenAskedAgain()
    {
        var top = World.AddTlcma();
        var domains = new List<TestCma>();
        foreach (var letter in new[] { "C", "D", "E" })
        {
            var cma = await World.Add(letter, withKey: false);
            domains.Add(cma);
            await top.Register(cma);
            await SetList(top.Store, cma, users: 4000);
        }

        await top.Register(A);
        var asked = domains.Select(cma => new RequestedDomain(cma.Name)).ToArray();
        var first = await Serve(top, asked);
        Assert.Equal(PKIStatus.GrantedWithMods, first.Status);
        Assert.Contains("has no room left for", first.Text, StringComparison.Ordinal);
        var missing = await Missing(domains);
        Assert.InRange(missing.Length, 1, 2);
        Assert.Equal(3 - missing.Length, (await top.Store.ListPairKeysAsync(A.Name.Canonical)).Count); // none was made that nobody is told of
        await Serve(top, [.. missing.Select(cma => new RequestedDomain(cma.Name))]);
        if ((await Missing(domains)) is { Length: > 0 } still) await Serve(top, [.. still.Select(cma => new RequestedDomain(cma.Name))]);
        Assert.Empty(await Missing(domains));
        Assert.Equal(12_000, domains.Sum(cma => A.Store.ListRevokedUsersAsync(cma.Name.Canonical).AsTask().GetAwaiter().GetResult().Count));
    }

    [Fact]
    public async Task AnAnswerThatIsTooLarge_IsARefusal_AndNothingOfItStays()
    {
        var top = World.AddTlcma();
        await top.Register(A, B);
        await SetList(top.Store, A, users: 12_000, RevokedList.Own);
        var outcome = await Serve(top, [], withLocalKey: true);
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (outcome.Status, outcome.Failure));
        Assert.Contains("the answer would have more than", outcome.Text, StringComparison.Ordinal);
        Assert.Empty(await top.Store.ListPairKeysAsync(A.Name.Canonical));
        Assert.Empty(await A.Cma.Requests.ListAsync());
    }

    [Fact]
    public async Task ARevocation_ThatMakesTheListTooLong_HoldsHere_AndTheOperatorIsTold()
    {
        await SetList(A.Store, A, users: 12_000, RevokedList.Own, RevokedList.Own);
        var send = Assert.IsType<SendCertificateResult.Granted>(await A1.AskSend(Now));
        send.PrivateKey.Dispose();
        World.Time.Advance(TimeSpan.FromSeconds(1));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () => await A.Cma.Administration.RevokeAsync(A1.Name, RevokeUserReason.KeyCompromise));
        Assert.Contains("other domains are not told", thrown.Message, StringComparison.Ordinal);
        Assert.NotNull(RevocationList.Decode(Assert.Single(await A.Store.ListCrlsAsync()).Encoded).Find(send.Certificate.SerialNumber));
        Assert.All(await A.Store.ListAnnouncementsAsync(B.Name.Canonical), announcement => Assert.InRange(announcement.Message.Length, 1, Frame));
        Assert.Contains((await A.Store.ReadAuditAsync()).Links, link => link.Entry.Event == "announcement.too.large" && link.Entry.Party == B.Name.Canonical);
        await World.Deliver();
    }

    [Fact]
    public async Task CertificatesOfMoreUsers_ThanOneMessageHolds_AreRefused_WithTheNumberThatIt_Holds()
    {
        var users = Enumerable.Range(0, 1000).Select(number => DistinguishedName.Parse($"CN=B{number},O=Domain B,C=GB")).ToArray();
        var refused = Assert.IsType<ReceiveCertificatesResult.Rejected>(await A1.AskReceive(Now, null, users));
        Assert.Equal(PKIFailureInfo.InvalidRequestParameters, refused.Failure);
        var most = int.Parse(refused.Text.Split("Name ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(await A.Store.FindNamesAsync([users[0].Canonical]));
        var request = A1.Agent.RequestReceiveCertificates(users[..most], Now);
        var answer = await A.Ask(request.Octets, A1.User);
        Assert.InRange(answer.Encode().Length, Frame / 2, Frame);
        Assert.Equal(most, Assert.IsType<ReceiveCertificatesResult.Granted>(request.Complete(A.Deliver(answer.Encode()))).Certificates.Count);
    }

    [Fact]
    public async Task AnOwnCrl_ThatIsTooLarge_IsNotSilentlyLeftOut()
    {
        Assert.Empty(await A.Cma.Administration.ListLargeCrlsAsync());
        var template = new RevocationListTemplate
        {
            IssuedAt = Now.AddDays(-40),
            NextIssueAt = Now.AddDays(-10),
            Number = 1,
            Entries = [.. Enumerable.Range(0, 30_000).Select(index => new RevokedCertificate { SerialNumber = Integer.FromUnsigned([1, .. new byte[13], (byte)(index >> 8), (byte)index]), RevocationDate = Now })],
        };
        var list = await RevocationListSigner.SignAsync(template, A.Options.Certificate, A.Options.SigningKey, A.Options.SignatureAlgorithm);
        await A.Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutCrl(Issuing(list))));
        Assert.Equal(list.Encoded.ToArray(), Assert.Single(await A.Cma.Administration.ListLargeCrlsAsync()).Encoded.ToArray());

        static StoredCrl Issuing(RevocationList list) => new($"{list.Issuer.Canonical} {list.AuthorityKeyIdentifier?.ToHex()}", 1, list.NextIssueAt!.Value, list.Encoded);
    }

    private async Task<RequestOutcome> Serve(TestTlcma top, RequestedDomain[] domains, bool withLocalKey = false)
    {
        var answer = await top.Answer(A, await A.Cma.Requests.RequestDomainsAsync(withLocalKey, null, domains));
        Assert.InRange(answer.Encode().Length, 1, Frame);
        return await A.Cma.Requests.CompleteAsync(top.Deliver(answer.Encode()));
    }

    private async Task<TestCma[]> Missing(IEnumerable<TestCma> domains)
    {
        var known = (await A.Store.ListInteroperabilityKeysAsync()).Select(key => key.ExternalCma).ToHashSet();
        return [.. domains.Where(cma => !known.Contains(cma.Name.Canonical))];
    }

    private static async Task SetList(ICmaStore store, TestCma cma, int users, string? source = null, string? domain = null) => await store.CommitAsync(UnitOfWork.Of(new StoreChange.ReplaceRevokedList(new RevokedList(
        source ?? cma.Name.Canonical,
        domain ?? cma.Name.Canonical,
        Now,
        [.. Enumerable.Range(0, users).Select(number => User(number, cma)).Select(name => new RevokedUser(name.Canonical, name.Encoded, 0))]))));

    private static DistinguishedName User(int number, TestCma cma) => DistinguishedName.Parse($"CN=Somebody with a name that is as long as some names are {number},{cma.Name.ToString().Split(',', 2)[1]}");
}
