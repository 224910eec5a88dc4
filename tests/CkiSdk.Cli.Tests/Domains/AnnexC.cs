namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is what two domains do with each other by the commands of operators and users (Part 2 Annex C), whatever way their messages go: from nothing to a sealed file, to its revoked recipient, and back.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class AnnexC
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs all of it between two domains whose authorities run already.</summary>
    public static async Task RunAsync(TwoDomains domains)
    {
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        var (plain, message, opened) = (domains.PathOf("report.txt"), domains.PathOf("report.cki"), domains.PathOf("opened.txt"));
        await File.WriteAllTextAsync(plain, "from A1 to B1", Cancel);

        var seal = await TwoDomains.Json("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", plain, "--out", message);
        Assert.Equal([TwoDomains.NameOf("b1")], seal.GetProperty("to").EnumerateArray().Select(name => name.GetString()));
        var open = await TwoDomains.Json("user", "open", "--home", domains.PathOf("b1"), "--in", message, "--out", opened);
        Assert.Equal(TwoDomains.NameOf("a1"), open.GetProperty("from").GetString());
        Assert.Equal("from A1 to B1", await File.ReadAllTextAsync(opened, Cancel));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(opened));

        await AssertRefusalsAsync(domains, plain, message);
        await AssertRevocationAsync(domains, plain);
        var exchanged = await TwoDomains.Json("cma", "peer", "exchange", "--home", domains.PathOf("b"), "--cma", "CN=CMA A,O=Domain A,C=GB");
        Assert.Equal("granted", exchanged.GetProperty("status").GetString());
    }

    // Each of the exit codes that a user meets.
    private static async Task AssertRefusalsAsync(TwoDomains domains, string plain, string message)
    {
        string[] open = ["user", "open", "--home", domains.PathOf("b1"), "--in", message, "--out"];
        await TwoDomains.Fails(2, [.. open, domains.PathOf("opened.txt")]); // the file is there
        await TwoDomains.Fails(7, "user", "open", "--home", domains.PathOf("a1"), "--in", message, "--out", domains.PathOf("x"));
        var bad = await File.ReadAllBytesAsync(message, Cancel);
        bad[^20] ^= 1;
        await File.WriteAllBytesAsync(domains.PathOf("bad.cki"), bad, Cancel);
        await TwoDomains.Fails(1, "user", "open", "--home", domains.PathOf("b1"), "--in", domains.PathOf("bad.cki"), "--out", domains.PathOf("x"));
        await TwoDomains.Fails(1, "user", "open", "--home", domains.PathOf("b1"), "--in", plain, "--out", domains.PathOf("x"));
        Assert.False(File.Exists(domains.PathOf("x")));
        var error = await TwoDomains.Fails(3, "user", "seal", "--home", domains.PathOf("a1"), "--to", "CN=C1,O=Domain C,C=GB", "--in", plain, "--out", domains.PathOf("x"));
        Assert.Contains("is in no domain that this CMA knows", error, StringComparison.Ordinal);
        await TwoDomains.Fails(2, "user", "seal", "--home", domains.PathOf("a1"), "--to", "C1", "--in", plain, "--out", domains.PathOf("x"));
        await TwoDomains.Fails(7, "cma", "user", "revoke", "--home", domains.PathOf("a"), "--name", "CN=A9,O=Domain A,C=GB");
        await TwoDomains.Fails(8, "user", "certs", "--home", domains.PathOf("a1"), "--days", "5000");
        await TwoDomains.Fails(8, "cma", "status", "--home", domains.PathOf("a"), "--days", "5000");
    }

    private static async Task AssertRevocationAsync(TwoDomains domains, string plain)
    {
        string[] seal = ["user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", plain, "--force", "--out", domains.PathOf("again.cki")];
        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b1"), "--reason", "key-compromise");
        await TwoDomains.UntilAsync("a refusal", async () => (await CkiProgram.RunInsideAsync(seal)).Code == 3);
        var error = await TwoDomains.Fails(3, seal);
        Assert.Contains($"{TwoDomains.NameOf("b1")} is revoked", error, StringComparison.Ordinal);
        var users = (await TwoDomains.Json("cma", "user", "list", "--home", domains.PathOf("b"))).GetProperty("users")[0];
        Assert.Equal(("revoked", "key-compromise"), (users.GetProperty("state").GetString(), users.GetProperty("reason").GetString()));
        await TwoDomains.Fails(3, "cma", "user", "add", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b1"), "--out", domains.PathOf("b1-again.json"));

        await TwoDomains.Ok("cma", "user", "restore", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b1"));
        await TwoDomains.UntilAsync("a new certificate", async () => (await CkiProgram.RunInsideAsync(seal)).Code == 0);
        await TwoDomains.Ok("user", "open", "--home", domains.PathOf("b1"), "--in", domains.PathOf("again.cki"), "--out", domains.PathOf("again.txt"));
    }
}
