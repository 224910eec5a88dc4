using CkiSdk.Protocol.Storage;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Tests.Storage;

/// <summary>Holds what a store promises that outlives a process and is shared by several: with one store, after reopening, and with two on one place.</summary>
public abstract class StoreSharingContract : StoreAuditContract
{
    [Fact]
    public async Task Records_AreThere_AfterReopening()
    {
        var revoked = new RevokedUser("cn=a1", new byte[] { 1, 2 }, 1);
        await Store.WriteAsync(
            new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1, 2 })),
            new StoreChange.PutKey(Key("0A", "o=b", 1)),
            new StoreChange.ReplaceRevokedList(new RevokedList(RevokedList.Own, RevokedList.Own, Now, [revoked])));
        await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation);
        await Store.TryReserveSerialAsync(Serial(2), Transaction(2), Cancellation);
        await Store.CommitAsync(Transaction(1), Answer(1), Certificate(1), Cancellation);
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a1", new byte[] { 5 }));
        var times = await Store.ReserveMessageTimesAsync(Now, TimeSpan.FromSeconds(5), Cancellation);
        await Store.DisposeAsync();

        await using var reopened = await OpenAsync();
        var found = await reopened.FindUserAsync("cn=a1", Cancellation);
        Assert.True(found!.IsRevoked);
        Assert.Equal([1, 2], found.Name.ToArray());
        Same(Key("0A", "o=b", 1), Assert.Single(await reopened.ListInteroperabilityKeysAsync(Cancellation)));
        Assert.False(await reopened.TryReserveSerialAsync(Serial(2), Transaction(3), Cancellation));
        Same(Answer(1), await reopened.CommitAsync(Transaction(1), Answer(9), certificate: null, Cancellation));
        Same(Certificate(1), await reopened.FindCertificateAsync(Serial(1), Cancellation));
        Assert.Equal([5], (await reopened.PeekAnnouncementAsync("cn=a1", Cancellation))!.Message.ToArray());
        Assert.True(await reopened.ReserveMessageTimesAsync(Now, TimeSpan.FromSeconds(5), Cancellation) >= times.AddSeconds(5));
    }

    [Fact]
    public async Task DisposeAsync_Finishes_WhatWasBegun()
    {
        var calls = Enumerable.Range(0, 1000).Select(i => Store.TryReserveSerialAsync(Serial(i), Transaction(i), Cancellation).AsTask()).ToArray();
        await Store.DisposeAsync();
        Assert.All(await Task.WhenAll(calls), Assert.True);
        await using var reopened = await OpenAsync();
        Assert.All(await AtOnce(1000, i => reopened.TryReserveSerialAsync(Serial(i), Transaction(i), Cancellation)), Assert.False);
    }

    [Fact]
    public async Task TwoStores_Give_EachNumberAndStretchOnce()
    {
        await using var second = await OpenAsync();
        var length = TimeSpan.FromSeconds(5);
        var stores = new[] { Store, second };
        var taken = await AtOnce(1000, i => stores[i % 2].TryReserveSerialAsync(Serial(i / 2), Transaction(i), Cancellation));
        Assert.All(taken.Chunk(2), pair => Assert.NotEqual(pair[0], pair[1]));
        Apart(await AtOnce(400, i => stores[i % 2].ReserveMessageTimesAsync(Now, length, Cancellation)), length);
        var answers = await AtOnce(400, i => stores[i % 2].CommitAsync(
            Transaction(i / 4), Answer(1) with { Body = BitConverter.GetBytes(i) }, certificate: null, Cancellation));
        Assert.All(answers.Chunk(4), four => Assert.Single(four.Select(answer => Hex(answer.Body)).Distinct()));
    }

    [Fact]
    public async Task TwoStores_See_EachOther()
    {
        await using var second = await OpenAsync();
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 })));
        Assert.NotNull(await second.FindUserAsync("cn=a1", Cancellation));
        var list = new RevokedList(RevokedList.Own, RevokedList.Own, Now, [new RevokedUser("cn=a1", new byte[] { 1 }, 0)]);
        await second.WriteAsync(new StoreChange.ReplaceRevokedList(list));
        Assert.True((await Store.FindUserAsync("cn=a1", Cancellation))!.IsRevoked);
    }

    [Fact]
    public async Task TwoStores_See_AllThatIsKeptInMemory_AsSoonAsItIsWritten()
    {
        await using var second = await OpenAsync();
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 })), new StoreChange.PutKey(Key("0A", "o=b", 1)));
        StoreChange[] changes =
        [
            new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { EncryptionCertificate = new byte[] { 7 } }),
            new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { AuthenticationCertificate = new byte[] { 8 } }),
            new StoreChange.PutCard(new StoredCard("cn=d", new byte[] { 9 })),
            new StoreChange.PutCard(new StoredCard("cn=d", new byte[] { 10 })),
            new StoreChange.PutCard(new StoredCard("cn=d", new byte[] { 10 }) { Route = "d.example:829" }),
            new StoreChange.SetDelegate("cn=a1", "cn=d", true),
            new StoreChange.SetDelegate("cn=a1", "cn=d", false),
            new StoreChange.PutKey(Key("0B", "o=b", 2)),
            new StoreChange.PutKey(Key("0B", "o=b", 2) with { Source = "cn=t" }),
            new StoreChange.RaiseGeneration("0A", "cn=a1", 1),
            new StoreChange.RaiseGeneration("0A", "cn=a1", 2),
            new StoreChange.PutPeer(new StoredPeer("cn=d", new byte[] { 2 }, PartyKinds.Cma)),
            new StoreChange.PutPeer(new StoredPeer("cn=d", new byte[] { 2 }, PartyKinds.Tlcma)),
            new StoreChange.AddAuthority(new StoredAuthority("cn=b", new byte[] { 3 }, Now)),
            new StoreChange.ReplaceRevokedList(new RevokedList(RevokedList.Own, RevokedList.Own, Now, [new RevokedUser("cn=a1", new byte[] { 1 }, 0)])),
            new StoreChange.ReplaceRevokedList(new RevokedList(RevokedList.Own, RevokedList.Own, Now.AddDays(1), [new RevokedUser("cn=a1", new byte[] { 1 }, 2)])),
            new StoreChange.ReplaceRevokedList(new RevokedList(RevokedList.Own, RevokedList.Own, Now.AddDays(2), [])),
        ];
        var before = await KeptIn(Store);
        foreach (var change in changes)
        {
            await second.WriteAsync(change);
            var after = await KeptIn(Store);
            Assert.NotEqual(before, after);
            Assert.Equal(after, await KeptIn(second));
            before = after;
        }
    }

    private static async Task<string> KeptIn(ICmaStore store)
    {
        var user = await store.FindUserAsync("cn=a1", Cancellation);
        var peer = await store.FindPeerAsync("cn=d", Cancellation);
        var keys = await store.ListInteroperabilityKeysAsync(Cancellation);
        return string.Join(
            ' ', user!.IsRevoked, Hex(user.EncryptionCertificate), Hex(user.AuthenticationCertificate), string.Join(',', (await store.ListCardsAsync(Cancellation)).Select(card => Hex(card.Content) + card.Route)), string.Join(',', await store.ListPrincipalsAsync("cn=d", Cancellation)),
            string.Join(',', keys.Select(key => key.MyReference + key.Source)), await store.GenerationAsync("0A", "cn=a1", Cancellation), peer?.Kinds,
            (await store.ListAuthoritiesAsync(Cancellation)).Count, (await store.FindRevokedUserAsync("cn=a1", Cancellation))?.Reason);
    }

    [Fact]
    public async Task Cancellation_EitherWrites_OrNot_ButTells()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var calls = Enumerable.Range(0, 3000).Select(i => Store.TryReserveSerialAsync(Serial(i), Transaction(i), source.Token).AsTask()).ToArray();
        await calls[0];
        await source.CancelAsync();
        await Task.WhenAll(calls).ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
        var free = await AtOnce(3000, i => Store.TryReserveSerialAsync(Serial(i), Transaction(i), Cancellation));
        Assert.Contains(calls, call => call.IsCanceled);
        Assert.All(calls.Zip(free), pair => Assert.Equal(pair.First.IsCanceled, pair.Second));
    }

    [Fact]
    public async Task TwoStores_Write_OneChain()
    {
        await using var second = await OpenAsync();
        var stores = new[] { Store, second };
        await AtOnce(300, async i =>
        {
            await stores[i % 2].WriteAsync(new StoreChange.Audit(new AuditEntry(Now, "a.b", $"cn=p{i % 2}", $"{i}")), new StoreChange.Audit(new AuditEntry(Now, "a.c", "cn=p", $"{i}")));
            return i;
        });
        var log = await Store.ReadAuditAsync(Cancellation);
        var finding = AuditChain.Verify(log);
        Assert.True(finding.IsIntact, finding.Reason);
        Assert.Equal(600, finding.Entries);

        // What one unit of work wrote stands together.
        Assert.All(log.Links.Chunk(2), pair => Assert.Equal(pair[0].Entry.Detail, pair[1].Entry.Detail));
        Assert.Equal($"{log.Head}", $"{(await second.ReadAuditAsync(Cancellation)).Head}");
    }

    [Fact]
    public async Task TwoStores_Decide_OnWhatIsSo_Alone()
    {
        // Each takes the number that it has read plus one; whoever was too late hears so and reads again.
        await using var second = await OpenAsync();
        var stores = new[] { Store, second };
        var stale = 0;
        await AtOnce(60, async i =>
        {
            while (true)
            {
                var number = (await stores[i % 2].ListCrlsAsync(Cancellation)).SingleOrDefault()?.Number ?? 0;
                try
                {
                    await stores[i % 2].WriteAsync(new StoreChange.PutCrl(new StoredCrl("cn=a", number + 1, Now, new byte[] { 1 })), new StoreChange.Audit(new AuditEntry(Now, "crl", "cn=a", $"{number + 1}")));
                    return i;
                }
                catch (StaleStateException)
                {
                    Interlocked.Increment(ref stale);
                }
            }
        });
        Assert.Equal(60, Assert.Single(await Store.ListCrlsAsync(Cancellation)).Number);
        Assert.Equal(Enumerable.Range(1, 60).Select(number => $"{number}"), (await Store.ReadAuditAsync(Cancellation)).Links.Select(link => link.Entry.Detail));
        Assert.True(stale > 0, "nobody was ever too late");
    }
}
