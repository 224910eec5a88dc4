using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Shows that <c>cki cma run</c> serves the CMA of a folder and says what is wrong with one.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CmaCommandTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task Run_Serves_UntilItIsTerminated()
    {
        using var domain = await TestDomain.CreateAsync();
        await using var cma = await CmaProcess.StartAsync(domain.Path);
        await domain.AssertServesAsync(cma.EndPoint);
        Assert.Equal(0, await cma.StopAsync());
        Assert.False(File.Exists(domain.Folder.Database + "-wal"), "the store was not closed in order");
    }

    [Fact]
    public async Task Run_Prints_OneLine_AndEndsWithZero()
    {
        using var folder = Copy();
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var running = CommandLine.RunAsync(["cma", "run", "--folder", folder.FullPath], output, error, stop.Token);
        while (output.GetStringBuilder().Length == 0 && !running.IsCompleted) await Task.Delay(20, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.Equal((0, ""), (await running, error.ToString()));
        Assert.Matches(@"^✓ CN=CMA A,O=Domain A,C=GB listens at 127\.0\.0\.1:[0-9]+\n$", output.ToString());
    }

    [Fact]
    public async Task Run_Rejects_APortInUse()
    {
        using var folder = Copy();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (code, output, error) = await CkiProgram.RunInsideAsync(["cma", "run", "--folder", folder.FullPath, "--json", "--listen", other.LocalEndpoint.ToString()!]);
        Assert.Equal(5, code);
        Assert.StartsWith($"cki: Nobody can listen at {other.LocalEndpoint}: Address already in use.", error, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(output).RootElement.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("cma.pem", "is missing")]
    [InlineData("cma.key", "is missing")]
    [InlineData("cma-storage.key", "is missing")]
    [InlineData("cma.sqlite", "is missing")]
    [InlineData("cma-tls.pem", "is missing")]
    [InlineData("cma-tls.key", "is missing")]
    [InlineData("authority.pem", "is missing")]
    public Task Run_Rejects_AMissingFile(string name, string words) => AssertRefusedAsync(name, words, File.Delete);

    [Theory]
    [InlineData("cma.pem")]
    [InlineData("cma.key")]
    [InlineData("cma-storage.key")]
    [InlineData("cma.sqlite")]
    [InlineData("cma-tls.pem")]
    [InlineData("cma-tls.key")]
    [InlineData("authority.pem")]
    public Task Run_Rejects_ADamagedFile(string name) => AssertRefusedAsync(name, "", path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path).Take(60).Reverse()]));

    [Theory]
    [InlineData("cma.key")]
    [InlineData("cma-storage.key")]
    [InlineData("cma.sqlite")]
    [InlineData("cma-tls.key")]
    public Task Run_Rejects_ASecretThatOthersMayRead(string name) => AssertRefusedAsync(name, "Run 'chmod 600", path =>
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead));

    [Theory]
    [InlineData("cma.key", "cma.key", "it is not the key of cma.pem")]
    [InlineData("cma.pem", "cma.key", "it is not the key of cma.pem")]
    [InlineData("cma-storage.key", "cma-storage.key", "does not open the keys in")]
    [InlineData("cma.sqlite", "cma.sqlite", "one of the two is another CMA's")]
    [InlineData("cma-tls.pem", "cma-tls.pem", "the authority in authority.pem has not signed it")]
    [InlineData("cma-tls.key", "cma-tls.key", "it is not the key of cma-tls.pem")]
    [InlineData("authority.pem", "cma-tls.pem", "the authority in authority.pem has not signed it")]
    public async Task Run_Rejects_AFileOfAnotherCma(string name, string blamed, string words)
    {
        using var other = await TestDomain.CreateAsync();
        await AssertRefusedAsync(name, words, path => File.Copy(Path.Combine(other.Path, name), path, overwrite: true), blamed);
    }

    private async Task AssertRefusedAsync(string name, string words, Action<string> harm, string? blamed = null)
    {
        using var folder = Copy();
        harm(folder.PathOf(name));
        var (code, output, error) = await CkiProgram.RunInsideAsync(["cma", "run", "--folder", folder.FullPath]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(folder.PathOf(blamed ?? name), error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
    }

    private TemporaryFolder Copy()
    {
        var folder = new TemporaryFolder();
        demo.CopyTo(folder.FullPath);
        return folder;
    }
}
