using CkiSdk.Protocol.Storage;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Tests.Storage;

/// <summary>Holds what every store promises about the records of the exchanges between domains.</summary>
public abstract class StoreExchangeContract : StoreTransactionContract
{
    private static readonly byte[] Octets = [1, 2, 3];

    [Fact]
    public async Task CommitAsync_WritesAll_OrNothing()
    {
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 1)));
        var other = Key("0A", "o=c", 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(
            new StoreChange.PutUser(new EnrolledUser("cn=a1", Octets)), new StoreChange.Enqueue("cn=a1", Octets), new StoreChange.PutKey(other)).AsTask());
        Assert.Null(await Store.FindUserAsync("cn=a1", Cancellation));
        Assert.Null(await Store.PeekAnnouncementAsync("cn=a1", Cancellation));
        Same(Key("0A", "o=b", 1), Assert.Single(await Store.ListInteroperabilityKeysAsync(Cancellation)));
    }

    [Fact]
    public async Task PutKey_Changes_EverythingButTheKey()
    {
        var key = Key("0A", "o=b", 1);
        await Store.WriteAsync(new StoreChange.PutKey(key));
        var changed = key with { NotAfter = Now.AddDays(9), YourReference = "0B", Source = "cn=top", BaseAndModulus = Octets, DomainCertificate = Octets, AskedAt = Now };
        await Store.WriteAsync(new StoreChange.PutKey(changed));
        var stored = Assert.Single(await Store.ListInteroperabilityKeysAsync(Cancellation));
        Same(changed, stored);
        Assert.Equal(("0B", "cn=top"), (stored.YourReference, stored.Source));
        Assert.Equal(Octets, stored.BaseAndModulus.ToArray());
        Assert.Equal((Now, Octets.Length), (stored.AskedAt, stored.DomainCertificate.Length));
    }

    [Fact]
    public async Task RaiseGeneration_NeverLowers()
    {
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 1)));
        foreach (var (atLeast, expected) in new[] { (3, 3), (2, 3), (4, 4) })
        {
            await Store.WriteAsync(new StoreChange.RaiseGeneration("0A", "cn=b1", atLeast));
            Assert.Equal(expected, await Store.GenerationAsync("0A", "cn=b1", Cancellation));
        }

        Assert.Equal(0, await Store.GenerationAsync("0A", "cn=b2", Cancellation));
    }

    [Fact]
    public async Task ReplaceRevokedList_Takes_OnlyNewerLists()
    {
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=b1", Octets)));
        await Store.WriteAsync(new StoreChange.ReplaceRevokedList(List("cn=b", Now, "cn=b1", "cn=b2")));
        await Store.WriteAsync(new StoreChange.ReplaceRevokedList(List("cn=top", Now.AddHours(-1), "cn=b2")));
        Assert.True((await Store.FindUserAsync("cn=b1", Cancellation))!.IsRevoked);
        Assert.Equal(["cn=b1", "cn=b2"], (await Store.ListRevokedUsersAsync("cn=b", Cancellation)).Select(user => user.CanonicalName));
        await Assert.ThrowsAsync<StaleStateException>(() => Store.WriteAsync(new StoreChange.ReplaceRevokedList(List("cn=b", Now))).AsTask());

        await Store.WriteAsync(new StoreChange.ReplaceRevokedList(List("cn=b", Now.AddTicks(1))));
        Assert.Null(await Store.FindRevokedUserAsync("cn=b1", Cancellation));
        Assert.False((await Store.FindUserAsync("cn=b1", Cancellation))!.IsRevoked);
        Assert.Equal(1, (await Store.FindRevokedUserAsync("cn=b2", Cancellation))!.Reason);
        Assert.Equal(Now.AddTicks(1), (await Store.FindRevokedListAsync("cn=b", "cn=b", Cancellation))!.Time);
        Assert.Equal("cn=b2", Assert.Single((await Store.FindRevokedListAsync("cn=top", "cn=b", Cancellation))!.Users).CanonicalName);
        Assert.Null(await Store.FindRevokedListAsync("cn=c", "cn=b", Cancellation));
    }

    [Fact]
    public async Task AddCertificate_IsStale_WhenTheUserIsRevokedOrHisGenerationRises()
    {
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 1)));
        var first = await Reserved(1, generation: 0);
        await Store.WriteAsync(new StoreChange.RaiseGeneration("0A", "cn=a1,o=a", 1));
        await Assert.ThrowsAsync<StaleStateException>(() => Store.WriteAsync(first).AsTask());

        var second = await Reserved(2, generation: 1);
        await Store.WriteAsync(new StoreChange.ReplaceRevokedList(List("cn=b", Now, "cn=a1,o=a")));
        await Assert.ThrowsAsync<StaleStateException>(() => Store.WriteAsync(second).AsTask());
        await Store.WriteAsync(new StoreChange.ReplaceRevokedList(List("cn=b", Now.AddHours(1))));
        await Store.WriteAsync(second);
        var stored = await Store.FindCertificateAsync(Serial(2), Cancellation);
        Assert.Equal(("0A", 1L), (stored!.KeyReference, stored.Generation));
        Assert.Null(await Store.FindCertificateAsync(Serial(1), Cancellation));
    }

    [Fact]
    public async Task RevokeCertificates_Revokes_WhatHasNotExpired_Once()
    {
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 1)));
        foreach (var number in new[] { 1, 2, 3 })
        {
            var add = await Reserved(number, generation: 0);
            await Store.WriteAsync(add with { Certificate = add.Certificate with { NotAfter = Now.AddDays(10 * number), Usage = number == 3 ? "receive" : "send" } });
        }

        Assert.Equal([2, 1], (await Store.ListCertificatesAsync("cn=a1,o=a", "send", Now, Cancellation)).Select(found => found.Serial.Span[^1]));
        Assert.Equal([1, 2], (await Store.ListEndingAsync(Now, Now.AddDays(20), Cancellation)).Select(found => found.Serial.Span[^1]));
        await Store.WriteAsync(new StoreChange.RevokeCertificates("cn=a1,o=a", 1, Now.AddDays(11)));
        await Store.WriteAsync(new StoreChange.RevokeCertificates("cn=a1,o=a", 2, Now.AddDays(12)));
        var revoked = await Store.ListRevokedCertificatesAsync(Now, Now, Cancellation);
        Assert.Equal([(2, 1, Now.AddDays(11), Now.AddDays(20)), (3, 1, Now.AddDays(11), Now.AddDays(30))], revoked.Select(found => ((int)found.Serial.Span[^1], found.Reason, found.RevokedAt, found.NotAfter)));
        Assert.Equal([3], (await Store.ListRevokedCertificatesAsync(Now.AddDays(21), Now.AddDays(21), Cancellation)).Select(found => found.Serial.Span[^1]));
        Assert.Equal([2], (await Store.ListRevokedCertificatesAsync(Now.AddDays(31), Now.AddDays(15), Cancellation)).Select(found => found.Serial.Span[^1])); // a send certificate stays longer
        Assert.Equal([1], (await Store.ListCertificatesAsync("cn=a1,o=a", "send", Now, Cancellation)).Select(found => found.Serial.Span[^1]));
        Assert.Empty(await Store.ListCertificatesAsync("cn=a1,o=a", "receive", Now, Cancellation));
        Assert.Equal([2, 1], (await Store.ListAllCertificatesAsync("cn=a1,o=a", "send", Cancellation)).Select(found => found.Serial.Span[^1]));
        Assert.Equal([1], (await Store.ListEndingAsync(Now, Now.AddDays(40), Cancellation)).Select(found => found.Serial.Span[^1]));
    }

    [Fact]
    public async Task PutCrl_Takes_OnlyHigherNumbers()
    {
        await Store.WriteAsync(new StoreChange.PutCrl(new StoredCrl("cn=b 01", 5, Now, Octets)));
        await Assert.ThrowsAsync<StaleStateException>(() => Store.WriteAsync(new StoreChange.PutCrl(new StoredCrl("cn=b 01", 5, Now, Octets))).AsTask());
        await Store.WriteAsync(new StoreChange.PutCrl(new StoredCrl("cn=b 01", 6, Now.AddDays(1), new byte[] { 9 })));
        var crl = Assert.Single(await Store.ListCrlsAsync(Cancellation));
        Assert.Equal((6L, Now.AddDays(1), "09"), (crl.Number, crl.NextUpdate, Hex(crl.Encoded)));
    }

    [Fact]
    public async Task Delegates_AndCorrespondences_AreKept_UntilWithdrawn()
    {
        await Store.WriteAsync(new StoreChange.SetDelegate("cn=a2", "cn=d", true), new StoreChange.SetDelegate("cn=a1", "cn=d", true), new StoreChange.SetDelegate("cn=a1", "cn=d", true));
        Assert.Equal(["cn=a1", "cn=a2"], await Store.ListPrincipalsAsync("cn=d", Cancellation));
        await Store.WriteAsync(new StoreChange.SetDelegate("cn=a1", "cn=d", false), new StoreChange.SetCorrespondence("cn=a1", "cn=b", true));
        Assert.Equal(["cn=a2"], await Store.ListPrincipalsAsync("cn=d", Cancellation));
        Assert.Equal(["cn=a1"], await Store.ListCorrespondentsAsync("cn=b", Cancellation));
        await Store.WriteAsync(new StoreChange.SetCorrespondence("cn=a1", "cn=b", false));
        Assert.Empty(await Store.ListCorrespondentsAsync("cn=b", Cancellation));
    }

    [Fact]
    public async Task FixName_Fixes_TheFirst()
    {
        Assert.Empty(await Store.FindNamesAsync(["cn=b1"], Cancellation));
        await Store.WriteAsync(new StoreChange.FixName("cn=b1", new byte[] { 1 }));
        await Store.WriteAsync(new StoreChange.FixName("cn=b1", new byte[] { 1 }));
        await Assert.ThrowsAsync<StaleStateException>(async () => await Store.WriteAsync(new StoreChange.FixName("cn=b1", new byte[] { 2 })));
        Assert.Equal("01", Hex((await Store.FindNamesAsync(["cn=b1"], Cancellation))["cn=b1"]));
    }

    [Fact]
    public async Task FindNamesAsync_Finds_ThoseThatWereFixed()
    {
        await Store.WriteAsync(new StoreChange.FixName("cn=b1", new byte[] { 1 }), new StoreChange.FixName("cn=b2", new byte[] { 2 }), new StoreChange.FixName("cn=b3", new byte[] { 3 }));
        await Names();
        await Names("cn=b4", "cn=b5");
        await Names("cn=B1", "cn=b", "", "%", "cn=b1 "); // as they are written
        await Names("cn=b2", "cn=b4");
        await Names("cn=b3", "cn=b2", "cn=b1");
        await Names("cn=b2", "cn=b4", "cn=b2", "cn=b4", "cn=b1", "cn=b2");

        async Task Names(params string[] names)
        {
            var found = await Store.FindNamesAsync(names, Cancellation);
            string[] expected = [.. names.Distinct().Where(name => name is "cn=b1" or "cn=b2" or "cn=b3").Order(StringComparer.Ordinal)];
            Assert.Equal(expected, found.Keys.Order(StringComparer.Ordinal));
            Assert.All(found, pair => Assert.Equal($"0{pair.Key[^1]}", Hex(pair.Value)));
        }
    }

    [Fact]
    public async Task FindNamesAsync_Finds_AThousandAtOnce_WhateverIsInThem()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(number => $"cn=b{number},o={{\"'\\,NULL\0\u0001\u00e9}}")];
        await Store.WriteAsync([.. names.Where((_, index) => index % 2 == 0).Select((name, index) => new StoreChange.FixName(name, new[] { (byte)(index >> 8), (byte)index }))]);
        var found = await Store.FindNamesAsync(names, Cancellation);
        Assert.Equal(500, found.Count);
        for (var index = 0; index < names.Length; index++)
            Assert.Equal(index % 2 == 0 ? $"{index / 2:X4}" : null, found.TryGetValue(names[index], out var name) ? Hex(name) : null);
    }

    [Fact]
    public async Task CountNamesAsync_Counts_WhomOneWasTheFirstToName()
    {
        foreach (var (name, by, at) in new[] { ("cn=b1", "cn=a1", Now.AddDays(-2)), ("cn=b2", "cn=a1", Now), ("cn=b3", "cn=a2", Now), ("cn=b2", "cn=a2", Now) })
            await Store.WriteAsync(new StoreChange.FixName(name, Octets) { NamedBy = by, NamedAt = at });
        await Store.WriteAsync(new StoreChange.FixName("cn=b4", Octets));
        Assert.Equal((2, 1), (await Store.CountNamesAsync("cn=a1", Now.AddDays(-2), Cancellation), await Store.CountNamesAsync("cn=a1", Now.AddDays(-1), Cancellation)));
        Assert.Equal((1, 0), (await Store.CountNamesAsync("cn=a2", Now.AddDays(-2), Cancellation), await Store.CountNamesAsync("cn=a3", Now.AddDays(-2), Cancellation)));
    }

    [Fact]
    public async Task Enqueue_TakesThePlace_OfWhatWaitsAboutTheSame()
    {
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a", new byte[] { 1 }) { Topic = "list" }, new StoreChange.Enqueue("cn=b", new byte[] { 2 }) { Topic = "list" });
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a", new byte[] { 3 }), new StoreChange.Enqueue("cn=a", new byte[] { 4 }) { Topic = "other" });
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a", new byte[] { 5 }) { Topic = "list" }, new StoreChange.Enqueue("cn=a", new byte[] { 6 }));
        Assert.Equal([3, 4, 5, 6], (await Store.ListAnnouncementsAsync("cn=a", Cancellation)).Select(announcement => announcement.Message.Span[0]));
        Assert.Equal([2], (await Store.ListAnnouncementsAsync("cn=b", Cancellation)).Select(announcement => announcement.Message.Span[0]));
    }

    [Fact]
    public async Task PairKeys_AreListed_ForBothSides_AndReferencesAreUsedOnce()
    {
        var wrapped = new byte[40];
        await Store.WriteAsync(new StoreChange.AddPairKey(new PairKey("0A", "cn=a", "0B", "cn=b", Now, Now.AddDays(1), wrapped)));
        await Store.WriteAsync(new StoreChange.AddPairKey(new PairKey("0C", "cn=a", null, null, Now.AddDays(-1), Now, wrapped)));
        Assert.Equal(["0C", "0A"], (await Store.ListPairKeysAsync("cn=a", Cancellation)).Select(key => key.FirstReference));
        Assert.Equal(("0B", 40), Assert.Single((await Store.ListPairKeysAsync("cn=b", Cancellation)).Select(key => (key.SecondReference, key.WrappedKey.Length))));
        foreach (var (one, other) in new[] { ("0A", "0D"), ("0D", "0A"), ("0B", "0D"), ("0D", "0C") })
        {
            var used = new PairKey(one, "cn=c", other, "cn=d", Now, Now.AddDays(1), wrapped);
            await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(new StoreChange.AddPairKey(used)).AsTask());
        }
    }

    [Fact]
    public async Task Peers_Authorities_AndDomainKeys_AreKept()
    {
        var peer = new StoredPeer("cn=b", Octets, PartyKinds.Cma) { Domain = new byte[] { 4 }, EncryptionCertificate = new byte[] { 5 }, Anchor = new byte[] { 6 }, ApproverSince = Now };
        await Store.WriteAsync(new StoreChange.PutPeer(peer with { Kinds = PartyKinds.Tlcma }), new StoreChange.PutPeer(peer));
        var found = await Store.FindPeerAsync("cn=b", Cancellation);
        Assert.Equal((PartyKinds.Cma, "010203", "04", "05", "06"), (found!.Kinds, Hex(found.Name), Hex(found.Domain), Hex(found.EncryptionCertificate), Hex(found.Anchor)));
        Assert.Equal((Now, null), (Assert.Single(await Store.ListPeersAsync(Cancellation)).ApproverSince, found.ApprovesFrom));
        Assert.Null(await Store.FindPeerAsync("cn=c", Cancellation));

        var authority = new StoredAuthority("cn=b", Octets, Now);
        await Store.WriteAsync(new StoreChange.AddAuthority(authority), new StoreChange.AddAuthority(authority), new StoreChange.AddAuthority(authority with { Encoded = new byte[] { 7 } }));
        Assert.Equal(["010203", "07"], (await Store.ListAuthoritiesAsync(Cancellation)).Select(known => Hex(known.Encoded)));
        await Store.WriteAsync(new StoreChange.RemoveAuthority(Octets), new StoreChange.RemoveAuthority(new byte[] { 9 }));
        Assert.Equal(["07"], (await Store.ListAuthoritiesAsync(Cancellation)).Select(known => Hex(known.Encoded)));
        Assert.Equal(["07"], (await Store.StateAsync(Cancellation)).ListAuthorities().Select(known => Hex(known.Encoded)));

        var key = new RevokedAuthorityKey(new byte[] { 1, 2 }, "cn=b", Now);
        Assert.Null(await Store.FindRevokedAuthorityKeyAsync(key.Sha256, Cancellation));
        await Store.WriteAsync(new StoreChange.AddRevokedAuthorityKey(key), new StoreChange.AddRevokedAuthorityKey(key with { Cma = "cn=c", RevokedAt = Now.AddDays(1) }));
        var revoked = await Store.FindRevokedAuthorityKeyAsync(key.Sha256, Cancellation);
        Assert.Equal(("0102", "cn=b", Now), (Hex(revoked!.Sha256), revoked.Cma, revoked.RevokedAt));
        Assert.Null(await Store.FindRevokedAuthorityKeyAsync(new byte[] { 1 }, Cancellation));

        await Store.WriteAsync(new StoreChange.AddDomainKey(new StoredDomainKey(Octets, new byte[] { 8 })), new StoreChange.AddDomainKey(new StoredDomainKey(Octets, new byte[] { 9 })));
        Assert.Equal("08", Hex(Assert.Single(await Store.ListDomainKeysAsync(Cancellation)).WrappedExponent));
    }

    [Fact]
    public async Task Cards_AreReplaced_AndKeepTheirRoute()
    {
        Assert.Empty(await Store.ListCardsAsync(Cancellation));
        await Store.WriteAsync(new StoreChange.PutCard(new StoredCard("cn=c", Octets)), new StoreChange.PutCard(new StoredCard("cn=b", Octets) { Route = "b.example:829" }));
        Assert.Equal([("cn=b", "010203", "b.example:829"), ("cn=c", "010203", null)], (await Store.ListCardsAsync(Cancellation)).Select(Told));
        await Store.WriteAsync(new StoreChange.PutCard(new StoredCard("cn=b", new byte[] { 4 })), new StoreChange.PutCard(new StoredCard("cn=c", new byte[] { 5 }) { Route = "file:/spool" }));
        Assert.Equal([("cn=b", "04", "b.example:829"), ("cn=c", "05", "file:/spool")], (await Store.StateAsync(Cancellation)).ListCards().Select(Told));
        await Store.WriteAsync(new StoreChange.PutCard(new StoredCard("cn=b", new byte[] { 4 }) { Route = "b.example:1829" }));
        Assert.Equal("b.example:1829", (await Store.ListCardsAsync(Cancellation))[0].Route);

        static (string, string, string?) Told(StoredCard card) => (card.CanonicalName, Hex(card.Content), card.Route);
    }

    [Fact]
    public async Task PendingRequests_AreListed_UntilAnswered()
    {
        await Store.WriteAsync(new StoreChange.PutPendingRequest(new PendingRequest("cn=b", "01", Octets, Now)), new StoreChange.PutPendingRequest(new PendingRequest("cn=c", "01", Octets, Now)));
        Assert.Equal(["cn=b", "cn=c"], (await Store.ListPendingRequestsAsync(Cancellation)).Select(request => request.Recipient));
        await Store.WriteAsync(new StoreChange.RemovePendingRequest("cn=b", "01"), new StoreChange.RemovePendingRequest("cn=d", "01"));
        var left = Assert.Single(await Store.ListPendingRequestsAsync(Cancellation));
        Assert.Equal(("cn=c", "01", "010203", Now), (left.Recipient, left.TransactionId, Hex(left.Message), left.SentAt));
    }

    [Fact]
    public async Task TryTakeTokenAsync_Gives_EachOnce_UntilItsTime()
    {
        var until = Now.AddMinutes(5);
        Assert.True(await Store.TryTakeTokenAsync("cn=a1", "01", until, Now, Cancellation));
        Assert.False(await Store.TryTakeTokenAsync("cn=a1", "01", until, until, Cancellation));
        Assert.True(await Store.TryTakeTokenAsync("cn=a2", "01", until, Now, Cancellation));
        Assert.True(await Store.TryTakeTokenAsync("cn=a1", "01", until, until.AddTicks(1), Cancellation));
    }

    [Fact]
    public async Task RecoveryCases_AreKept_InOrder()
    {
        var first = new RecoveryCase("02", Transaction(1), Octets, new byte[] { 4 }, Now);
        await Store.WriteAsync(new StoreChange.PutRecoveryCase(first), new StoreChange.PutRecoveryCase(first with { Id = "01", Transaction = Transaction(2) }));
        await Store.WriteAsync(new StoreChange.PutRecoveryCase(first with { Approvers = ["second", "first"], RefusedBy = "third" }));
        var cases = await Store.ListRecoveryCasesAsync(Cancellation);
        Assert.Equal(["02", "01"], cases.Select(found => found.Id));
        Assert.Equal(["second", "first"], cases[0].Approvers);
        Assert.Equal(("third", Transaction(1), "04"), (cases[0].RefusedBy, cases[0].Transaction, Hex(cases[0].Body)));
    }

    [Fact]
    public async Task RecoveryCases_LoseNoApproval_AndNoRefusal_ThatWasNotSeen()
    {
        var asked = new RecoveryCase("02", Transaction(1), Octets, new byte[] { 4 }, Now);
        await Store.WriteAsync(new StoreChange.PutRecoveryCase(asked));
        await Store.WriteAsync(new StoreChange.PutRecoveryCase(asked with { Approvers = ["first"] }));
        foreach (var late in new[] { asked, asked with { Approvers = ["second"] } })
        {
            await Assert.ThrowsAsync<StaleStateException>(async () => await Store.WriteAsync(new StoreChange.PutRecoveryCase(late)));
        }

        await Store.WriteAsync(new StoreChange.PutRecoveryCase(asked with { Approvers = ["first"], RefusedBy = "third" }));
        await Assert.ThrowsAsync<StaleStateException>(async () => await Store.WriteAsync(new StoreChange.PutRecoveryCase(asked with { Approvers = ["first", "second"] })));
        var kept = Assert.Single(await Store.ListRecoveryCasesAsync(Cancellation));
        Assert.Equal(("third", 1), (kept.RefusedBy, kept.Approvers.Count));
    }

    [Fact]
    public async Task ListRecipientsAsync_Names_WhomAnnouncementsWaitFor()
    {
        await Store.WriteAsync(new StoreChange.Enqueue("cn=b", Octets), new StoreChange.Enqueue("cn=a", Octets), new StoreChange.Enqueue("cn=a", Octets));
        Assert.Equal(["cn=a", "cn=b"], await Store.ListRecipientsAsync(Cancellation));
        await Store.RemoveAnnouncementAsync("cn=b", (await Store.PeekAnnouncementAsync("cn=b", Cancellation))!.Number, Cancellation);
        Assert.Equal(["cn=a"], await Store.ListRecipientsAsync(Cancellation));
    }

    private static RevokedList List(string source, DateTimeOffset time, params string[] users) =>
        new(source, "cn=b", time, [.. users.Select(user => new RevokedUser(user, Octets, 1))]);

    private async Task<StoreChange.AddCertificate> Reserved(int number, long generation)
    {
        Assert.True(await Store.TryReserveSerialAsync(Serial(number), Transaction(number), Cancellation));
        return new StoreChange.AddCertificate(Certificate(number) with { KeyReference = "0A", Generation = generation }, Transaction(number));
    }
}
