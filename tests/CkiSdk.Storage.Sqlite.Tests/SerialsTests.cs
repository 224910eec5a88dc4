using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Shows that a serial number belongs to the transaction for which it was taken, whatever version has taken it.</summary>
public sealed class SerialsTests : IDisposable
{
    private const int Many = 70_000; // more than are taken over at once
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => _folder.PathOf("cma.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Numbers_OfTheTenthSchema_StayTaken_ForTheirTransactions()
    {
        await (await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, [.. Migration.All.Take(10)], Cancellation)).DisposeAsync();
        using (var older = new SqliteSession(Path))
        {
            older.Begin();
            for (var number = 0; number < Many; number++)
                older.Execute("INSERT INTO serials (serial, sender, transaction_id, reserved_at) VALUES ($1, $2, $3, $4)", Records.Serial(number), OwnerOf(number).Sender, OwnerOf(number).TransactionId, (long)number);
            older.Execute("INSERT INTO certificates (serial, usage, subject, not_after, packed, generation) VALUES ($1, 'receive', 'cn=b', 9, x'30', 0)", Records.Serial(5));
            older.Execute("INSERT INTO certificate_holders (serial, holder) VALUES ($1, 'cn=h')", Records.Serial(5));
            older.Commit();
        }

        await using var store = await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, Cancellation);
        Assert.Equal((long)Many, await store.QueryAsync("SELECT count(*) FROM serials"));
        Assert.Equal(0L, await store.QueryAsync($"SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY serial) - 1 AS place, reserved_at FROM serials) WHERE place != reserved_at"));
        for (var number = 17; number < Many; number += 6553)
        {
            Assert.False(await store.TryReserveSerialAsync(Records.Serial(number), OwnerOf(number), Cancellation));
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(Add(number, OwnerOf(number + 100))).AsTask());
            await store.WriteAsync(Add(number, OwnerOf(number)));
        }

        Assert.Equal(["cn=h"], await store.ListHoldersAsync(Records.Serial(5), Cancellation));
        await store.WriteAsync(new StoreChange.AddHolder(Records.Serial(5), "cn=g"));
        Assert.Equal(["cn=g", "cn=h"], await store.ListHoldersAsync(Records.Serial(5), Cancellation));
        await store.WriteAsync(new StoreChange.RemoveHolders(Records.Serial(5)));
        Assert.Empty(await store.ListHoldersAsync(Records.Serial(5), Cancellation));
        Assert.Equal("ok", await store.QueryAsync("PRAGMA integrity_check"));
        Assert.Null(await store.QueryAsync("PRAGMA foreign_key_check"));
    }

    [Fact]
    public async Task Numbers_OfTwoTransactions_AreToldApart_InOneGroup()
    {
        await using var store = await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, Cancellation);
        foreach (var number in new[] { 1, 101, 2, 102 }) await store.TryReserveSerialAsync(Records.Serial(number), OwnerOf(number), Cancellation);
        await store.WriteAsync(Add(1, OwnerOf(1)), Add(101, OwnerOf(101)), Add(2, OwnerOf(1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(Add(102, OwnerOf(101)), Add(3, OwnerOf(1))).AsTask());
        Assert.Null(await store.FindCertificateAsync(Records.Serial(102), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(Add(102, OwnerOf(1))).AsTask());
        await store.WriteAsync(Add(102, OwnerOf(101)));
    }

    // A block of a hundred has one.
    private static TransactionKey OwnerOf(int number) => new("cn=a", $"{number / 100}");

    private static StoreChange.AddCertificate Add(int number, TransactionKey transaction) => new(Records.Certificate(number), transaction);
}
