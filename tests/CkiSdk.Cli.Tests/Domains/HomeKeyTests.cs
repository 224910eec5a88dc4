using CkiSdk.Cli.Tests.Pki;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that everything secret in a home is encrypted under a key that may come from a file, the environment or a token.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HomeKeyTests : IDisposable
{
    private const string Name = "CN=CMA K,O=Domain K,C=GB";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Init => ["cma", "init", "--home", _folder.PathOf("k"), "--name", Name, "--domain", "O=Domain K,C=GB", "--listen", "127.0.0.1:0"];

    private string[] Status => ["cma", "status", "--home", _folder.PathOf("k")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task File_ElsewhereIsMade_AndOpensKeysWithOpenSsl()
    {
        var key = _folder.PathOf("key");
        Assert.Equal(0, (await CkiProgram.RunInsideAsync([.. Init, "--key-file", key])).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.False(File.Exists(_folder.PathOf("k/home.key")));
        ExternalProgram.RunOk("openssl", ["pkey", "-in", _folder.PathOf("k/cma.key"), "-passin", $"file:{key}", "-noout"]);
        Assert.Equal(0, (await CkiProgram.RunInsideAsync(Status)).Code);
        File.Move(key, key + ".away");
        var (code, _, error) = await CkiProgram.RunInsideAsync(Status);
        Assert.Equal(7, code);
        Assert.Contains("Without it they are lost", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_HoldsTheKey_AndTheHomeHoldsNone()
    {
        const string Variable = "CKI_TEST_HOME_KEY";
        Environment.SetEnvironmentVariable(Variable, new string('5', 64));
        Assert.Equal(0, (await CkiProgram.RunInsideAsync([.. Init, "--key-env", Variable])).Code);
        Assert.Equal(0, (await CkiProgram.RunInsideAsync(Status)).Code);
        Assert.All(Directory.EnumerateFiles(_folder.PathOf("k")), file => Assert.DoesNotContain("5555555555555555", File.ReadAllText(file), StringComparison.Ordinal));
        Environment.SetEnvironmentVariable(Variable, new string('6', 64));
        var (code, _, error) = await CkiProgram.RunInsideAsync(Status);
        Assert.Equal(2, code);
        Assert.Contains("the key of the home does not open it", error, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, null);
        Assert.Equal(2, (await CkiProgram.RunInsideAsync(Status)).Code);
    }

    [Fact]
    public void Token_DerivesTheKey()
    {
        var token = new SoftHsmToken(_folder, "homes", "1234");
        var pin = _folder.WriteText("pin", "1234\n");
        string[] env = [$"SOFTHSM2_CONF={token.Configuration}"];
        ExternalProgram.RunOk("env", [.. env, "pkcs11-tool", "--module", token.Module, "--token-label", "homes", "--login", "--pin", "1234", "--keygen", "--key-type", "GENERIC:32", "--label", "home", "--usage-sign"]);
        string[] cki = [.. env, .. CkiProgram.Command];
        ExternalProgram.RunOk("env", [.. cki, .. Init, "--key-uri", $"pkcs11:token=homes;object=home?module-path={token.Module}&pin-source=file:{pin}"]);
        ExternalProgram.RunOk("env", [.. cki, .. Status]);
        Assert.False(File.Exists(_folder.PathOf("k/home.key")));
    }

    [Fact]
    public async Task Sources_DoNotGoTogether_AndAnExistingHomeStays()
    {
        Assert.Equal(2, (await CkiProgram.RunInsideAsync([.. Init, "--key-env", "X", "--key-file", "y"])).Code);
        Assert.Equal(0, (await CkiProgram.RunInsideAsync(Init)).Code);
        var before = await File.ReadAllTextAsync(_folder.PathOf("k/cma.pem"), Cancel);
        var (code, _, error) = await CkiProgram.RunInsideAsync(Init);
        Assert.Equal(2, code);
        Assert.Contains("is not empty", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_folder.PathOf("k/cma.pem"), Cancel));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public async Task Configuration_OfAnotherVersionOrWithUnknownWords_IsRefused()
    {
        Assert.Equal(0, (await CkiProgram.RunInsideAsync(Init)).Code);
        var file = _folder.PathOf("k/home.json");
        var text = await File.ReadAllTextAsync(file, Cancel);
        foreach (var (changed, words) in new[] { (text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal), "has version 2"), (text.Replace("\"listen\"", "\"lissen\"", StringComparison.Ordinal), "lissen") })
        {
            await File.WriteAllTextAsync(file, changed, Cancel);
            var (code, _, error) = await CkiProgram.RunInsideAsync(Status);
            Assert.Equal(2, code);
            Assert.Contains(words, error, StringComparison.Ordinal);
        }
    }
}
