namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows what an enrolment file does, and what it does not.</summary>
public sealed class EnrolmentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task User_IsEnrolledAnew_AndKeepsWhatHeHad()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        var (home, file, plain) = (domains.PathOf("a1"), domains.PathOf("a1.json"), domains.PathOf("plain"));
        await File.WriteAllTextAsync(plain, "to himself", Cancel);
        await TwoDomains.Ok("user", "seal", "--home", home, "--to", TwoDomains.NameOf("a1"), "--in", plain, "--out", domains.PathOf("old.cki"));
        var before = await File.ReadAllTextAsync(Path.Combine(home, "tls.pem"), Cancel);
        foreach (var ending in new[] { "", ".secret" }) File.Copy(file + ending, domains.PathOf("older.json") + ending);
        await Task.Delay(TimeSpan.FromSeconds(1.1), Cancel); // certificates begin with a second

        await TwoDomains.Ok("cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", file, "--force");
        await TwoDomains.Ok("user", "enroll", "--home", home, "--in", file, "--password-file", $"{file}.secret");
        Assert.NotEqual(before, await File.ReadAllTextAsync(Path.Combine(home, "tls.pem"), Cancel));
        await TwoDomains.Ok("user", "open", "--home", home, "--in", domains.PathOf("old.cki"), "--out", domains.PathOf("opened"));
        Assert.Equal("to himself", await File.ReadAllTextAsync(domains.PathOf("opened"), Cancel));
        var older = domains.PathOf("older.json");
        Assert.Contains("Use the file that was made last", await TwoDomains.Fails(2, "user", "enroll", "--home", home, "--in", older, "--password-file", $"{older}.secret"), StringComparison.Ordinal);
        await TwoDomains.Ok("user", "certs", "--home", home);

        await domains.EnrolAsync("a2");
        await TwoDomains.Fails(2, "user", "enroll", "--home", home, "--in", domains.PathOf("a2.json"), "--password-file", domains.PathOf("a2.json.secret"));
        await TwoDomains.Fails(2, "user", "enroll", "--home", domains.PathOf("x"), "--in", file, "--password-file", domains.PathOf("a2.json.secret"));
        await TwoDomains.Fails(2, "user", "enroll", "--home", domains.PathOf("x"), "--in", file);
        await TwoDomains.Fails(7, "user", "enroll", "--home", domains.PathOf("x"), "--in", domains.PathOf("nothing"), "--password-file", file);
        await TwoDomains.Fails(2, "cma", "user", "add", "--home", domains.PathOf("a"), "--name", "CN=X,O=Domain X", "--out", domains.PathOf("x.json"));
        Assert.False(Directory.Exists(domains.PathOf("x")));
        Assert.DoesNotContain("BEGIN PRIVATE KEY", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAUserMayDoBesides_IsKept_UntilItIsWithdrawn()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        string[] add = ["cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--force", "--out", domains.PathOf("a1.json")];
        Assert.Equal((false, true), await AddAsync("--may-approve"));
        Assert.Equal((false, true), await AddAsync());
        Assert.Equal((true, false), await AddAsync("--may-recover"));
        await TwoDomains.Fails(2, [.. add, "--may-approve", "--withdraw"]);
        Assert.Equal((false, false), await AddAsync("--withdraw"));
        Assert.Equal((false, false), await AddAsync());

        async Task<(bool MayRecover, bool MayApprove)> AddAsync(params string[] more)
        {
            var enrolled = await TwoDomains.Json([.. add, .. more]);
            return (enrolled.GetProperty("mayRecover").GetBoolean(), enrolled.GetProperty("mayApprove").GetBoolean());
        }
    }

    [Fact]
    public async Task StolenHome_IsOfNoUse_OnceTheUserIsEnrolledAnew()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        var (home, stolen, file) = (domains.PathOf("a1"), domains.PathOf("stolen"), domains.PathOf("a1.json"));
        Directory.CreateDirectory(stolen);
        foreach (var path in Directory.EnumerateFiles(home)) File.Copy(path, Path.Combine(stolen, Path.GetFileName(path)));
        await TwoDomains.Ok("user", "certs", "--home", stolen);
        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--reason", "key-compromise");
        string[] add = ["cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", file, "--force"];
        Assert.Contains("is revoked", await TwoDomains.Fails(3, add), StringComparison.Ordinal);
        var added = await TwoDomains.Ok([.. add, "--while-revoked"]);
        Assert.Contains("he is revoked, and gets nothing before 'cki cma user restore'", added, StringComparison.Ordinal);
        await TwoDomains.Fails(5, "user", "certs", "--home", stolen);
        await TwoDomains.Ok("cma", "user", "restore", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"));

        // He would get, and acknowledge, what waits for the user.
        await TwoDomains.Fails(5, "user", "certs", "--home", stolen);
        Directory.Delete(home, recursive: true);
        await TwoDomains.Ok("user", "enroll", "--home", home, "--in", file, "--password-file", $"{file}.secret");
        await TwoDomains.Ok("user", "certs", "--home", home);
    }

    // Names of files that cannot be written beside their temporary ones: the second one has room for that of the enrolment file alone.
    [Theory]
    [InlineData("no/a1.json", 0)]
    [InlineData("x", 245)]
    [InlineData("x", 235)]
    public async Task AFile_ThatCannotBeWritten_ChangesNothing(string name, int length)
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        var (home, file) = (domains.PathOf("a1"), domains.PathOf(name.PadRight(length, 'x')));
        await TwoDomains.Fails(2, "cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", file);
        Assert.False(File.Exists(file));
        Assert.DoesNotContain(Directory.EnumerateFiles(domains.PathOf("")), left => left.EndsWith(".new", StringComparison.Ordinal));
        await TwoDomains.Ok("user", "certs", "--home", home);
    }

    [Fact]
    public async Task AChange_ThatTheStoreRefuses_LeavesTheFilesOfBefore()
    {
        // Its TLCMA does not run, so that the CMA has no key of the domain yet.
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        string[] add = ["cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out"];
        var (file, other) = (domains.PathOf("a1.json"), domains.PathOf("other.json"));
        foreach (var path in new[] { file, $"{file}.secret" }) await File.WriteAllTextAsync(path, path, Cancel);
        await TwoDomains.Fails(2, [.. add, file]);
        await TwoDomains.Fails(4, [.. add, file, "--force"]);
        await TwoDomains.Fails(4, [.. add, other]);
        Assert.Equal((file, $"{file}.secret"), (await File.ReadAllTextAsync(file, Cancel), await File.ReadAllTextAsync($"{file}.secret", Cancel)));
        Assert.False(File.Exists(other) || File.Exists($"{other}.secret"));
        Assert.DoesNotContain(Directory.EnumerateFiles(domains.PathOf("")), left => left.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cma_ThatIsDown_LeavesAHome_ThatGoesOnLater()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await TwoDomains.Ok("cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", domains.PathOf("a1.json"));
        var error = await TwoDomains.Fails(5, "user", "enroll", "--home", domains.PathOf("a1"), "--in", domains.PathOf("a1.json"), "--password-file", domains.PathOf("a1.json.secret"));
        Assert.Contains("'cki user certs --home", error, StringComparison.Ordinal);
        await domains.StartAsync("a");
        var certs = await TwoDomains.Json("user", "certs", "--home", domains.PathOf("a1"));
        Assert.Equal(TwoDomains.NameOf("a1"), certs.GetProperty("send")[0].GetProperty("user").GetString());
        Assert.Equal("valid", certs.GetProperty("send")[0].GetProperty("state").GetString());
    }
}
