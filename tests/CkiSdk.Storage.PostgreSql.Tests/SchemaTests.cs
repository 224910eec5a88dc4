using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;

namespace CkiSdk.Storage.PostgreSql.Tests;

/// <summary>Opens databases in every condition: new, by many at once, foreign, of other schema versions, with wrong passwords.</summary>
public sealed class SchemaTests
{
    private readonly string _place = TestServer.NewSchema();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_ByManyAtOnce_Makes_OneSchema()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync()));
        var taken = await Task.WhenAll(stores.Select(store => store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(1), Cancellation).AsTask()));
        Assert.Single(taken, won => won);
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_Waits_WhileAnotherProcessMigrates()
    {
        await using var other = new Npgsql.NpgsqlConnection(_place);
        await other.OpenAsync(Cancellation);
        await using var holding = await other.BeginTransactionAsync(Cancellation);
        await using var command = new Npgsql.NpgsqlCommand("SELECT pg_advisory_xact_lock(x'434B4931'::integer, hashtext(current_schema()))", other, holding);
        await command.ExecuteNonQueryAsync(Cancellation);
        var opening = OpenAsync();
        await Task.Delay(500, Cancellation);
        Assert.False(opening.IsCompleted);
        await holding.RollbackAsync(Cancellation);
        await using var store = await opening;
        Assert.True(await store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(1), Cancellation));
    }

    [Fact]
    public async Task OpenAsync_Rejects_TablesOfAnotherProgram()
    {
        TestServer.Execute(_place, "CREATE TABLE recipes (title text)");
        var exception = await Assert.ThrowsAsync<CmaStoreException>(OpenAsync);
        Assert.Contains("another program", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1L, TestServer.Execute(_place, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"));
    }

    [Fact]
    public async Task OpenAsync_Rejects_ANewerSchema()
    {
        await (await OpenAsync()).DisposeAsync();
        TestServer.Execute(_place, "UPDATE cki_schema SET version = 99");
        var exception = await Assert.ThrowsAsync<CmaStoreException>(OpenAsync);
        Assert.Contains("version 99", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a wrong password", "Password=wrong", "refuses")]
    [InlineData("a database that is not there", "Database=nowhere", "does not exist")]
    [InlineData("a schema that is not there", "Search Path=nowhere", "schema")]
    [InlineData("a server that is not there", "Port=9", "no connection")]
    public async Task OpenAsync_Rejects_Place(string description, string setting, string expected)
    {
        Assert.NotEmpty(description);
        var exception = await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync($"{_place};{setting}", Migration.All));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_Migrates_AnOlderSchema_WithItsRecords()
    {
        await FillAsync();
        Migration[] newer = [.. Migration.All, new(Migration.All.Count + 1, "ALTER TABLE serials ADD COLUMN note text; CREATE TABLE more (id integer)")];
        for (var opening = 0; opening < 2; opening++)
        {
            await using var store = await OpenAsync(_place, newer);
            Assert.False(await store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(2), Cancellation));
            Records.Same(Records.Certificate(1), await store.FindCertificateAsync(Records.Serial(1), Cancellation));
        }

        Assert.Equal(newer.Length, TestServer.Execute(_place, "SELECT version FROM cki_schema"));
        Assert.Equal(0L, TestServer.Execute(_place, "SELECT count(note) FROM serials"));
        await Assert.ThrowsAsync<CmaStoreException>(OpenAsync);
    }

    [Fact]
    public async Task OpenAsync_GivesUsersAndCardsOfTheFirstSchema_Room()
    {
        await (await OpenAsync(_place, [.. Migration.All.Take(1)])).DisposeAsync();
        TestServer.Execute(_place, "INSERT INTO users (canonical_name, name, encryption_certificate) VALUES ('cn=a1', '\\x01', '\\x02'), ('cn=a2', '\\x03', NULL)");
        await using var store = await OpenAsync();
        Assert.Equal(["01 02 ", "03  "], (await store.ListUsersAsync(Cancellation)).Select(user => $"{Convert.ToHexString(user.Name.Span)} {Convert.ToHexString(user.EncryptionCertificate.Span)} {Convert.ToHexString(user.AuthenticationCertificate.Span)}"));
        Assert.Empty(await store.ListCardsAsync(Cancellation));
        await using var other = await OpenAsync();
        await other.WriteAsync(new StoreChange.PutUser(new EnrolledUser("cn=a1", new byte[] { 1 }) { AuthenticationCertificate = new byte[] { 5 } }), new StoreChange.PutCard(new StoredCard("cn=b", new byte[] { 6 })));
        Assert.Equal([5], (await store.FindUserAsync("cn=a1", Cancellation))!.AuthenticationCertificate.ToArray());
        Assert.Equal([6], Assert.Single(await store.ListCardsAsync(Cancellation)).Content.ToArray());
    }

    [Fact]
    public async Task OpenAsync_ChangesNothing_WhenAMigrationFails()
    {
        await FillAsync();
        Migration[] broken = [.. Migration.All, new(Migration.All.Count + 1, "DROP TABLE certificate_holders; CREATE TABLE users (id integer)")];
        await Assert.ThrowsAsync<CmaStoreException>(() => OpenAsync(_place, broken));
        await using var store = await OpenAsync();
        Records.Same(Records.Certificate(1), await store.FindCertificateAsync(Records.Serial(1), Cancellation));
        Assert.Empty(await store.ListHoldersAsync(Records.Serial(1), Cancellation));
    }

    [Fact]
    public void Migrations_AreNumbered_WithoutGaps()
    {
        var names = typeof(Migration).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal);
        Assert.All(names.Index(), name => Assert.StartsWith($"{name.Index + 1:D4}-", name.Item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audit_IsFound_WhereSomebodyHasChangedIt()
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < 3; i++) await store.WriteAsync(new StoreChange.Audit(new AuditEntry(Records.Now, "a", "cn=a", $"{i}")));
        TestServer.Execute(_place, "UPDATE audit SET detail = 'x' WHERE number = 2");
        Assert.Equal(2, AuditChain.Verify(await store.ReadAuditAsync(Cancellation)).BrokenAt);
    }

    private static Task<PostgreSqlCmaStore> OpenAsync(string place, IReadOnlyList<Migration> migrations) =>
        PostgreSqlCmaStore.OpenAsync(place, TimeProvider.System, migrations, TimeSpan.FromMilliseconds(100), Cancellation);

    private Task<PostgreSqlCmaStore> OpenAsync() => PostgreSqlCmaStore.OpenAsync(_place, TimeProvider.System, Cancellation);

    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        await store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(1), Cancellation);
        await store.CommitAsync(Records.Transaction(1), Records.Answer(1), Records.Certificate(1), Cancellation);
    }
}
