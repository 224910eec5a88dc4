using CkiSdk.Cli.Homes;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows what files from somebody else, or in a folder of somebody else, do not do.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HostileFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACard_SpeaksToNoTerminal()
    {
        foreach (var letter in new[] { "A", "B" })
        {
            await TwoDomains.Ok("cma", "init", "--home", _folder.PathOf(letter), "--name", $"CN=CMA {letter},O=Domain {letter},C=GB", "--domain", $"O=Domain {letter},C=GB", "--listen", "127.0.0.1:0");
        }

        // Names are compared without controls (RFC 4518 §2.2), so that this one is still that of the certificates.
        var card = _folder.PathOf("card.json");
        var text = await File.ReadAllTextAsync(_folder.PathOf("B/card.json"), Cancel);
        await File.WriteAllTextAsync(card, text.Replace("\"CN=CMA B,", "\"CN=CMA\\u001b B\\u009b,", StringComparison.Ordinal), Cancel);
        var output = await TwoDomains.Ok("cma", "peer", "add", "--home", _folder.PathOf("A"), "--card", card);
        output += await TwoDomains.Ok("cma", "peer", "list", "--home", _folder.PathOf("A"));
        output += await TwoDomains.Ok("cma", "status", "--home", _folder.PathOf("A"));
        Assert.Contains("CN=CMA", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void AFileThatLiesInWait_GetsNoSecret()
    {
        var (target, victim) = (_folder.PathOf("a1.json"), _folder.WriteText("victim", "as it was"));
        File.CreateSymbolicLink($"{target}.{Environment.ProcessId}.new", victim);
        HomeFiles.Write(target, "secret", isSecret: true);
        Assert.Equal("as it was", File.ReadAllText(victim));
        Assert.Null(File.ResolveLinkTarget(target, returnFinalTarget: false));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task AFolderThatLiesInWait_BecomesNoHome()
    {
        var home = _folder.PathOf("k");
        var waiting = Directory.CreateDirectory($"{home}.{Environment.ProcessId}.new").FullName;
        await File.WriteAllTextAsync(Path.Combine(waiting, "home.key"), new string('0', 64), Cancel);
        File.SetUnixFileMode(Path.Combine(waiting, "home.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await TwoDomains.Ok("cma", "init", "--home", home, "--name", "CN=CMA K,O=Domain K,C=GB", "--domain", "O=Domain K,C=GB", "--listen", "127.0.0.1:0");
        Assert.NotEqual(new string('0', 64), await File.ReadAllTextAsync(Path.Combine(home, "home.key"), Cancel));
    }
}
