using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Looks into the groups: who shares a transaction, and what becomes of the others when one fails.</summary>
public sealed class GroupCommitWriterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GroupCommitWriter _writer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => _folder.PathOf("cma.db");

    public async ValueTask InitializeAsync()
    {
        await (await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, Cancellation)).DisposeAsync();
        var session = new SqliteSession(Path);
        StoreFile.Prepare(session, Path, Migration.All);
        session.Scalar("PRAGMA max_page_count = 200");
        _writer = new GroupCommitWriter(session, Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Session_Waits_ForTheDisk()
    {
        // FULL: the log is synchronised after each commit.
        Assert.Equal(2L, await _writer.WriteAsync(session => session.Scalar("PRAGMA synchronous"), Cancellation));
        Assert.Equal("wal", await _writer.WriteAsync(session => session.Scalar("PRAGMA journal_mode"), Cancellation));
        Assert.Equal(1L, await _writer.WriteAsync(session => session.Scalar("PRAGMA foreign_keys"), Cancellation));
    }

    [Fact]
    public async Task WriteAsync_Writes_WhatWaitsTogether_AndNothingThatWasCanceled()
    {
        using var gate = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var ran = 0;
        var first = await HoldAsync(gate);
        var kept = Enumerable.Range(0, 100).Select(i => Reserve(i, () => Interlocked.Increment(ref ran))).ToArray();
        var canceled = Reserve(1000, () => Interlocked.Increment(ref ran), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        gate.Set();
        await first;
        await kept[0];
        Assert.Equal(100, ran);
        Assert.All(await Task.WhenAll(kept), Assert.True);
        Assert.True(await Reserve(1000));
    }

    [Fact]
    public async Task WriteAsync_Finishes_WhatWasTaken_WhenItIsCanceledLater()
    {
        using var source = new CancellationTokenSource();
        var call = _writer.WriteAsync(
            session =>
            {
                source.Cancel();
                return Serials.TryReserve(session, Records.Serial(1), Records.Transaction(1), Records.Now);
            },
            source.Token);
        Assert.True(await call);
        Assert.False(await Reserve(1));
    }

    [Theory]
    [InlineData("an error of the caller", typeof(InvalidOperationException))]
    [InlineData("a constraint of the schema", typeof(CmaStoreException))]
    [InlineData("an error that ends the transaction of all", typeof(InvalidOperationException))]
    [InlineData("a full disk", typeof(CmaStoreException))]
    public async Task WriteAsync_Keeps_TheNeighboursOf(string description, Type expected)
    {
        using var gate = new ManualResetEventSlim();
        var first = await HoldAsync(gate);
        var before = Enumerable.Range(0, 20).Select(i => Reserve(i)).ToArray();
        var failing = _writer.WriteAsync(session => Fail(session, description), Cancellation);
        var after = Enumerable.Range(20, 20).Select(i => Reserve(i)).ToArray();
        gate.Set();
        await first;
        var exception = await Record.ExceptionAsync(() => failing);
        Assert.IsType(expected, exception);
        Assert.All(await Task.WhenAll([.. before, .. after]), Assert.True);
        Assert.True(await Reserve(99));
        using var reader = new SqliteSession(Path);
        Assert.Equal(41L, reader.Scalar("SELECT count(*) FROM serials"));
    }

    [Fact]
    public async Task WriteAsync_Waits_ForTheTransactionOfAnother()
    {
        using var other = new SqliteSession(Path);
        other.Begin();
        var call = Reserve(1);
        await Task.Delay(300, Cancellation);
        Assert.False(call.IsCompleted);
        other.Rollback();
        Assert.True(await call);
    }

    [Fact]
    public async Task WriteAsync_Brings_TheLogIntoTheFile_BesideIt()
    {
        await _writer.WriteAsync(session => session.Scalar("PRAGMA max_page_count = 1000000"), Cancellation);
        var log = new FileInfo(Path + "-wal");
        for (var i = 0; i < 300; i++)
        {
            await _writer.WriteAsync(session => session.Execute("INSERT INTO announcements (recipient, message, enqueued_at) VALUES ('cn=a1', zeroblob(1000000), 0)"), Cancellation);
            log.Refresh();
            Assert.True(log.Length < 112 << 20, $"the log has {log.Length} octets after {i} megabytes");
        }

        Assert.True(new FileInfo(Path).Length > 160 << 20, "what was written is still in the log");
    }

    private static bool Fail(SqliteSession session, string description)
    {
        Serials.TryReserve(session, Records.Serial(500), Records.Transaction(500), Records.Now);
        switch (description)
        {
            case "a constraint of the schema":
                session.Run("INSERT INTO users (canonical_name, name, is_revoked) VALUES ('cn=a1', x'00', 2)");
                break;
            case "an error that ends the transaction of all":
                session.Rollback();
                break;
            case "a full disk":
                session.Run("INSERT INTO users (canonical_name, name, is_revoked) VALUES ('cn=a1', zeroblob(4000000), 0)");
                break;
        }

        throw new InvalidOperationException("refused");
    }

    // Lets operations gather while the group before them is still at work.
    private async Task<Task<bool>> HoldAsync(ManualResetEventSlim gate)
    {
        var begun = new TaskCompletionSource();
        var holding = _writer.WriteAsync(
            _ =>
            {
                begun.SetResult();
                gate.Wait();
                return true;
            },
            Cancellation);
        await begun.Task;
        return holding;
    }

    private Task<bool> Reserve(int number, Action? whenRun = null, CancellationToken? cancellation = null) => _writer.WriteAsync(
        session =>
        {
            whenRun?.Invoke();
            return Serials.TryReserve(session, Records.Serial(number), Records.Transaction(number), Records.Now);
        },
        cancellation ?? Cancellation);
}
