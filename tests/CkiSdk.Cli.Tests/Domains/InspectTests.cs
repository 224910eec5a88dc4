using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that <c>cki msg inspect</c> reads every form of a message, and where one is broken.</summary>
public sealed class InspectTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Bodies => [.. Directory.EnumerateFiles(Vectors, "*.der").Select(file => Path.GetFileNameWithoutExtension(file))];

    private static string Vectors => Path.Combine(Repository.Root, "tests", "vectors", "messages");

    private string[] Messages => [.. demo.Document.GetProperty("messages").EnumerateArray().Select(path => path.GetString()!)];

    [Fact]
    public async Task EveryMessage_OfTheDemo_IsShown()
    {
        foreach (var message in Messages)
        {
            var (code, output, error) = await CkiProgram.RunInsideAsync(["msg", "inspect", message]);
            Assert.Equal((0, ""), (code, error));
            Assert.Matches("(?m)^body +(cki|crl)", output);
            Assert.Contains("PKIMessage", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task EveryBody_IsShown_AndEveryResponseWithItsStatus(string body)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(["msg", "inspect", Path.Combine(Vectors, $"{body}.der"), "--json"]);
        Assert.Equal((0, ""), (code, error));
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal(body, document.GetProperty("body").GetString());
        Assert.Matches(@" \(III\.[A-I]\)$", document.GetProperty("what").GetString());
        Assert.Equal(body.EndsWith("rp", StringComparison.Ordinal), document.GetProperty("status").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task Message_IsRead_FromStandardInput()
    {
        var octets = await File.ReadAllBytesAsync(Messages[^1], Cancel);
        var result = ExternalProgram.Run(CkiProgram.Command[0], [.. CkiProgram.Command[1..], "msg", "inspect", "-"], octets);
        Assert.Equal((0, ""), (result.ExitCode, result.Error.Trim()));
        Assert.Matches("(?m)^body +ckiRCrp$", result.Text);
    }

    [Theory]
    [InlineData("hex")]
    [InlineData("hex with colons and lines")]
    [InlineData("base64")]
    [InlineData("base64 with lines")]
    [InlineData("PEM")]
    public async Task Message_IsRead_InAnyForm(string form)
    {
        var octets = await File.ReadAllBytesAsync(Messages[^1], Cancel);
        var text = form switch
        {
            "hex" => Convert.ToHexString(octets),
            "hex with colons and lines" => string.Join("\n", Convert.ToHexStringLower(octets).Chunk(32).Select(line => string.Join(':', line.Chunk(2).Select(pair => new string(pair))))),
            "base64" => Convert.ToBase64String(octets),
            "base64 with lines" => Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks) + "\n",
            _ => System.Security.Cryptography.PemEncoding.WriteString("CKI MESSAGE", octets),
        };
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("message"), text, Cancel);
        var (code, output, error) = await CkiProgram.RunInsideAsync(["msg", "inspect", folder.PathOf("message"), "--json"]);
        Assert.Equal((0, ""), (code, error));
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal("ckiRCrp", document.GetProperty("body").GetString());
        Assert.StartsWith("rejection: ", document.GetProperty("status").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("userInRevokedUserList: ", document.GetProperty("failures")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("is revoked", document.GetProperty("freeText").GetString(), StringComparison.Ordinal);
        Assert.Equal("CN=CMA A,O=Domain A,C=GB", document.GetProperty("sender").GetString());
    }

    [Fact]
    public async Task BrokenMessage_IsRefused_WithTheOffset()
    {
        var octets = await File.ReadAllBytesAsync(Messages[0], Cancel);
        var version = octets.AsSpan().IndexOf(new byte[] { 0x02, 0x01, 0x14 });
        octets[version] = 0x04; // an OCTET STRING in place of pvno
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.PathOf("message"), octets, Cancel);
        var (code, output, error) = await CkiProgram.RunInsideAsync(["msg", "inspect", folder.PathOf("message"), "--json"]);
        Assert.Equal(1, code);
        var fault = JsonDocument.Parse(output).RootElement.GetProperty("error");
        Assert.Equal(version, fault.GetProperty("offset").GetInt32());
        Assert.Contains("pvno", fault.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Contains($"at byte {version}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_ThatIsNoMessage_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("message"), "no message at all!", Cancel);
        Assert.Equal(1, (await CkiProgram.RunInsideAsync(["msg", "inspect", folder.PathOf("message")])).Code);
        Assert.Equal(7, (await CkiProgram.RunInsideAsync(["msg", "inspect", folder.PathOf("nothing")])).Code);
    }
}
