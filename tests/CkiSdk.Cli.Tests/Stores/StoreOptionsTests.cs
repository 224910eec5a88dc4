using CkiSdk.Cli.Tests.Domains;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Shows how a home says where its store is: the options of <c>init</c>, and what is wrong with some of them.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StoreOptionsTests
{
    private static readonly string[] Init = ["cma", "init", "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:0"];

    [Fact]
    public async Task Init_KeepsTheStore_InADatabase_ThatEveryCommandUses()
    {
        using var server = new PostgreSqlServer(isDurable: false);
        server.CreateDatabase("a");
        using var folder = new TemporaryFolder();
        var password = folder.WriteText("password", PostgreSqlServer.Password + "\n");
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (home, store) = (folder.PathOf("a"), $"postgres://{PostgreSqlServer.User}@127.0.0.1:{server.Port}/a");
        await TwoDomains.Ok([.. Init, "--home", home, "--store", store, "--store-password-file", password]);
        Assert.False(File.Exists(Path.Combine(home, "store.sqlite")));
        Assert.DoesNotContain(PostgreSqlServer.Password, await File.ReadAllTextAsync(Path.Combine(home, "home.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await TwoDomains.Ok("cma", "user", "add", "--home", home, "--name", "CN=A1,O=Domain A,C=GB", "--out", folder.PathOf("a1.json"));
        Assert.Contains("A1", await TwoDomains.Ok("cma", "user", "list", "--home", home), StringComparison.Ordinal);
        await TwoDomains.Ok("cma", "status", "--home", home);
        await TwoDomains.Ok("doctor", "--home", home);
        Assert.Contains("all as they were written", await TwoDomains.Ok("audit", "verify", "--home", home), StringComparison.Ordinal);

        // The database is this authority's; a copy of its home is the same authority.
        Assert.Contains("already", await TwoDomains.Fails(2, [.. Init, "--home", folder.PathOf("b"), "--store", store, "--store-password-file", password]), StringComparison.Ordinal);
        ExternalProgram.RunOk("cp", ["-a", home, folder.PathOf("copy")]);
        Assert.Contains("A1", await TwoDomains.Ok("cma", "user", "list", "--home", folder.PathOf("copy")), StringComparison.Ordinal);

        // Another schema of the same database is another store.
        server.Query("a", "CREATE SCHEMA second");
        await TwoDomains.Ok([.. Init, "--home", folder.PathOf("b"), "--store", store + "?schema=second", "--store-password-file", password]);

        // Who may read the password, and a server that is away.
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", await TwoDomains.Fails(2, "cma", "status", "--home", home), StringComparison.Ordinal);
        File.Delete(password);
        Assert.Contains("password", await TwoDomains.Fails(7, "cma", "status", "--home", home), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a password in the address", "postgres://cki:secret@127.0.0.1/a", "--store-password-file")]
    [InlineData("a password in the address of another kind", "postgre://cki:secret@127.0.0.1/a", "USER@HOST")]
    [InlineData("a password with an @ in it", "postgres://cki:se@secret@127.0.0.1/a", "store")]
    [InlineData("a password among the settings", "postgres://cki@127.0.0.1/a?password=secret", "--store-password-file")]
    [InlineData("a password beside an unknown setting", "postgres://cki@127.0.0.1/a?x=1&PASSWORD=secret", "'x' is unknown")]
    [InlineData("no user", "postgres://127.0.0.1/a", "USER@HOST")]
    [InlineData("no database", "postgres://cki@127.0.0.1/", "USER@HOST")]
    [InlineData("another kind of database", "mysql://cki@127.0.0.1/a", "USER@HOST")]
    [InlineData("a word", "postgres", "USER@HOST")]
    [InlineData("an unknown setting", "postgres://cki@127.0.0.1/a?sslmod=require", "'sslmod' is unknown")]
    [InlineData("an unknown way of TLS", "postgres://cki@127.0.0.1/a?sslmode=no", "sslmode is one of")]
    [InlineData("nobody there", "postgres://cki@127.0.0.1:9/a", "no connection")]
    public async Task Init_Rejects_Store(string description, string store, string expected)
    {
        Assert.NotEmpty(description);
        using var folder = new TemporaryFolder();
        var error = await TwoDomains.Fails(2, [.. Init, "--home", folder.PathOf("a"), "--store", store]);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("a")));
    }

    [Theory]
    [InlineData("--store-password-env")]
    [InlineData("--store-password-file")]
    public async Task Init_Rejects_APassword_ForNothing(string option)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("--store", await TwoDomains.Fails(2, [.. Init, "--home", folder.PathOf("a"), option, "X"]), StringComparison.Ordinal);
    }
}
