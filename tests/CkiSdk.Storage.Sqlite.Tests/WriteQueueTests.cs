namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Looks at the groups that a queue gives out.</summary>
public sealed class WriteQueueTests
{
    [Fact]
    public void TryTake_Gives_AllInTheirOrder_NotTooManyAtOnce_AndEnds()
    {
        var queue = new WriteQueue();
        var operations = Enumerable.Range(0, 1000).Select(_ => new WriteOperation<int>(_ => 0, "", CancellationToken.None)).ToArray();
        Assert.All(operations, operation => Assert.True(queue.TryAdd(operation)));
        var taken = new List<WriteOperation>();
        Assert.True(queue.TryTake(taken));
        Assert.Equal(512, taken.Count);
        queue.Complete();
        Assert.False(queue.TryAdd(operations[0]));
        Assert.True(queue.TryTake(taken));
        Assert.Equal(operations, taken);
        Assert.False(queue.TryTake(taken));
    }

    [Fact]
    public async Task TryTake_Waits_ForTheFirst()
    {
        var queue = new WriteQueue();
        var taken = new List<WriteOperation>();
        var taking = Task.Factory.StartNew(() => queue.TryTake(taken), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var operation = new WriteOperation<int>(_ => 0, "", CancellationToken.None);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.False(taking.IsCompleted);
        queue.TryAdd(operation);
        Assert.True(await taking);
        Assert.Same(operation, Assert.Single(taken));
    }
}
