using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Shows that <c>cki cma run</c> serves the CMA of a home and says what is wrong with one.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RunCommandTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task Run_Serves_UntilItIsTerminated()
    {
        using var domain = await TestDomain.CreateAsync();
        await using var cma = await CmaProcess.StartAsync(domain.Path);
        await domain.AssertServesAsync(cma.EndPoint);
        Assert.Equal(0, await cma.StopAsync());
        Assert.False(File.Exists(domain.Database + "-wal"), "the store was not closed in order");
    }

    [Theory]
    [InlineData("cma", "a")]
    [InlineData("tlcma", "top")]
    public async Task Run_Serves_TheHomesOfTheDemo(string kind, string name)
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var running = CommandLine.RunAsync([kind, "run", "--home", Path.Combine(demo.Folder, name), "--listen", "127.0.0.1:0"], output, error, stop.Token);
        while (output.GetStringBuilder().Length == 0 && !running.IsCompleted) await Task.Delay(20, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Matches(@"^listening 127\.0\.0\.1:[0-9]+\n$", output.ToString());
    }

    [Fact]
    public async Task Run_Rejects_APortInUse()
    {
        using var folder = Copy();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (code, output, error) = await CkiProgram.RunInsideAsync(["cma", "run", "--home", folder.FullPath, "--json", "--listen", other.LocalEndpoint.ToString()!]);
        Assert.Equal(5, code);
        Assert.StartsWith($"cki: Nobody can listen at {other.LocalEndpoint}: Address already in use.", error, StringComparison.Ordinal);
        Assert.Equal("transport", JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("cma.pem")]
    [InlineData("cma.key")]
    [InlineData("store.sqlite")]
    [InlineData("tls.pem")]
    [InlineData("tls.key")]
    [InlineData("encryption.pem")]
    [InlineData("encryption.key")]
    [InlineData("authority.pem")]
    public Task Run_Rejects_AMissingFile(string name) => AssertRefusedAsync(name, "is missing", File.Delete);

    [Fact]
    public async Task Run_Rejects_AMissingKeyOfTheHome()
    {
        using var folder = Copy();
        File.Delete(folder.PathOf("home.key"));
        var (code, _, error) = await CkiProgram.RunInsideAsync(["cma", "run", "--home", folder.FullPath]);
        Assert.Equal(7, code);
        Assert.Contains("home.key is missing", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("home.json")]
    [InlineData("home.key")]
    [InlineData("cma.pem")]
    [InlineData("cma.key")]
    [InlineData("store.sqlite")]
    [InlineData("tls.pem")]
    [InlineData("tls.key")]
    [InlineData("encryption.pem")]
    [InlineData("encryption.key")]
    [InlineData("authority.pem")]
    public Task Run_Rejects_ADamagedFile(string name) => AssertRefusedAsync(name, "", path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path).Take(60).Reverse()]));

    [Theory]
    [InlineData("home.key")]
    [InlineData("cma.key")]
    [InlineData("store.sqlite")]
    [InlineData("tls.key")]
    [InlineData("encryption.key")]
    public Task Run_Rejects_ASecretThatOthersMayRead(string name) => AssertRefusedAsync(name, "Run 'chmod 600", path =>
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead));

    [Theory]
    [InlineData("cma.key", "cma.key", "the key of the home does not open it")]
    [InlineData("cma.pem", "cma.key", "it is not the key of cma.pem")]
    [InlineData("home.key", "tls.key", "the key of the home does not open it")]
    [InlineData("store.sqlite", "store.sqlite", "one of the two is another home's")]
    [InlineData("tls.pem", "tls.pem", "has not signed it")]
    [InlineData("tls.key", "tls.key", "the key of the home does not open it")]
    [InlineData("encryption.pem", "encryption.pem", "has not signed it")]
    [InlineData("authority.pem", "tls.pem", "has not signed it")]
    public async Task Run_Rejects_AFileOfAnotherCma(string name, string blamed, string words)
    {
        using var other = await TestDomain.CreateAsync();
        await AssertRefusedAsync(name, words, path => File.Copy(Path.Combine(other.Path, name), path, overwrite: true), blamed);
    }

    private async Task AssertRefusedAsync(string name, string words, Action<string> harm, string? blamed = null)
    {
        using var folder = Copy();
        harm(folder.PathOf(name));
        var (code, output, error) = await CkiProgram.RunInsideAsync(["cma", "run", "--home", folder.FullPath, "--listen", "127.0.0.1:0"]);
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
