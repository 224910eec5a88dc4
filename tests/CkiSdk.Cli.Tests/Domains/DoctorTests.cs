using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage.Sqlite;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that <c>cki doctor</c> finds what is wrong with a home, and says what to do.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DoctorTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task Healthy_Home_IsOk()
    {
        using var domain = await Hosting.TestDomain.CreateAsync();
        var (code, output, error) = await CkiProgram.RunInsideAsync(["doctor", "--home", domain.Path]);
        Assert.Equal((0, ""), (code, error));
        Assert.All(output.TrimEnd().Split('\n'), line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.Equal(8, (await CkiProgram.RunInsideAsync(["doctor", "--home", domain.Path, "--days", "5000"])).Code);
    }

    [Fact]
    public async Task OtherParties_ThatDoNotRun_AreUnreachable()
    {
        foreach (var home in new[] { "a", "a1" })
        {
            var (code, output, _) = await CkiProgram.RunInsideAsync(["doctor", "--home", Path.Combine(demo.Folder, home), "--json"]);
            Assert.Equal(5, code);
            Assert.Contains("unreachable", States(output));
            Assert.DoesNotContain("bad", States(output));
        }
    }

    [Theory]
    [InlineData("a secret that others may read", "permissions", "cma.key", "mode")]
    [InlineData("a file from the future", "clock", "cma.pem", "time")]
    [InlineData("no key of the home", "key of the home", "home.key", "delete")]
    [InlineData("a damaged certificate", "certificate cma.pem", "cma.pem", "damage")]
    [InlineData("a damaged store", "keys and store", "store.sqlite", "damage")]
    [InlineData("no store", "keys and store", "store.sqlite", "delete")]
    [InlineData("another issuer in the certificate of the authority", "keys and store", "authority.pem", "issuer")]
    [InlineData("a key that is a link to nowhere", "keys and store", "cma.key", "link")]
    [InlineData("a store that is a link to nowhere", "keys and store", "store.sqlite", "link")]
    [InlineData("a key of the home that is a link to nowhere", "key of the home", "home.key", "link")]
    public async Task Harm_IsFound(string description, string check, string file, string harm)
    {
        using var folder = new TemporaryFolder();
        demo.CopyTo(folder.FullPath);
        var path = folder.PathOf(file);
        switch (harm)
        {
            case "mode":
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
                break;
            case "time":
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(1));
                break;
            case "delete":
                File.Delete(path);
                break;
            case "issuer":
                var der = PemEncoding.TryFind(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), out var fields)
                    ? Convert.FromBase64String((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))[fields.Base64Data]) : [];
                der[der.AsSpan().IndexOf("Authentication"u8)]++; // the issuer stands before the subject
                await File.WriteAllTextAsync(path, PemEncoding.WriteString("CERTIFICATE", der), TestContext.Current.CancellationToken);
                break;
            case "link":
                File.Delete(path);
                File.CreateSymbolicLink(path, folder.PathOf("not there"));
                break;
            default:
                await File.WriteAllBytesAsync(path, [.. (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).Take(60).Reverse()], TestContext.Current.CancellationToken);
                break;
        }

        var (code, output, _) = await CkiProgram.RunInsideAsync(["doctor", "--home", folder.FullPath, "--json"]);
        Assert.Equal((description, 1), (description, code));
        var found = JsonDocument.Parse(output).RootElement.GetProperty("checks").EnumerateArray().Single(row => row.GetProperty("check").GetString() == check);
        Assert.Equal("bad", found.GetProperty("state").GetString());
        Assert.NotEmpty(found.GetProperty("remedy").GetString()!);
    }

    [Fact]
    public async Task ACrl_ThatNoMessageCarries_IsTold_ByDoctorAndStatus()
    {
        using var folder = new TemporaryFolder();
        demo.CopyTo(folder.FullPath);
        await using (var store = await SqliteCmaStore.OpenAsync(folder.PathOf("store.sqlite"), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            var own = (await store.ListCrlsAsync(TestContext.Current.CancellationToken)).First(list => list.Issuer.Contains("cma a", StringComparison.Ordinal));
            await store.CommitAsync(UnitOfWork.Of(new StoreChange.PutCrl(own with { Number = own.Number + 1, Encoded = new byte[1_000_000] })), TestContext.Current.CancellationToken);
        }

        var (code, output, _) = await CkiProgram.RunInsideAsync(["doctor", "--home", folder.FullPath, "--json"]);
        Assert.Equal(1, code);
        var found = JsonDocument.Parse(output).RootElement.GetProperty("checks").EnumerateArray().Single(row => row.GetProperty("check").GetString() == "CRL");
        Assert.Equal("bad", found.GetProperty("state").GetString());
        (_, output, _) = await CkiProgram.RunInsideAsync(["cma", "status", "--home", folder.FullPath, "--json"]);
        Assert.True(JsonDocument.Parse(output).RootElement.GetProperty("crlTooLarge").GetBoolean());
    }

    [Fact]
    public async Task Folder_WithoutAHome_IsNotFound()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(7, (await CkiProgram.RunInsideAsync(["doctor", "--home", folder.FullPath])).Code);
    }

    private static string[] States(string output) => [.. JsonDocument.Parse(output).RootElement.GetProperty("checks").EnumerateArray().Select(row => row.GetProperty("state").GetString()!)];
}
