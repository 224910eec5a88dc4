using CkiSdk.Protocol.Storage;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Tests.Storage;

/// <summary>What every store must do.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Gets the store under test, empty at first.</summary>
    protected ICmaStore Store { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test.</summary>
    protected abstract ValueTask<ICmaStore> OpenAsync();

    [Fact]
    public async Task PutUser_Keeps_TheNameThatWasThere()
    {
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1, 2 })));
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 3 }) { EncryptionCertificate = new byte[] { 4 }, IsRevoked = true }));
        var found = await Store.FindUserAsync("cn=a1", Cancellation);
        Assert.Equal([1, 2], found!.Name.ToArray());
        Assert.Equal([4], found.EncryptionCertificate.ToArray());
        Assert.False(found.IsRevoked);
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 5 })));
        Assert.Equal([4], Assert.Single(await Store.ListUsersAsync(Cancellation)).EncryptionCertificate.ToArray());
    }

    [Fact]
    public async Task PutUser_Changes_OneCertificate_AndKeepsTheOther()
    {
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { EncryptionCertificate = new byte[] { 2 } }));
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { AuthenticationCertificate = new byte[] { 3 } }));
        var found = await Store.FindUserAsync("cn=a1", Cancellation);
        Assert.Equal(("02", "03"), (Hex(found!.EncryptionCertificate), Hex(found.AuthenticationCertificate)));
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { EncryptionCertificate = new byte[] { 4 } }));
        found = Assert.Single(await Store.ListUsersAsync(Cancellation));
        Assert.Equal(("04", "03"), (Hex(found.EncryptionCertificate), Hex(found.AuthenticationCertificate)));
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { AuthenticationCertificate = new byte[] { 5 } }));
        Assert.Equal("05", Hex((await Store.StateAsync(Cancellation)).FindUser("cn=a1")!.AuthenticationCertificate));
    }

    [Fact]
    public async Task FindUserAsync_Tells_NamesApart()
    {
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=müller", new byte[] { 1 })));
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("CN=MÜLLER", new byte[] { 2 })));
        Assert.Equal([1], (await Store.FindUserAsync("cn=müller", Cancellation))!.Name.ToArray());
        Assert.Equal([2], (await Store.FindUserAsync("CN=MÜLLER", Cancellation))!.Name.ToArray());
        Assert.Null(await Store.FindUserAsync("cn=muller", Cancellation));
    }

    [Fact]
    public async Task ListInteroperabilityKeysAsync_Lists_TheEarliestFirst()
    {
        Assert.Empty(await Store.ListInteroperabilityKeysAsync(Cancellation));
        var later = Key("0A", "o=b", 10);
        var earlier = Key("0B", externalCma: null, 2);
        await Store.WriteAsync(new StoreChange.PutKey(later));
        await Store.WriteAsync(new StoreChange.PutKey(earlier));
        var keys = await Store.ListInteroperabilityKeysAsync(Cancellation);
        Assert.Equal(2, keys.Count);
        Same(earlier, keys[0]);
        Same(later, keys[1]);
    }

    [Fact]
    public async Task PutKey_Rejects_UsedReference()
    {
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 10)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=c", 20))).AsTask());
        Same(Key("0A", "o=b", 10), Assert.Single(await Store.ListInteroperabilityKeysAsync(Cancellation)));
    }

    [Fact]
    public async Task RemovePeer_Removes_ThePartyAndItsCard()
    {
        foreach (var name in new[] { "cn=b", "cn=c" })
        {
            await Store.WriteAsync(
                new StoreChange.PutPeer(new StoredPeer(name, new byte[] { 0x30, 0 }, PartyKinds.Cma)), new StoreChange.PutCard(new StoredCard(name, new byte[] { 1 }) { Route = "b:1" }));
        }

        await Store.WriteAsync(new StoreChange.RemovePeer("cn=b"), new StoreChange.RemovePeer("cn=x"));
        Assert.Null(await Store.FindPeerAsync("cn=b", Cancellation));
        Assert.Equal("cn=c", Assert.Single(await Store.ListPeersAsync(Cancellation)).CanonicalName);
        Assert.Equal("cn=c", Assert.Single(await Store.ListCardsAsync(Cancellation)).CanonicalName);

        // The route of before does not come back.
        await Store.WriteAsync(new StoreChange.PutCard(new StoredCard("cn=b", new byte[] { 2 })));
        Assert.Null((await Store.ListCardsAsync(Cancellation))[0].Route);
    }

    [Fact]
    public async Task Resume_Retires_AllKeys_AndCountsFromAboveWhatMayHaveBeenCounted()
    {
        var at = Now.ToUnixTimeSeconds();
        await Store.WriteAsync(
            new StoreChange.PutKey(Key("0A", "o=b", 10) with { AskedAt = Now }),
            new StoreChange.PutPendingRequest(new PendingRequest("cn=b", "01", new byte[] { 1 }, Now)),
            new StoreChange.PutCrl(new StoredCrl("cn=a 01", 5, Now.AddDays(30), new byte[] { 1 })),
            new StoreChange.PutCrl(new StoredCrl("cn=aa 01", 5, Now.AddDays(30), new byte[] { 1 })));
        Assert.Equal((0, DateTimeOffset.MinValue), await Store.StateAsync(Cancellation) is var state ? (state.CountsFrom, state.ResumedAt) : default);
        await Store.WriteAsync(new StoreChange.Resume(["cn=a 01"], Now));
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 11) with { WrappedKey = Key("0A", "o=b", 10).WrappedKey, YourReference = "0C" }), new StoreChange.PutKey(Key("0B", "o=b", 20)));

        var keys = await Store.ListInteroperabilityKeysAsync(Cancellation);
        Assert.Equal([("0A", true, "0C"), ("0B", false, null)], keys.Select(key => (key.MyReference, key.IsRetired, key.YourReference)));
        Assert.All(keys, key => Assert.Null(key.AskedAt));
        Assert.Empty(await Store.ListPendingRequestsAsync(Cancellation));
        Assert.Equal([("cn=a 01", at, Now), ("cn=aa 01", 5, Now.AddDays(30))], (await Store.ListCrlsAsync(Cancellation)).Select(crl => (crl.Issuer, crl.Number, crl.NextUpdate)).Order());
        Assert.Equal(at, (await Store.StateAsync(Cancellation)).CountsFrom);

        // What was announced before is told by its time, and no number of an announcement is given again.
        Assert.Equal(Now.AddSeconds(30), (await Store.StateAsync(Cancellation)).ResumedAt);
        Assert.True(await Store.ReserveMessageTimesAsync(Now, TimeSpan.FromSeconds(1), Cancellation) > Now.AddSeconds(30));
        await Store.WriteAsync(new StoreChange.Enqueue("cn=c", new byte[] { 1 }));
        Assert.True((await Store.PeekAnnouncementAsync("cn=c", Cancellation))!.Number > at);

        // A clock that went back does not bring numbers back.
        await Store.WriteAsync(new StoreChange.Resume(["cn=a 01"], Now.AddDays(-9)));
        Assert.Equal(at + 1_000_000, (await Store.StateAsync(Cancellation)).CountsFrom);
        Assert.All(await Store.ListInteroperabilityKeysAsync(Cancellation), key => Assert.True(key.IsRetired));
        Assert.Contains(await Store.ListCrlsAsync(Cancellation), crl => crl.Number == at + 1_000_000);
    }

    [Theory]
    [InlineData("a key in the clear", 32)]
    [InlineData("nothing", 0)]
    public async Task PutKey_Rejects_WhatIsNotWrapped(string description, int length)
    {
        Assert.NotEmpty(description);
        var key = Key("0A", "o=b", 1) with { WrappedKey = new byte[length] };
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(new StoreChange.PutKey(key)).AsTask());
        Assert.Empty(await Store.ListInteroperabilityKeysAsync(Cancellation));
    }

    [Fact]
    public async Task GenerationAsync_IsZero_AtFirst()
    {
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 1)));
        Assert.Equal(0, await Store.GenerationAsync("0A", "cn=a1", Cancellation));
        Assert.Equal(0, await Store.GenerationAsync("0B", "cn=a1", Cancellation));
    }

    [Fact]
    public async Task PeekAnnouncementAsync_Gives_TheOldestUntilRemoved()
    {
        Assert.Null(await Store.PeekAnnouncementAsync("cn=a1", Cancellation));
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a1", new byte[] { 1 }));
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a2", new byte[] { 2 }));
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a1", new byte[] { 3 }));
        var first = await Store.PeekAnnouncementAsync("cn=a1", Cancellation);
        Assert.Equal([1], first!.Message.ToArray());
        Assert.Equal(first.Number, (await Store.PeekAnnouncementAsync("cn=a1", Cancellation))!.Number);

        await Store.RemoveAnnouncementAsync("cn=a2", first.Number, Cancellation);
        Assert.Equal(first.Number, (await Store.PeekAnnouncementAsync("cn=a1", Cancellation))!.Number);
        await Store.RemoveAnnouncementAsync("cn=a1", first.Number, Cancellation);
        await Store.RemoveAnnouncementAsync("cn=a1", first.Number, Cancellation);
        var second = await Store.PeekAnnouncementAsync("cn=a1", Cancellation);
        Assert.Equal([3], second!.Message.ToArray());
        Assert.True(second.Number > first.Number);

        await Store.RemoveAnnouncementAsync("cn=a1", second.Number, Cancellation);
        Assert.Null(await Store.PeekAnnouncementAsync("cn=a1", Cancellation));
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a1", new byte[] { 4 }));
        Assert.True((await Store.PeekAnnouncementAsync("cn=a1", Cancellation))!.Number > second.Number);
    }

    [Fact]
    public async Task Records_AreKept_WhenTheCallerReusesItsOctets()
    {
        byte[] octets = [1, 2, 3];
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", octets)));
        await Store.WriteAsync(new StoreChange.Enqueue("cn=a1", octets));
        await Store.CommitAsync(Transaction(1), new StoredAnswer(octets, octets, Text: null, Now), certificate: null, Cancellation);
        octets.AsSpan().Clear();
        Assert.Equal([1, 2, 3], (await Store.FindUserAsync("cn=a1", Cancellation))!.Name.ToArray());
        Assert.Equal([1, 2, 3], (await Store.PeekAnnouncementAsync("cn=a1", Cancellation))!.Message.ToArray());
        Assert.Equal([1, 2, 3], (await Store.FindAnswerAsync(Transaction(1), Cancellation))!.Body.ToArray());
    }

    [Fact]
    public async Task Calls_Reject_ACanceledToken()
    {
        var canceled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.TryReserveSerialAsync(Serial(1), Transaction(1), canceled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindUserAsync("cn=a1", canceled).AsTask());
        Assert.True(await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation));
    }

    [Fact]
    public async Task Calls_Reject_AClosedStore()
    {
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.FindUserAsync("cn=a1", Cancellation).AsTask());
    }

    /// <summary>Runs that many calls at once, not one after the other.</summary>
    protected static async Task<T[]> AtOnce<T>(int count, Func<int, ValueTask<T>> call)
    {
        var results = new T[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancellation }, async (i, _) => results[i] = await call(i));
        return results;
    }

    /// <summary>Gets the octets as something to compare by.</summary>
    protected static string Hex(ReadOnlyMemory<byte> octets) => Convert.ToHexString(octets.Span);

    [Fact]
    public async Task ATurn_IsTakenOnce()
    {
        var before = await Store.TurnAsync(Cancellation);
        var outcomes = await AtOnce(8, async i =>
        {
            try
            {
                await Store.WriteAsync(new StoreChange.TakeTurn(before), new StoreChange.Enqueue($"cn=a{i}", new byte[] { 1 }));
                return true;
            }
            catch (StaleStateException)
            {
                return false;
            }
        });
        Assert.Single(outcomes, isTaken => isTaken);
        Assert.Single(await Store.ListRecipientsAsync(Cancellation));
        Assert.Equal(before + 1, await Store.TurnAsync(Cancellation));
        await Store.WriteAsync(new StoreChange.TakeTurn(before + 1));
        await Store.WriteAsync(new StoreChange.Resume([], Now));
        await Assert.ThrowsAsync<StaleStateException>(() => Store.WriteAsync(new StoreChange.TakeTurn(before + 2)).AsTask());
    }
}
