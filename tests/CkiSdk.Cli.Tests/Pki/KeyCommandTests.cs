using System.Text;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows the commands of <c>cki pki key</c>, beside OpenSSL.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rsa:2048")]
    [InlineData("ec:P-256")]
    [InlineData("ec:P-384")]
    [InlineData("ec:P-521")]
    [InlineData("ed25519")]
    [InlineData("dh:ffdhe2048")]
    public async Task Generate_Inspect_AndConvert_Work(string kind)
    {
        var (key, pub) = (_folder.PathOf("key.pem"), _folder.PathOf("pub.pem"));
        await Ok("pki", "key", "generate", "--key", kind, "--out", key);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        using var shown = JsonDocument.Parse(await Ok("pki", "key", "inspect", key, "--json"));
        Assert.Equal(kind, shown.RootElement.GetProperty("key").GetString());
        Assert.True(shown.RootElement.GetProperty("private").GetBoolean());
        Assert.True(shown.RootElement.GetProperty("usable").GetBoolean());
        await Ok("pki", "key", "convert", key, "--as", "public", "--out", pub);
        Assert.Equal(ExternalProgram.RunOk("openssl", ["pkey", "-in", key, "-pubout"]).Text, await File.ReadAllTextAsync(pub, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Passwords_ComeFromFiles_AndAreChecked()
    {
        var (key, plain, password, wrong) = (_folder.PathOf("key.pem"), _folder.PathOf("plain.pem"), _folder.PathOf("password"), _folder.PathOf("wrong"));
        await File.WriteAllTextAsync(password, "correct horse\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(wrong, "battery\n", TestContext.Current.CancellationToken);
        await Ok("pki", "key", "generate", "--key", "ec:P-256", "--out", key, "--password-file", password);
        ExternalProgram.RunOk("openssl", ["pkey", "-in", key, "-passin", "file:" + password, "-noout"]);
        Assert.Equal("password-missing", await Error(2, "pki", "key", "inspect", key, "--json"));
        Assert.Equal("password-wrong", await Error(2, "pki", "key", "inspect", key, "--password-file", wrong, "--json"));
        await Ok("pki", "key", "convert", key, "--password-file", password, "--as", "traditional", "--out", plain);
        Assert.StartsWith("-----BEGIN EC PRIVATE KEY-----", await File.ReadAllTextAsync(plain, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("file-exists", await Error(2, "pki", "key", "convert", key, "--password-file", password, "--out", plain, "--json"));
        await Ok("pki", "key", "convert", key, "--password-file", password, "--out", plain, "--force", "--new-password-file", wrong, "--scrypt");
        ExternalProgram.RunOk("openssl", ["pkey", "-in", plain, "-passin", "file:" + wrong, "-noout"]);
    }

    [Fact]
    public async Task Inspect_Shows_WeakKeys_WithTheReason()
    {
        var key = _folder.PathOf("weak.pem");
        ExternalProgram.RunOk("openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-out", key]);
        using var shown = JsonDocument.Parse(await Ok("pki", "key", "inspect", key, "--json"));
        Assert.False(shown.RootElement.GetProperty("usable").GetBoolean());
        Assert.Contains("1024 bits", shown.RootElement.GetProperty("finding").GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_Shows_WhatOpenSslShows_ButNothingPrivate()
    {
        var key = _folder.PathOf("key.pem");
        await Ok("pki", "key", "generate", "--key", "rsa:2048", "--out", key);
        var text = await Ok("pki", "key", "inspect", key, "--text");
        var expected = ExternalProgram.RunOk("openssl", ["pkey", "-in", key, "-noout", "-text_pub"]).Text;
        Assert.Contains("65537 (0x10001)", text, StringComparison.Ordinal);
        var middle = expected.Split('\n').First(line => line.StartsWith("    ", StringComparison.Ordinal) && !line.Contains("00:", StringComparison.Ordinal)).Trim()[..20];
        Assert.Contains(middle.Replace(":", "", StringComparison.Ordinal), text.Replace(":", "", StringComparison.Ordinal).Replace("\n    ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("prime", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("an unknown kind", "rsa:1024", "pki", "key", "generate", "--key", "rsa:1024", "--out", "x")]
    [InlineData("a small exponent", "--exponent: '3'", "pki", "key", "generate", "--key", "rsa:2048", "--exponent", "3", "--out", "x")]
    [InlineData("an exponent of no RSA key", "--exponent goes with rsa", "pki", "key", "generate", "--key", "ed25519", "--exponent", "65539", "--out", "x")]
    [InlineData("both secrets", "do not go together", "pki", "key", "inspect", "x", "--password-file", "y", "--password-env", "Z")]
    [InlineData("an unset variable", "CKI_NOT_SET", "pki", "key", "inspect", "x", "--password-env", "CKI_NOT_SET")]
    [InlineData("text and json", "--text and --json", "pki", "key", "inspect", "x", "--text", "--json")]
    public async Task WrongUse_Ends_WithTwoAndThePlace(string description, string place, params string[] args)
    {
        var (code, _, error) = await CkiProgram.RunInsideAsync(args);
        Assert.True(code == 2, $"{description}: {code}");
        Assert.Contains(place, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingFile_Ends_WithSevenAndItsName()
    {
        var (code, _, error) = await CkiProgram.RunInsideAsync(["pki", "key", "inspect", "nowhere.pem"]);
        Assert.Equal(7, code);
        Assert.Contains("nowhere.pem", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pki", "--help")]
    [InlineData("pki", "key", "--help")]
    [InlineData("pki", "key", "generate", "--help")]
    [InlineData("pki", "key", "inspect", "--help")]
    [InlineData("pki", "key", "convert", "--help")]
    public async Task Help_Has_AnExample(params string[] args)
    {
        var (code, output, _) = await CkiProgram.RunInsideAsync(args);
        Assert.Equal(0, code);
        Assert.Contains("Example:\n  cki pki key", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoKey_IsInvalidInput()
    {
        var file = _folder.PathOf("text");
        await File.WriteAllBytesAsync(file, Encoding.ASCII.GetBytes("nothing"), TestContext.Current.CancellationToken);
        Assert.Equal("invalid-key", await Error(1, "pki", "key", "inspect", file, "--json"));
    }

    private static async Task<string> Ok(params string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(args);
        Assert.True(code == 0, error);
        return output;
    }

    private static async Task<string?> Error(int expected, params string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(args);
        Assert.Equal(expected, code);
        Assert.NotEmpty(error);
        return JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString();
    }
}
