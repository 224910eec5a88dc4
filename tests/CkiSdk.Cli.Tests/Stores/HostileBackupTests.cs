using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Shows what whoever gets a backup does not learn from it, and what whoever changes one does not reach.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HostileBackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File_ => _folder.PathOf("a.tar");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_Holds_NoPassword_AndNothingThatIsNotOfTheHome()
    {
        using var domain = await TestDomain.CreateAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (name, text) in new[] { ("mail.secret", "open barley"), ("notes of mine.txt", "open barley"), ("old.key", "0123456789abcdef open barley"), ("clear.key", key.ExportPkcs8PrivateKeyPem()), ("clear.pem", key.ExportECPrivateKeyPem()) })
        {
            await File.WriteAllTextAsync(domain.Home.PathOf(name), text, Cancel);
        }

        var made = await TwoDomains.Json("backup", "--home", domain.Path, "--out", File_);
        var octets = await File.ReadAllTextAsync(File_, Encoding.Latin1, Cancel);
        Assert.DoesNotContain("open barley", octets, StringComparison.Ordinal);
        Assert.DoesNotContain(key.ExportPkcs8PrivateKeyPem().Split('\n')[1], octets, StringComparison.Ordinal);
        Assert.DoesNotContain(key.ExportECPrivateKeyPem().Split('\n')[1], octets, StringComparison.Ordinal);

        // And it can be restored, whatever lay beside the home's own files.
        var digest = made.GetProperty("sha256").GetString()!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(File_, Cancel))), digest);
        await TwoDomains.Ok("restore", "--in", File_, "--home", _folder.PathOf("r"), "--key-file", domain.Home.PathOf("home.key"), "--sha256", digest.ToUpperInvariant());
        await TwoDomains.Ok("doctor", "--home", _folder.PathOf("r"));
    }

    [Theory]
    [InlineData("a key beside the home", "file", "../stolen", "no name of a file in it")]
    [InlineData("a key in a folder of the home", "file", "peers/stolen", "no name of a file in it")]
    [InlineData("a key in a token, by a module of the archive's choice", "token", "pkcs11:token=t;object=k?module-path=/evil/evil.so", "--key-uri")]
    public async Task ABackup_ThatWasChanged_ReachesNothingElse(string what, string kind, string place, string words)
    {
        using var domain = await TestDomain.CreateAsync();
        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(File_, Cancel)));
        var changed = await ChangeAsync("home.json", text =>
        {
            var home = JsonNode.Parse(text)!;
            home["key"] = new JsonObject { ["kind"] = kind, ["place"] = place };
            return home.ToJsonString();
        });
        var (code, _, error) = await CkiProgram.RunInsideAsync(["restore", "--in", changed, "--home", _folder.PathOf("r"), "--key-file", domain.Home.PathOf("home.key")]);
        Assert.True(code is 1 or 2, $"{what}: {code} {error}");
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", error, StringComparison.Ordinal);

        // Whoever has noted the digest learns of any change.
        error = await TwoDomains.Fails(6, "restore", "--in", changed, "--home", _folder.PathOf("r"), "--key-file", domain.Home.PathOf("home.key"), "--sha256", digest);
        Assert.Contains("somebody has changed it", error, StringComparison.Ordinal);
        Assert.Equal(["a.tar", "changed.tar"], Directory.EnumerateFileSystemEntries(_folder.FullPath).Select(Path.GetFileName).Order());
    }

    // As somebody would who knows the format: the manifest says what is in the archive.
    private async Task<string> ChangeAsync(string name, Func<string, string> change)
    {
        var entries = new List<(string Name, byte[] Content)>();
        await using (var from = new TarReader(File.OpenRead(File_)))
        {
            while (await from.GetNextEntryAsync(copyData: true, Cancel) is { } entry)
            {
                using var content = new MemoryStream();
                if (entry.DataStream is { } data) await data.CopyToAsync(content, Cancel);
                entries.Add((entry.Name, entry.Name == name ? Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(content.ToArray()))) : content.ToArray()));
            }
        }

        var manifest = JsonNode.Parse(entries[0].Content)!;
        var (_, changed) = entries.Single(entry => entry.Name == name);
        var told = manifest["files"]!.AsArray().Single(file => file!["path"]!.GetValue<string>() == name)!;
        (told["length"], told["sha256"]) = (changed.Length, Convert.ToHexStringLower(SHA256.HashData(changed)));
        entries[0] = (entries[0].Name, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        var target = _folder.PathOf("changed.tar");
        await using var to = new TarWriter(File.Create(target), TarEntryFormat.Pax);
        foreach (var (path, content) in entries) await to.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) }, Cancel);
        return target;
    }
}
