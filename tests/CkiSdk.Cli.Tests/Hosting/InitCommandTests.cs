using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>What <c>cki cma init</c> makes of its options.</summary>
public sealed class InitCommandTests
{
    [Fact]
    public async Task Init_SettlesOnAFreePort_SoThatTheCardTellsWhereTheCmaWillListen()
    {
        using var folder = new TemporaryFolder();
        var home = folder.PathOf("a");
        var (code, output, error) = await CkiProgram.RunInsideAsync(
            ["cma", "init", "--home", home, "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:0", "--json"]);
        Assert.Equal((0, ""), (code, error));
        using var made = JsonDocument.Parse(output);
        using var card = JsonDocument.Parse(await File.ReadAllTextAsync(made.RootElement.GetProperty("card").GetString()!, TestContext.Current.CancellationToken));
        var address = card.RootElement.GetProperty("address").GetString()!;
        Assert.Matches("^127\\.0\\.0\\.1:[1-9][0-9]*$", address);

        var (_, status, _) = await CkiProgram.RunInsideAsync(["cma", "status", "--home", home, "--json"]);
        using var document = JsonDocument.Parse(status);
        Assert.Equal(address, document.RootElement.GetProperty("listen").GetString());
    }

    [Fact]
    public async Task Init_SaysWhichAddressCannotBeListenedAt()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await CkiProgram.RunInsideAsync(
            ["cma", "init", "--home", folder.PathOf("a"), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "192.0.2.1:0"]);
        Assert.Equal(5, code);
        Assert.Contains("--listen: 192.0.2.1:0 cannot be listened at", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("a")));
    }
}
