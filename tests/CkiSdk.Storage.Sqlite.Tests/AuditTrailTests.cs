using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Checks the audit log in a file: what older versions wrote is chained, and what somebody does to the file is found.</summary>
public sealed class AuditTrailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => _folder.PathOf("cma.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_Chains_WhatTheSecondSchemaWrote()
    {
        await (await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, [.. Migration.All.Take(2)], Cancellation)).DisposeAsync();
        Run("INSERT INTO audit (at, event, party, detail) VALUES (1, 'first', 'p', 'd'), (2, 'second', 'p', 'd')");
        Run("DELETE FROM audit WHERE event = 'first'; INSERT INTO audit (at, event, party, detail) VALUES (3, 'third', 'q', 'e')");
        await using var store = await OpenAsync();
        await store.WriteAsync(new StoreChange.Audit(new AuditEntry(Records.Now, "fourth", "p", "d")));
        var log = await store.ReadAuditAsync(Cancellation);
        Assert.Equal([(1L, "second"), (2L, "third"), (3L, "fourth")], log.Links.Select(link => (link.Number, link.Entry.Event)));
        Assert.True(AuditChain.Verify(log).IsIntact);
    }

    [Theory]
    [InlineData("UPDATE audit SET detail = 'other' WHERE number = 2", 2)]
    [InlineData("DELETE FROM audit WHERE number = 2", 2)]
    [InlineData("DELETE FROM audit WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3; UPDATE audit_head SET number = 2", 2)]
    [InlineData("DELETE FROM audit WHERE number = 3", 3)]
    [InlineData("DELETE FROM audit", 1)]
    [InlineData("UPDATE audit SET number = 9 WHERE number = 1; UPDATE audit SET number = 1 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 9", 1)]
    [InlineData("INSERT INTO audit SELECT 4, at, event, party, detail, hash FROM audit WHERE number = 3", 4)]
    [InlineData("UPDATE audit_head SET hash = zeroblob(32)", 4)]
    public async Task Tampering_IsFound(string sql, long at)
    {
        await using (var store = await OpenAsync())
        {
            for (var number = 1; number <= 3; number++) await store.WriteAsync(new StoreChange.Audit(new AuditEntry(Records.Now.AddSeconds(number), $"event.{number}", "p", "d")));
            Assert.True(AuditChain.Verify(await store.ReadAuditAsync(Cancellation)).IsIntact);
        }

        Run(sql);
        await using var reopened = await OpenAsync();
        Assert.Equal(at, AuditChain.Verify(await reopened.ReadAuditAsync(Cancellation)).BrokenAt);
    }

    [Fact]
    public async Task TheChain_HoldsTogether_WhereOperationsOfAGroupFail()
    {
        await using var store = await OpenAsync();
        var entries = Enumerable.Range(0, 400).Select(number => new StoreChange.Audit(new AuditEntry(Records.Now, $"event.{number}", "p", "d"))).ToArray();
        var calls = entries.Select((entry, number) => store.WriteAsync(
            number % 2 == 0 ? [entry] : [entry, new StoreChange.AddCertificate(Records.Certificate(number), Records.Transaction(number))]).AsTask()).ToArray();
        await Task.WhenAll(calls).ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.All(calls.Index(), call => Assert.Equal(call.Index % 2 == 0, call.Item.IsCompletedSuccessfully));
        var log = await store.ReadAuditAsync(Cancellation);
        Assert.True(AuditChain.Verify(log).IsIntact);
        Assert.Equal(Enumerable.Range(0, 200).Select(half => $"event.{2 * half}"), log.Links.Select(link => link.Entry.Event));
    }

    private async Task<SqliteCmaStore> OpenAsync() => await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, Cancellation);

    private void Run(string sql)
    {
        using var session = new SqliteSession(Path);
        session.Run(sql);
    }
}
