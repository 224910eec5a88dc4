using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows how a CMA joins a TLCMA, what it refuses, and what its operator sees.</summary>
public sealed class JoiningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cma_Waits_ForItsCertificate_AndTakesNoOther()
    {
        using var folder = new TemporaryFolder();
        await Ok("tlcma", "init", "--home", folder.PathOf("top"), "--name", "CN=TLCMA,C=GB", "--listen", "127.0.0.1:1");
        await Ok("tlcma", "init", "--home", folder.PathOf("other"), "--name", "CN=Other,C=GB", "--listen", "127.0.0.1:2");
        await Ok("cma", "init", "--home", folder.PathOf("a"), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:3", "--tlcma", folder.PathOf("top/card.json"));
        await Ok("cma", "init", "--home", folder.PathOf("b"), "--name", "CN=CMA B,O=Domain B,C=GB", "--domain", "O=Domain B,C=GB", "--listen", "127.0.0.1:4", "--tlcma", folder.PathOf("top/card.json"));
        var error = await TwoDomains.Fails(4, "cma", "run", "--home", folder.PathOf("a"));
        Assert.Contains("waits for its certificate from CN=TLCMA,C=GB", error, StringComparison.Ordinal);
        await TwoDomains.Fails(4, "cma", "user", "add", "--home", folder.PathOf("a"), "--name", "CN=A1,O=Domain A,C=GB", "--out", folder.PathOf("a1.json"));

        await Ok("tlcma", "peer", "add", "--home", folder.PathOf("other"), "--card", folder.PathOf("a/card.json"), "--out", folder.PathOf("wrong.pem"));
        await TwoDomains.Fails(6, "cma", "join", "--home", folder.PathOf("a"), "--in", folder.PathOf("wrong.pem"));
        await Ok("tlcma", "peer", "add", "--home", folder.PathOf("top"), "--card", folder.PathOf("b/card.json"), "--out", folder.PathOf("b.pem"));
        await TwoDomains.Fails(2, "cma", "join", "--home", folder.PathOf("a"), "--in", folder.PathOf("b.pem"));
        await Ok("tlcma", "peer", "add", "--home", folder.PathOf("top"), "--card", folder.PathOf("a/card.json"), "--out", folder.PathOf("a.pem"));
        await Ok("cma", "join", "--home", folder.PathOf("a"), "--in", folder.PathOf("a.pem"));
        await TwoDomains.Fails(7, "cma", "peer", "exchange", "--home", folder.PathOf("a"), "--cma", "CN=CMA B,O=Domain B,C=GB");
        await Ok("cma", "peer", "add", "--home", folder.PathOf("a"), "--card", folder.PathOf("b/card.json"));
        await TwoDomains.Fails(5, "cma", "peer", "exchange", "--home", folder.PathOf("a"), "--cma", "CN=CMA B,O=Domain B,C=GB");
    }

    // Its users would belong to two domains and get no certificates, and it could revoke those of the other.
    [Fact]
    public async Task ACma_WhoseDomainHasNamesInCommon_IsNotTaken()
    {
        using var folder = new TemporaryFolder();
        string[] domains = ["O=Domain A,C=GB", "O=Domain B,C=GB", "OU=X,O=Domain A,C=GB", "C=GB"];
        await Ok("tlcma", "init", "--home", folder.PathOf("top"), "--name", "CN=TLCMA,C=GB", "--listen", "127.0.0.1:1");
        for (var i = 0; i < domains.Length; i++)
            await Ok("cma", "init", "--home", folder.PathOf($"{i}"), "--name", $"CN=CMA {i},{domains[i]}", "--domain", domains[i], "--listen", $"127.0.0.1:{i + 2}");
        await Add("0", "1");
        foreach (var card in new[] { "2", "3" })
        {
            Assert.Contains("has names in common with that of CN=CMA 0,", await Refused("cma", "0", card), StringComparison.Ordinal); // its own
        }

        await Add("1", "0");
        Assert.Contains("has names in common with that of CN=CMA 0,", await Refused("cma", "1", "2"), StringComparison.Ordinal); // that of another peer
        await Add("1", "0"); // once more
        await Ok("tlcma", "peer", "add", "--home", folder.PathOf("top"), "--card", folder.PathOf("0/card.json"), "--out", folder.PathOf("0.pem"));
        Assert.Contains("has names in common", await Refused("tlcma", "top", "2", "--out", folder.PathOf("2.pem")), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("2.pem")));

        Task Add(string home, string card) => Ok("cma", "peer", "add", "--home", folder.PathOf(home), "--card", folder.PathOf($"{card}/card.json"));
        Task<string> Refused(string kind, string home, string card, params string[] more) => TwoDomains.Fails(2, [kind, "peer", "add", "--home", folder.PathOf(home), "--card", folder.PathOf($"{card}/card.json"), .. more]);
    }

    [Theory]
    [InlineData("a file that exists", "a.pem", "--force overwrites it")]
    [InlineData("no folder for it", "no/a.pem", "there is no folder")]
    [InlineData("a folder", "a", "it is a folder")]
    public async Task Tlcma_DoesNothing_WhereTheCertificateCannotBeWritten(string what, string name, string words)
    {
        using var folder = new TemporaryFolder();
        await Ok("tlcma", "init", "--home", folder.PathOf("top"), "--name", "CN=TLCMA,C=GB", "--listen", "127.0.0.1:1");
        await Ok("cma", "init", "--home", folder.PathOf("a"), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:3", "--tlcma", folder.PathOf("top/card.json"));
        folder.WriteText("a.pem", "a letter");
        var before = await EntriesAsync();
        var error = await TwoDomains.Fails(2, "tlcma", "peer", "add", "--home", folder.PathOf("top"), "--card", folder.PathOf("a/card.json"), "--out", folder.PathOf(name));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Equal((what, before), (what, await EntriesAsync()));
        Assert.Equal("a letter", await File.ReadAllTextAsync(folder.PathOf("a.pem"), Cancel));

        async Task<int> EntriesAsync() => (await TwoDomains.Json("audit", "list", "--home", folder.PathOf("top"))).GetProperty("entries").GetArrayLength();
    }

    [Fact]
    public async Task Status_Says_WhatThereIs()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top", "a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        var status = await TwoDomains.Json("cma", "status", "--home", domains.PathOf("a"));
        Assert.Equal("CN=CMA A,O=Domain A,C=GB", status.GetProperty("name").GetString());
        Assert.Equal(["O=Domain A,C=GB"], status.GetProperty("domain").EnumerateArray().Select(domain => domain.GetString()));
        Assert.StartsWith("CN=TLCMA,C=GB at 127.0.0.1:", status.GetProperty("tlcma").GetString(), StringComparison.Ordinal);
        Assert.Equal(["cma", "authority", "tls", "encryption"], status.GetProperty("certificates").EnumerateArray().Select(row => row.GetProperty("certificate").GetString()));
        Assert.All(status.GetProperty("keys").EnumerateArray(), key => Assert.Equal("by the TLCMA", key.GetProperty("source").GetString()));
        Assert.Equal((1, 0), (status.GetProperty("users").GetInt32(), status.GetProperty("revokedUsers").GetInt32()));
        Assert.Single(status.GetProperty("peers").EnumerateArray());
        Assert.Empty(status.GetProperty("expiresSoon").EnumerateArray());
        var top = await TwoDomains.Json("tlcma", "status", "--home", domains.PathOf("top"));
        Assert.Equal(2, top.GetProperty("peers").GetArrayLength());
        Assert.NotEmpty(top.GetProperty("keys").EnumerateArray());
        var text = await TwoDomains.Ok("cma", "status", "--home", domains.PathOf("a"));
        Assert.Contains("name: CN=CMA A,O=Domain A,C=GB\n", text, StringComparison.Ordinal);
        await AssertNoConnectionAsync(domains);
    }

    // A user whose CMA is down, or who is told another one's address.
    private static async Task AssertNoConnectionAsync(TwoDomains domains)
    {
        var card = JsonDocument.Parse(await File.ReadAllTextAsync(domains.PathOf("b/card.json"), Cancel)).RootElement.GetProperty("address").GetString()!;
        var file = domains.PathOf("a1/cma.json");
        var own = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancel)).RootElement.GetProperty("address").GetString()!;
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace(own, card, StringComparison.Ordinal), Cancel);
        await TwoDomains.Fails(5, "user", "certs", "--home", domains.PathOf("a1"));
        await TwoDomains.Ok("user", "certs", "--home", domains.PathOf("a1"), "--offline");
    }

    private static async Task Ok(params string[] args)
    {
        var (code, _, error) = await CkiProgram.RunInsideAsync(args);
        Assert.True(code == 0, $"{string.Join(' ', args)}: {code} {error}");
    }
}
