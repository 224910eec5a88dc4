using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows <c>cki pki sign</c>, <c>verify</c>, <c>encrypt</c> and <c>decrypt</c> on files, beside OpenSSL.</summary>
public sealed class MessageCommandsTests : IDisposable
{
    private readonly PkiFolder _folder = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(150_000);
    private readonly string _file;

    public MessageCommandsTests() => _file = _folder.Write("content", _content);

    [Theory]
    [InlineData("pem", false)]
    [InlineData("der", true)]
    public async Task Sign_Verify_GoTogether(string form, bool isDetached)
    {
        var (certificate, key) = _folder.Add("alice", isRsa: true);
        var (signed, read) = (_folder.PathOf("signed"), _folder.PathOf("read"));
        string[] detached = isDetached ? ["--detached"] : [];
        await Run(0, ["sign", "--in", _file, "--key", key, "--cert", certificate, "--trust", _folder.Root, "--outform", form, "--out", signed, .. detached]);
        string[] content = isDetached ? ["--content", _file] : [];
        var json = await Run(0, ["verify", "--in", signed, "--trust", _folder.Root, "--out", read, "--json", .. content]);
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Equal("CN=alice", json.GetProperty("signers")[0].GetProperty("subject").GetString());
        Assert.Equal(_content, await File.ReadAllBytesAsync(read, TestContext.Current.CancellationToken));
        string[] openssl = isDetached ? ["-content", _file] : [];
        var result = ExternalProgram.Run("openssl", ["cms", "-verify", "-binary", "-inform", form, "-in", signed, "-CAfile", _folder.Root, "-purpose", "any", .. openssl]);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public async Task Verify_Refuses_WhatIsNotTrusted()
    {
        using var other = new PkiFolder();
        var (certificate, key) = _folder.Add("alice", isRsa: false);
        var (signed, read) = (_folder.PathOf("signed"), _folder.PathOf("read"));
        await Run(0, ["sign", "--in", _file, "--key", key, "--cert", certificate, "--outform", "der", "--out", signed]);
        var json = await Run(6, ["verify", "--in", signed, "--trust", other.Root, "--out", read, "--json"]);
        Assert.NotEqual(0, json.GetProperty("signers")[0].GetProperty("trust").GetProperty("reasons").GetArrayLength());
        await Run(0, ["verify", "--in", signed, "--signature-only", "--json"]);
        var octets = await File.ReadAllBytesAsync(signed, TestContext.Current.CancellationToken);
        octets[octets.Length / 2] ^= 1;
        json = await Run(6, ["verify", "--in", _folder.Write("changed", octets), "--trust", _folder.Root, "--out", read, "--json"]);
        Assert.Equal("the content is not the one that was signed", json.GetProperty("signers")[0].GetProperty("fault").GetString());
        await Run(1, ["verify", "--in", _file, "--trust", _folder.Root, "--json"]);
        await Run(2, ["verify", "--in", signed, "--json"]);
        Assert.False(File.Exists(read));
    }

    [Theory]
    [InlineData("aes-256-gcm", "der", true)]
    [InlineData("aes-128-cbc", "pem", true)]
    [InlineData("aes-192-gcm", "pem", false)]
    public async Task Encrypt_Decrypt_GoTogether(string cipher, string form, bool isRsa)
    {
        var (certificate, key) = _folder.Add("bob", isRsa);
        var (encrypted, read) = (_folder.PathOf("encrypted"), _folder.PathOf("read"));
        await Run(0, ["encrypt", "--in", _file, "--to", certificate, "--trust", _folder.Root, "--cipher", cipher, "--outform", form, "--out", encrypted]);
        var json = await Run(0, ["decrypt", "--in", encrypted, "--key", key, "--cert", certificate, "--out", read, "--json"]);
        Assert.Equal(cipher.EndsWith("gcm", StringComparison.Ordinal), json.GetProperty("authenticated").GetBoolean());
        Assert.Equal(_content, await File.ReadAllBytesAsync(read, TestContext.Current.CancellationToken));
        Assert.Equal(_content, ExternalProgram.RunOk("openssl", ["cms", "-decrypt", "-binary", "-inform", form, "-in", encrypted, "-recip", certificate, "-inkey", key]).Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decrypt_Takes_AnEncryptedKey(bool isRsa)
    {
        var (certificate, key) = _folder.Add("bob", isRsa);
        var (encrypted, read, locked) = (_folder.PathOf("encrypted"), _folder.PathOf("read"), _folder.PathOf("locked"));
        var (password, wrong) = (_folder.Write("password", "open sesame\n"u8.ToArray()), _folder.Write("wrong", "open barley\n"u8.ToArray()));
        ExternalProgram.RunOk("openssl", ["pkcs8", "-topk8", "-in", key, "-v2", "aes-256-cbc", "-passout", $"file:{password}", "-out", locked]);
        await Run(0, ["encrypt", "--in", _file, "--to", certificate, "--trust", _folder.Root, "--out", encrypted]);
        await Run(2, ["decrypt", "--in", encrypted, "--key", locked, "--cert", certificate, "--out", read, "--json"]);
        await Run(2, ["decrypt", "--in", encrypted, "--key", locked, "--cert", certificate, "--password-file", wrong, "--out", read, "--json"]);
        Assert.False(File.Exists(read));
        await Run(0, ["decrypt", "--in", encrypted, "--key", locked, "--cert", certificate, "--password-file", password, "--out", read]);
        Assert.Equal(_content, await File.ReadAllBytesAsync(read, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Decrypt_ReleasesNothing_OfAChangedMessage()
    {
        var (certificate, key) = _folder.Add("bob", isRsa: true);
        var (stranger, strangersKey) = _folder.Add("carol", isRsa: true);
        var (encrypted, read) = (_folder.PathOf("encrypted"), _folder.PathOf("read"));
        await Run(0, ["encrypt", "--in", _file, "--to", certificate, "--trust", _folder.Root, "--outform", "der", "--out", encrypted]);
        await Run(7, ["decrypt", "--in", encrypted, "--key", strangersKey, "--cert", stranger, "--out", read, "--json"]);
        await Run(2, ["decrypt", "--in", encrypted, "--key", strangersKey, "--cert", certificate, "--out", read, "--json"]);
        var octets = await File.ReadAllBytesAsync(encrypted, TestContext.Current.CancellationToken);
        octets[octets.Length / 2] ^= 1;
        await Run(1, ["decrypt", "--in", _folder.Write("changed", octets), "--key", key, "--cert", certificate, "--out", read, "--json"]);
        await Run(1, ["decrypt", "--in", _file, "--key", key, "--cert", certificate, "--out", read, "--json"]);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(read)!, "read*"));
    }

    [Fact]
    public async Task Encrypt_Refuses_RecipientsThatAreNotTrusted()
    {
        using var other = new PkiFolder();
        var (certificate, _) = _folder.Add("bob", isRsa: true);
        var (expired, _) = _folder.Add("carol", isRsa: true, isExpired: true);
        var encrypted = _folder.PathOf("encrypted");
        var json = await Run(6, ["encrypt", "--in", _file, "--to", certificate, "--trust", other.Root, "--out", encrypted, "--json"]);
        Assert.Equal("not-trusted", json.GetProperty("error").GetProperty("code").GetString());
        await Run(6, ["encrypt", "--in", _file, "--to", certificate, expired, "--trust", _folder.Root, "--out", encrypted, "--json"]);
        await Run(2, ["encrypt", "--in", _file, "--to", certificate, "--out", encrypted, "--json"]);
        await Run(2, ["encrypt", "--in", _file, "--out", encrypted, "--json"]);
        Assert.False(File.Exists(encrypted));
        await Run(0, ["encrypt", "--in", _file, "--to", certificate, "--unchecked", "--out", encrypted, "--json"]);
        await Run(2, ["encrypt", "--in", _file, "--to", certificate, "--unchecked", "--out", encrypted, "--json"]); // it exists
    }

    // What openssl writes where nobody says PEM or DER.
    [Fact]
    public async Task SMimeEntities_OfOpenSsl_AreRead()
    {
        var (certificate, key) = _folder.Add("bob", isRsa: true);
        var (signed, encrypted, clear, read) = (_folder.PathOf("signed"), _folder.PathOf("encrypted"), _folder.PathOf("clear"), _folder.PathOf("read"));
        ExternalProgram.RunOk("openssl", ["cms", "-sign", "-nodetach", "-binary", "-in", _file, "-signer", certificate, "-inkey", key, "-out", signed]);
        ExternalProgram.RunOk("openssl", ["cms", "-encrypt", "-binary", "-aes-256-cbc", "-in", _file, "-out", encrypted, certificate]);
        ExternalProgram.RunOk("openssl", ["cms", "-sign", "-in", _folder.Root, "-signer", certificate, "-inkey", key, "-out", clear]);
        await Run(0, ["verify", "--in", signed, "--trust", _folder.Root, "--out", read, "--json"]);
        Assert.Equal(_content, await File.ReadAllBytesAsync(read, TestContext.Current.CancellationToken));
        await Run(0, ["decrypt", "--in", encrypted, "--key", key, "--cert", certificate, "--out", read, "--force", "--json"]);
        Assert.Equal(_content, await File.ReadAllBytesAsync(read, TestContext.Current.CancellationToken));
        var json = await Run(1, ["verify", "--in", clear, "--trust", _folder.Root, "--json"]);
        Assert.Contains("clear-signed", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(signed, TestContext.Current.CancellationToken);
        await Run(1, ["verify", "--in", _folder.Write("cut", System.Text.Encoding.ASCII.GetBytes(text[..(text.Length / 2)])), "--trust", _folder.Root, "--json"]);
        await Run(1, ["verify", "--in", _folder.Write("headers", "MIME-Version: 1.0\n"u8.ToArray()), "--trust", _folder.Root, "--json"]);
    }

    [Fact]
    public async Task Passwords_OpenMessages()
    {
        var password = _folder.Write("password", "open sesame\n"u8.ToArray());
        var (encrypted, read) = (_folder.PathOf("encrypted"), _folder.PathOf("read"));
        await Run(0, ["encrypt", "--in", _file, "--password-file", password, "--out", encrypted, "--json"]);
        await Run(0, ["decrypt", "--in", encrypted, "--password-file", password, "--out", read, "--json"]);
        Assert.Equal(_content, await File.ReadAllBytesAsync(read, TestContext.Current.CancellationToken));
        await Run(1, ["decrypt", "--in", encrypted, "--password-file", _folder.Write("wrong", "open barley\n"u8.ToArray()), "--out", _folder.PathOf("other"), "--json"]);
    }

    // Processes of their own, which may use 64 MiB of managed memory: less than the usual content has, and a sixteenth of the long one.
    [Fact]
    public async Task LongFiles_TakeBoundedMemory()
    {
        var (certificate, key) = _folder.Add("bob", isRsa: true);
        var file = _folder.PathOf("long");
        await using (var stream = File.Create(file))
        {
            for (var i = 0; i < LongRun.Count(usual: 80, @long: 1024); i++)
                await stream.WriteAsync(RandomNumberGenerator.GetBytes(1 << 20), TestContext.Current.CancellationToken);
        }

        string[][] commands =
        [
            ["encrypt", "--in", file, "--to", certificate, "--trust", _folder.Root, "--outform", "der", "--out", _folder.PathOf("encrypted")],
            ["decrypt", "--in", _folder.PathOf("encrypted"), "--key", key, "--cert", certificate, "--out", _folder.PathOf("read")],
            ["sign", "--in", file, "--key", key, "--cert", certificate, "--out", _folder.PathOf("signed")],
            ["verify", "--in", _folder.PathOf("signed"), "--trust", _folder.Root, "--out", _folder.PathOf("verified")],
        ];
        foreach (var command in commands)
            RunLimited(command);
        Assert.Equal(Hash(file), Hash(_folder.PathOf("read")));
        Assert.Equal(Hash(file), Hash(_folder.PathOf("verified")));
    }

    public void Dispose() => _folder.Dispose();

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    private static void RunLimited(string[] args)
    {
        var start = new ProcessStartInfo(CkiProgram.Command[0], [.. CkiProgram.Command[1..], "pki", .. args]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x4000000";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{args[0]}: {error}");
    }

    private static async Task<JsonElement> Run(int expected, string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(["pki", .. args]);
        Assert.True(code == expected, $"{code}: {output}{error}");
        return args.Contains("--json") ? JsonDocument.Parse(output).RootElement : default;
    }
}
