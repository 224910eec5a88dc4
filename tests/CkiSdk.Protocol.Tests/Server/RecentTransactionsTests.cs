using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows what is remembered of the transactions that came lately, and that memory is bounded.</summary>
public sealed class RecentTransactionsTests
{
    [Fact]
    public void TryAdd_KnowsWhatCameLately_AndKeepsSendersApart()
    {
        var recent = new RecentTransactions();
        Assert.True(recent.TryAdd(new TransactionKey("cn=a1", "01")));
        Assert.True(recent.TryAdd(new TransactionKey("cn=a2", "01")));
        Assert.True(recent.TryAdd(new TransactionKey("cn=a1", "02")));
        Assert.False(recent.TryAdd(new TransactionKey("cn=a1", "01")));
        Assert.False(recent.TryAdd(new TransactionKey("cn=a2", "01")));
    }

    [Fact]
    public void TryAdd_ForgetsTheOldest_AndNoneOfTheLast()
    {
        var recent = new RecentTransactions();
        TransactionKey[] keys = [.. Enumerable.Range(0, 100_000).Select(number => new TransactionKey("cn=a1", $"{number:x32}"))];
        foreach (var key in keys) recent.TryAdd(key);
        Assert.All(keys[^30_000..], key => Assert.False(recent.TryAdd(key)));
        Assert.InRange(keys[..10_000].Count(recent.TryAdd), 9_900, 10_000);
    }
}
