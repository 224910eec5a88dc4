using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Opens files in every condition: new, foreign, damaged, of other schema versions.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => _folder.PathOf("cma.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_Makes_AFileForItsOwnerOnly()
    {
        await using var store = await OpenAsync();
        await store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(1), Cancellation);
        Assert.Equal("wal", Query("PRAGMA journal_mode"));
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in new[] { Path, Path + "-wal", Path + "-shm" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task OpenAsync_Takes_AnEmptyFile()
    {
        // What a crash between making the file and its schema leaves behind.
        await File.WriteAllBytesAsync(Path, [], Cancellation);
        await using var store = await OpenAsync();
        Assert.True(await store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(1), Cancellation));
    }

    [Fact]
    public async Task OpenAsync_ByManyAtOnce_Makes_OneSchema()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync()));
        var taken = await Task.WhenAll(stores.Select(store => store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(1), Cancellation).AsTask()));
        Assert.Single(taken, won => won);
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_Rejects_AMissingFolder()
    {
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync(_folder.PathOf("missing/cma.db")));
        Assert.Contains("missing/cma.db", exception.Message, StringComparison.Ordinal);
        Assert.Contains("folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_Rejects_AFolderThatCannotBeWritten()
    {
        // Not even the superuser makes files there.
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync("/sys/cma.db"));
        Assert.Contains("may write", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_Rejects_AFolderAsFile()
    {
        Directory.CreateDirectory(Path);
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync());
        Assert.Equal(Path, exception.Store);
    }

    [Fact]
    public async Task OpenAsync_Rejects_WhatIsNoDatabase()
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter. ", 1000));
        await File.WriteAllTextAsync(Path, text, Cancellation);
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync());
        Assert.Contains("no SQLite database", exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(Path, Cancellation));
    }

    [Fact]
    public async Task OpenAsync_Rejects_ADatabaseOfAnotherProgram()
    {
        Query("CREATE TABLE recipes (title TEXT)");
        var before = await File.ReadAllBytesAsync(Path, Cancellation);
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync());
        Assert.Contains("another program", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path, Cancellation));
    }

    [Fact]
    public async Task OpenAsync_Rejects_ANewerSchema()
    {
        await (await OpenAsync()).DisposeAsync();
        Query($"PRAGMA user_version = {Migration.All.Count + 1}");
        var before = await File.ReadAllBytesAsync(Path, Cancellation);
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync());
        Assert.Contains($"version {Migration.All.Count + 1}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path, Cancellation));
    }

    [Theory]
    [InlineData("cut off in the middle", 0.5, 0)]
    [InlineData("overwritten pages", 1, 3)]
    public async Task OpenAsync_Rejects_DamagedFile(string description, double kept, int overwrittenPages)
    {
        Assert.NotEmpty(description);
        await FillAsync();
        var octets = await File.ReadAllBytesAsync(Path, Cancellation);
        var damaged = octets[..(int)(octets.Length * kept)];
        damaged.AsSpan(2 * 4096, overwrittenPages * 4096).Fill(0x5A);
        await File.WriteAllBytesAsync(Path, damaged, Cancellation);
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync());
        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Path, Cancellation));
    }

    [Fact]
    public async Task NewFiles_HavePagesOf8KiB_OthersKeepTheirs()
    {
        await FillAsync();
        Assert.Equal(8192L, Query("PRAGMA page_size"));
        Query("PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM");
        await using var store = await OpenAsync();
        Assert.Equal(4096L, Query("PRAGMA page_size"));
        Records.Same(Records.Certificate(1), await store.FindCertificateAsync(Records.Serial(1), Cancellation));
    }

    [Fact]
    public async Task OpenAsync_Migrates_AnOlderSchema_WithItsRecords()
    {
        await FillAsync();
        Migration[] newer = [.. Migration.All, new(Migration.All.Count + 1, "ALTER TABLE serials ADD COLUMN note TEXT; CREATE TABLE more (id INTEGER);")];
        for (var opening = 0; opening < 2; opening++)
        {
            await using var store = await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, newer, Cancellation);
            Assert.False(await store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(2), Cancellation));
            Records.Same(Records.Certificate(1), await store.FindCertificateAsync(Records.Serial(1), Cancellation));
        }

        Assert.Equal((long)newer.Length, Query("PRAGMA user_version"));
        Assert.Equal(0L, Query("SELECT count(note) FROM serials"));
        await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync());
    }

    [Fact]
    public async Task OpenAsync_Migrates_TheFirstSchema_WithItsRecords()
    {
        await (await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, [.. Migration.All.Take(1)], Cancellation)).DisposeAsync();
        Query(
            """
            INSERT INTO users VALUES ('cn=a1', x'01', 0), ('cn=a2', x'02', 1);
            INSERT INTO interoperability_keys VALUES ('0a', NULL, 1, 2, zeroblob(40));
            INSERT INTO generations VALUES ('0a', 'cn=a1', 3);
            INSERT INTO serials VALUES (x'05', 'cn=a2', '01', 1);
            INSERT INTO certificates VALUES (x'05', 'send', 'cn=a2', 9, x'06');
            INSERT INTO answers VALUES ('cn=a2', '01', x'07', x'08', NULL, 1);
            INSERT INTO announcements (recipient, message, enqueued_at) VALUES ('cn=a1', x'09', 1);
            """);
        await using var store = await OpenAsync();
        Assert.False((await store.FindUserAsync("cn=a1", Cancellation))!.IsRevoked);
        var revoked = await store.FindUserAsync("cn=a2", Cancellation);
        Assert.True(revoked!.IsRevoked);
        Assert.True(revoked.EncryptionCertificate.IsEmpty);
        Assert.Equal("cn=a2", Assert.Single((await store.FindRevokedListAsync(RevokedList.Own, RevokedList.Own, Cancellation))!.Users).CanonicalName);
        var key = Assert.Single(await store.ListInteroperabilityKeysAsync(Cancellation));
        Assert.True(key is { YourReference: null, AskedAt: null, DomainCertificate.IsEmpty: true, BaseAndModulus.IsEmpty: true });
        Assert.Equal(3, await store.GenerationAsync("0a", "cn=a1", Cancellation));
        Assert.Null((await store.FindCertificateAsync(new byte[] { 5 }, Cancellation))!.KeyReference);
        Assert.Equal([8], (await store.FindAnswerAsync(new TransactionKey("cn=a2", "01"), Cancellation))!.Body.ToArray());
        Assert.Equal([9], (await store.PeekAnnouncementAsync("cn=a1", Cancellation))!.Message.ToArray());

        // Who was revoked can be restored, and his old certificate is found for the CRL.
        await store.WriteAsync(new StoreChange.RevokeCertificates("cn=a2", 1, new DateTimeOffset(5, TimeSpan.Zero)));
        Assert.Single(await store.ListRevokedCertificatesAsync(new DateTimeOffset(5, TimeSpan.Zero), new DateTimeOffset(5, TimeSpan.Zero), Cancellation));
        await store.WriteAsync(new StoreChange.ReplaceRevokedList(new RevokedList(RevokedList.Own, RevokedList.Own, Records.Now, [])));
        Assert.False((await store.FindUserAsync("cn=a2", Cancellation))!.IsRevoked);
    }

    [Fact]
    public async Task OpenAsync_Marks_WhatTheSeventhSchemaWrote()
    {
        await (await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, [.. Migration.All.Take(7)], Cancellation)).DisposeAsync();
        Query(
            """
            INSERT INTO serials SELECT CAST(printf('%05d', value) AS BLOB), 'cn=a', '01', 1 FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 3000) SELECT value FROM n);
            INSERT INTO certificates (serial, usage, subject, not_after, encoded) SELECT serial, CASE WHEN rowid % 2 THEN 'send' ELSE 'receive' END, 'cn=a' || (rowid % 10), 1000 + rowid, zeroblob(99) FROM (SELECT serial, row_number() OVER () AS rowid FROM serials);
            INSERT INTO answers (sender, transaction_id, request_hash, body, answered_at) SELECT 'cn=a', CAST(serial AS TEXT), x'07', serial, 1 FROM serials;
            INSERT INTO certificate_holders SELECT serial, 'cn=h' FROM certificates WHERE usage = 'receive';
            INSERT INTO revoked_certificates SELECT serial, 1, 5 FROM certificates WHERE subject = 'cn=a3';
            """);
        await using var store = await OpenAsync();
        var start = new DateTimeOffset(0, TimeSpan.Zero);
        for (var number = 1; number <= 3000; number += 13)
            Assert.Equal(System.Text.Encoding.ASCII.GetBytes($"{number:D5}"), (await store.FindAnswerAsync(new TransactionKey("cn=a", $"{number:D5}"), Cancellation))!.Body.ToArray());
        Assert.Null(await store.FindAnswerAsync(new TransactionKey("cn=a", "03001"), Cancellation));
        Assert.Equal(300, (await store.ListCertificatesAsync("cn=a4", "receive", start, Cancellation)).Count);
        Assert.Equal(300, (await store.ListAllCertificatesAsync("cn=a3", "send", Cancellation)).Count);
        Assert.Empty(await store.ListCertificatesAsync("cn=a3", "send", start, Cancellation));
        Assert.Equal(300, (await store.ListRevokedCertificatesAsync(start, start, Cancellation)).Count);
        Assert.Equal(2700, (await store.ListEndingAsync(start, start.AddTicks(4000), Cancellation)).Count);
        Assert.Equal(["cn=h"], await store.ListHoldersAsync("00002"u8.ToArray(), Cancellation));
        Assert.Equal(0L, await store.QueryAsync(MarksTests.WithoutOneMark));
        Assert.Equal("ok", await store.QueryAsync("PRAGMA integrity_check"));
        Assert.Null(await store.QueryAsync("PRAGMA foreign_key_check"));
    }

    [Fact]
    public async Task OpenAsync_GivesUsersAndCardsOfTheEighthSchema_Room()
    {
        await (await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, [.. Migration.All.Take(8)], Cancellation)).DisposeAsync();
        Query("INSERT INTO users (canonical_name, name, encryption_certificate) VALUES ('cn=a1', x'01', x'02'), ('cn=a2', x'03', NULL); INSERT INTO peers (canonical_name, name, kinds, domain, encryption_certificate, anchor) VALUES ('cn=b', x'04', 1, x'', x'', x'')");
        await using var store = await OpenAsync();
        Assert.Equal(["01 02 ", "03  "], (await store.ListUsersAsync(Cancellation)).Select(user => $"{Convert.ToHexString(user.Name.Span)} {Convert.ToHexString(user.EncryptionCertificate.Span)} {Convert.ToHexString(user.AuthenticationCertificate.Span)}"));
        Assert.NotNull(await store.FindPeerAsync("cn=b", Cancellation));
        Assert.Empty(await store.ListCardsAsync(Cancellation));

        // And what is written there now is seen by who has the state in memory.
        await using var other = await OpenAsync();
        await other.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { AuthenticationCertificate = new byte[] { 5 } }), new StoreChange.PutCard(new StoredCard("cn=b", new byte[] { 6 })));
        Assert.Equal([5], (await store.FindUserAsync("cn=a1", Cancellation))!.AuthenticationCertificate.ToArray());
        Assert.Equal([6], Assert.Single(await store.ListCardsAsync(Cancellation)).Content.ToArray());
    }

    [Fact]
    public async Task OpenAsync_ChangesNothing_WhenAMigrationFails()
    {
        await FillAsync();
        Migration[] broken = [.. Migration.All, new(Migration.All.Count + 1, "DROP TABLE certificates; CREATE TABLE users (id INTEGER);")];
        await Assert.ThrowsAsync<CmaStoreException>(() => SqliteCmaStore.OpenAsync(Path, TimeProvider.System, broken, Cancellation));
        await using var store = await OpenAsync();
        Records.Same(Records.Certificate(1), await store.FindCertificateAsync(Records.Serial(1), Cancellation));
    }

    [Fact]
    public void Migrations_AreNumbered_WithoutGaps()
    {
        var names = typeof(Migration).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal);
        Assert.All(names.Index(), name => Assert.StartsWith($"{name.Index + 1:D4}-", name.Item, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(migration => migration.Version));
    }

    private Task<SqliteCmaStore> OpenAsync(string? path = null) => SqliteCmaStore.OpenAsync(path ?? Path, TimeProvider.System, Cancellation);

    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 50; i++)
        {
            await store.TryReserveSerialAsync(Records.Serial(i), Records.Transaction(i), Cancellation);
            await store.CommitAsync(Records.Transaction(i), Records.Answer(1), Records.Certificate(i), Cancellation);
        }
    }

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
