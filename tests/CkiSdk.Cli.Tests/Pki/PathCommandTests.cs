using System.Globalization;
using System.Text.Json;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows every option of <c>cki pki cert verify</c>, and the shape of its document.</summary>
public sealed class PathCommandTests : IDisposable
{
    private readonly CkiFolder _folder = new();

    [Fact]
    public async Task Documents_HaveTheirShape_ForGoodAndBad()
    {
        await MakePath();
        var valid = await _folder.Json("cert verify --trust @root/ca.pem --untrusted @sub/ca.pem @end.pem");
        Assert.Equal(["valid", "path", "policies", "reasons"], Names(valid));
        Assert.True(valid.GetProperty("valid").GetBoolean());
        Assert.Equal(["CN=www.example.com", "CN=Sub,O=Lab", "CN=Root,O=Lab"], valid.GetProperty("path").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["1.2.3.4"], valid.GetProperty("policies").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(0, valid.GetProperty("reasons").GetArrayLength());
        var bad = await _folder.Json("cert verify --trust @root/ca.pem --untrusted @sub/ca.pem --at 2001-01-01 --name other.example @end.pem", ExitCodes.NotTrusted);
        Assert.Equal(["valid", "path", "policies", "reasons"], Names(bad));
        foreach (var reason in bad.GetProperty("reasons").EnumerateArray())
        {
            Assert.Equal(["certificate", "code", "clause", "message"], Names(reason));
            Assert.All(Names(reason), name => Assert.NotEmpty(reason.GetProperty(name).GetString()!));
        }

        Assert.Contains("not-yet-valid", bad.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()));
        Assert.Contains("name-mismatch", bad.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(0, "--trust @root/ca.pem --untrusted @sub/ca.pem @end.pem")]
    [InlineData(0, "@end.pem --trust @root/ca.pem --untrusted @sub/ca.pem")]
    [InlineData(0, "--untrusted @sub/ca.pem --trust @other/ca.pem @root/ca.pem @end.pem")]
    [InlineData(0, "--trust @other/ca.pem --trust @root/ca.pem --untrusted @root/ca.pem --untrusted @sub/ca.pem @end.pem")]
    [InlineData(0, "--trust @root/ca.pem --untrusted @sub/ca.pem --purpose tls-server --name www.example.com @end.pem")]
    [InlineData(0, "--trust @root/ca.pem --untrusted @sub/ca.pem --policy 1.2.3.4 1.2.3.5 @end.pem")]
    [InlineData(0, "--trust @root/ca.pem --untrusted @sub/ca.pem --signature-only --at 2001-01-01 @end.pem")]
    [InlineData(0, "--trust @sub/ca.pem @end.pem")]
    [InlineData(0, "--trust @root/ca.pem @chain.pem")]
    [InlineData(6, "--trust @root/ca.pem @end.pem")]
    [InlineData(6, "--trust @other/ca.pem --untrusted @sub/ca.pem @end.pem")]
    [InlineData(6, "--trust @root/ca.pem --untrusted @sub/ca.pem --purpose mail @end.pem")]
    [InlineData(6, "--trust @root/ca.pem --untrusted @sub/ca.pem --policy 1.2.3.5 --explicit-policy @end.pem")]
    [InlineData(0, "--trust @root/ca.pem --untrusted @sub/ca.pem --explicit-policy --inhibit-any --inhibit-mapping @end.pem")]
    [InlineData(6, "--trust @other/ca.pem --untrusted @sub/ca.pem --explicit-policy --inhibit-any --inhibit-mapping @end.pem")]
    [InlineData(2, "--trust @root/ca.pem --untrsuted @sub/ca.pem @end.pem")]
    [InlineData(2, "--trust @root/ca.pem @sub/ca.pem --untrusted @sub/ca.pem --at 2030-01-01")]
    [InlineData(6, "--trust @root/ca.pem --untrusted @sub/ca.pem --at 2100-01-01T00:00:00Z @end.pem")]
    [InlineData(1, "--trust @root/ca.pem @root/ca.key")]
    [InlineData(2, "--trust @root/ca.pem")]
    [InlineData(2, "@end.pem")]
    [InlineData(2, "--trust @root/ca.pem --at yesterday @end.pem")]
    [InlineData(2, "--trust @root/ca.pem --at 06/01/2030 @end.pem")]
    [InlineData(2, "--trust @root/ca.pem --purpose walking @end.pem")]
    [InlineData(2, "--trust @root/ca.pem --name a..b @end.pem")]
    [InlineData(2, "--trust @root/ca.pem --allow everything @end.pem")]
    [InlineData(7, "--trust @root/ca.pem @none.pem")]
    [InlineData(7, "--trust @none.pem @end.pem")]
    public async Task Options_Decide(int code, string words)
    {
        await MakePath();
        var document = await _folder.Json($"cert verify {words}", code);
        Assert.Equal(code is 0 or 6, document.TryGetProperty("valid", out var valid));
        Assert.Equal(code == 0, valid.ValueKind == JsonValueKind.True);
        Assert.Equal(code is not (0 or 6), document.TryGetProperty("error", out _));
        Assert.Equal(code == 0, (await _folder.Cki($"cert verify {words}", code)).StartsWith("valid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Moments_AreIso8601()
    {
        await MakePath();
        var now = DateTimeOffset.UtcNow.AddHours(1);
        foreach (var format in (string[])["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyyMMdd'T'HHmmss'Z'", "yyyy-MM-dd'T'HH:mm:ss"])
            await _folder.Cki($"cert verify --trust @sub/ca.pem --at {now.ToString(format, CultureInfo.InvariantCulture)} @end.pem");
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private async Task MakePath()
    {
        foreach (var name in (string[])["root", "other"])
            await _folder.Cki($"ca init --dir @{name} --subject CN={(name == "root" ? "Root" : "Other")},O=Lab --key ec:P-256");
        await _folder.Cki("key generate --key ec:P-256 --out @sub.key");
        await _folder.Cki("csr create --key @sub.key --subject CN=Sub,O=Lab --out @sub.csr");
        await _folder.Cki("cert issue --ca @root --csr @sub.csr --profile intermediate --policy 1.2.3.4 --days 200 --out @sub.pem");
        await _folder.Cki("ca init --dir @sub --key @sub.key --cert @sub.pem");
        await _folder.Cki("key generate --key ec:P-256 --out @end.key");
        await _folder.Cki("csr create --key @end.key --subject CN=www.example.com --san www.example.com --out @end.csr");
        await _folder.Cki("cert issue --ca @sub --csr @end.csr --profile tls-server --policy 1.2.3.4 --days 30 --out @end.pem");
        File.WriteAllText(_folder.PathOf("chain.pem"), _folder.ReadText("end.pem") + _folder.ReadText("sub.pem"));
    }
}
