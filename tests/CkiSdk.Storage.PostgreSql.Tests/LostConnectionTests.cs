using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Storage.PostgreSql.Tests;

/// <summary>Breaks the connection at every moment of a commit, and takes the server away: what was acknowledged is there, nothing is there twice, and service resumes.</summary>
public sealed class LostConnectionTests
{
    private readonly string _name = $"lost{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("before the commit", true)]
    [InlineData("after the commit, before it is known", false)]
    public async Task Commit_IsMade_Once_WhereTheConnectionBreaks(string description, bool isBefore)
    {
        Assert.NotEmpty(description);
        var place = TestServer.NewSchema();
        await using var store = await OpenAsync(place);
        var breaks = 0;

        // The number of an announcement tells whether it was written once: nothing else does, because it has no transaction.
        Task Break(Session session)
        {
            if (Interlocked.Increment(ref breaks) > 3) return Task.CompletedTask;
            TestServer.Execute(place, Terminate);
            throw new IOException("the connection broke");
        }

        if (isBefore) store.Writer.BeforeCommit = Break;
        else store.Writer.AfterCommit = Break;
        for (var i = 0; i < 3; i++)
            await store.WriteAsync(new StoreChange.Enqueue("cn=b", new[] { (byte)i }), new StoreChange.Audit(new AuditEntry(Now, "a", "cn=b", $"{i}")));
        Assert.True(breaks >= 3, $"it broke {breaks} times");
        Assert.Equal([0, 1, 2], (await store.ListAnnouncementsAsync("cn=b", Cancellation)).Select(waiting => (int)waiting.Message.Span[0]));
        var log = await store.ReadAuditAsync(Cancellation);
        Assert.True(AuditChain.Verify(log).IsIntact);
        Assert.Equal(3, log.Links.Count);
    }

    [Fact]
    public async Task Calls_GoOn_WhileConnectionsBreak()
    {
        var place = TestServer.NewSchema();
        await using var store = await OpenAsync(place);
        var calls = 0;
        var working = Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                var number = (worker * 1000) + i;
                await store.WriteAsync(new StoreChange.Enqueue($"cn=w{worker}", BitConverter.GetBytes(number)), new StoreChange.Audit(new AuditEntry(Now, "a", $"cn=w{worker}", $"{i}")));
                Assert.Equal(i + 1, (await store.ListAnnouncementsAsync($"cn=w{worker}", Cancellation)).Count);
                await store.FindUserAsync($"cn=w{number}", Cancellation);
                Interlocked.Increment(ref calls);
            }
        })));
        var broken = 0;
        while (!working.IsCompleted)
        {
            TestServer.Execute(place, Terminate);
            broken++;

            // On a busy machine a connection may take longer than that: some calls come through between two breaks.
            for (var before = Volatile.Read(ref calls); !working.IsCompleted;)
            {
                await Task.WhenAny(working, Task.Delay(50, Cancellation));
                if (Volatile.Read(ref calls) >= before + 4) break;
            }
        }

        await working;
        Assert.True(broken > 0);
        var log = await store.ReadAuditAsync(Cancellation);
        Assert.True(AuditChain.Verify(log).IsIntact);
        Assert.Equal(8 * 60, log.Links.Select(link => (link.Entry.Party, link.Entry.Detail)).Distinct().Count());
        Assert.Equal(8 * 60, log.Links.Count);
    }

    [Fact]
    public async Task Calls_Fail_WhileTheServerIsAway_AndServiceResumes()
    {
        using var server = new PostgreSqlServer();
        await using var store = await PostgreSqlCmaStore.OpenAsync(server.ConnectionString(), TimeProvider.System, Migration.All, TimeSpan.FromSeconds(1), Cancellation);
        await store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation);
        await store.CommitAsync(Transaction(1), Answer(1), Certificate(1), Cancellation);
        for (var round = 0; round < LongRun.Count(2, 20); round++)
        {
            // Under load: what was acknowledged before the server lost its power must be there.
            var acknowledged = 0;
            using var stopping = new CancellationTokenSource();
            var load = Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
            {
                for (var i = 0; !stopping.IsCancellationRequested; i++)
                {
                    try
                    {
                        await store.WriteAsync(new StoreChange.Audit(new AuditEntry(Now, $"round{round}", $"cn=w{worker}", $"{i}")));
                        Interlocked.Increment(ref acknowledged);
                    }
                    catch (CmaStoreException)
                    {
                        return;
                    }
                }
            })));
            while (Volatile.Read(ref acknowledged) < 50) await Task.Delay(5, Cancellation);
            server.Kill();
            await load;
            var exception = await Assert.ThrowsAsync<CmaStoreException>(() => store.TryReserveSerialAsync(Serial(2 + round), Transaction(2), Cancellation).AsTask());
            Assert.Contains("no connection", exception.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<CmaStoreException>(() => store.FindCertificateAsync(Serial(1), Cancellation).AsTask());
            await Assert.ThrowsAsync<CmaStoreException>(() => store.StateAsync(Cancellation).AsTask());

            server.Start();
            Assert.True(await UntilServedAsync(() => store.TryReserveSerialAsync(Serial(1000 + round), Transaction(2), Cancellation)));
            Same(Certificate(1), await store.FindCertificateAsync(Serial(1), Cancellation));
            Same(Answer(1), await store.CommitAsync(Transaction(1), Answer(2), certificate: null, Cancellation));
            var log = await store.ReadAuditAsync(Cancellation);
            Assert.True(AuditChain.Verify(log).IsIntact);
            var written = log.Links.Where(link => link.Entry.Event == $"round{round}").Select(link => (link.Entry.Party, link.Entry.Detail)).ToArray();
            Assert.Equal(written.Length, written.Distinct().Count());
            Assert.InRange(written.Length, acknowledged, acknowledged + 8);
        }
    }

    [Fact]
    public async Task Calls_Wait_ForAServerThatStartsAgain()
    {
        using var server = new PostgreSqlServer();
        await using var store = await PostgreSqlCmaStore.OpenAsync(server.ConnectionString(), TimeProvider.System, Migration.All, TimeSpan.FromMinutes(1), Cancellation);
        await store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation);
        server.Kill();
        var writing = store.TryReserveSerialAsync(Serial(2), Transaction(1), Cancellation).AsTask();
        var reading = store.FindUserAsync("cn=a", Cancellation).AsTask();
        server.Start();
        Assert.True(await writing);
        Assert.Null(await reading);
    }

    [Fact]
    public async Task AWriterThatStandsStill_HoldsUpOthers_NotForLong()
    {
        var place = TestServer.NewSchema();
        await using var store = await OpenAsync(place);
        await using var still = new Npgsql.NpgsqlConnection(place + ";Pooling=false");
        await still.OpenAsync(Cancellation);
        await using var setting = new Npgsql.NpgsqlCommand("SET idle_in_transaction_session_timeout = '1s'; BEGIN; SELECT * FROM audit_head FOR UPDATE", still);
        await setting.ExecuteNonQueryAsync(Cancellation);
        Assert.True(await store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation));
    }

    private string Terminate => $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = '{_name}'";

    private Task<PostgreSqlCmaStore> OpenAsync(string place) => PostgreSqlCmaStore.OpenAsync($"{place};Application Name={_name}", TimeProvider.System, Cancellation);

    private static async Task<T> UntilServedAsync<T>(Func<ValueTask<T>> call)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); ;)
        {
            try
            {
                return await call();
            }
            catch (CmaStoreException) when (clock.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(50, Cancellation);
            }
        }
    }
}
