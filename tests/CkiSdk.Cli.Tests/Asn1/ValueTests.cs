using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Asn1;

/// <summary>Shows <c>cki asn1 decode</c>, <c>encode</c> and <c>dump</c> on modules of the user and on built-in ones, and what they say of wrong input.</summary>
public sealed class ValueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _module;

    public ValueTests() => _module = _folder.WriteText("modules/Rockets.asn1", "Rockets DEFINITIONS EXPLICIT TAGS ::= BEGIN\nIMPORTS Crew FROM Crews;\nRocket ::= SEQUENCE { name UTF8String, range INTEGER, crew Crew OPTIONAL }\nEND\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decode_Shows_NamesAndValues()
    {
        var (code, output, error) = await Run("decode", "--type", "Rockets.Rocket", "--asn1", _module, Der("3006 0C0178 020105"));
        Assert.True(code == 0, error);
        Assert.Contains("SEQUENCE Rocket", output, StringComparison.Ordinal);
        Assert.Contains("range = 5", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_Writes_JsonAsX697Has()
    {
        _folder.WriteText("modules/Crews.asn1", "Crews DEFINITIONS ::= BEGIN\nCrew ::= SEQUENCE OF IA5String\nEND\n");
        var (code, output, error) = await Run("decode", "--type", "Rocket", "--json", "--asn1", _module, Der("300B 0C0178 020105 3003 160161"));
        Assert.True(code == 0, error);
        Assert.Equal("""{"name":"x","range":5,"crew":["a"]}""", output.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Encode_IsTheInverse_OfDecode()
    {
        var json = _folder.WriteText("rocket.json", """{"range": 340000, "name": "Falcon"}""");
        var (code, _, error) = await Run("encode", "--type", "Rockets.Rocket", "--asn1", _module, "--output", _folder.PathOf("rocket.der"), json);
        Assert.True(code == 0, error);
        Assert.Equal(Hex.Decode("30 0D 0C 06 46 61 6C 63 6F 6E 02 03 05 30 20"), await File.ReadAllBytesAsync(_folder.PathOf("rocket.der"), TestContext.Current.CancellationToken));
        var pem = await Run("encode", "--type", "Rocket", "--asn1", _module, "--pem", "ROCKET", json);
        Assert.StartsWith("-----BEGIN ROCKET-----\n", pem.Output, StringComparison.Ordinal);
        var decoded = await Run("decode", "--type", "Rocket", "--json", "--asn1", _module, _folder.WriteText("rocket.pem", "words before\n" + pem.Output));
        Assert.Contains("\"Falcon\"", decoded.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_Knows_BuiltInModules_AndBer()
    {
        var name = await Run("decode", "--type", "InformationFramework.Name", "--rules", "ber", "--json", Der("3080 3181 0D 300B 0603 550403 0C04 61626364 0000"));
        Assert.True(name.Code == 0, name.Error);
        Assert.Contains("2.5.4.3", name.Output, StringComparison.Ordinal);
        var strict = await Run("decode", "--type", "InformationFramework.Name", Der("3080 0000"));
        Assert.Equal((1, ""), (strict.Code, strict.Output));
    }

    [Fact]
    public async Task Dump_Shows_AnyDer()
    {
        var (code, output, _) = await Run("dump", Der("3006 0C0178 020105"));
        Assert.Equal((0, 3), (code, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Contains("INTEGER = 5", output, StringComparison.Ordinal);
    }

    [Fact]
    public void StandardStreams_AreUsed_ForAHyphen()
    {
        var json = _folder.WriteText("rocket.json", """{"name":"x","range":5}""");
        var cki = string.Join(' ', CkiProgram.Command);
        var command = $"{cki} asn1 encode --type Rocket --asn1 {_module} - < {json} | {cki} asn1 dump -";
        var result = ExternalProgram.Run("sh", ["-c", command]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error.Trim()));
        Assert.Contains("INTEGER = 5", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("octets that are no such value", 1, "Rocket.range: ", "decode", "--type", "Rocket", "--asn1", "MODULE", "DER")]
    [InlineData("a type that is nowhere", 7, "there is no type Rockets.Nothing", "decode", "--type", "Rockets.Nothing", "--asn1", "MODULE", "DER")]
    [InlineData("a type with another first letter", 7, "did you mean Rocket?", "decode", "--type", "Rockets.rocket", "--asn1", "MODULE", "DER")]
    [InlineData("a module that is nowhere", 7, "no module Nowhere", "decode", "--type", "Nowhere.Rocket", "DER")]
    [InlineData("a file that is nowhere", 7, "There is no file /proc/nowhere", "decode", "--type", "Rocket", "--asn1", "MODULE", "/proc/nowhere")]
    [InlineData("a type with a mistake in its name", 7, "did you mean Rocket?", "decode", "--type", "Rockets.Rokcet", "--asn1", "MODULE", "DER")]
    [InlineData("a module with a mistake in its name", 7, "did you mean Rockets?", "decode", "--type", "Rokets.Rocket", "--asn1", "MODULE", "DER")]
    [InlineData("a type with parameters", 2, "takes parameters", "decode", "--type", "PKIX-CommonTypes-2009.SingleAttribute", "DER")]
    [InlineData("no name of a type", 7, "there is no type Rockets..", "decode", "--type", "Rockets.", "--asn1", "MODULE", "DER")]
    [InlineData("no file", 2, "FILE is missing", "decode", "--type", "Rocket", "--asn1", "MODULE")]
    [InlineData("no type", 2, "'--type' is required", "decode", "DER")]
    [InlineData("unknown rules", 2, "Must be one of", "decode", "--type", "Rocket", "--rules", "per", "DER")]
    [InlineData("two forms at once", 2, "--text and --json", "decode", "--type", "Rocket", "--text", "--json", "--asn1", "MODULE", "DER")]
    [InlineData("JSON that is none", 1, "JSON", "encode", "--type", "Rocket", "--asn1", "MODULE", "DER")]
    [InlineData("DER that is none", 1, "at byte", "dump", "MODULE")]
    [InlineData("no octets to dump", 1, "/dev/null is empty: there is no element in it", "dump", "/dev/null")]
    [InlineData("no octets to decode", 1, "/dev/null is empty: there is no element in it", "decode", "--type", "Rocket", "--asn1", "MODULE", "/dev/null")]
    public async Task WrongInput_Ends_WithItsCode(string description, int expected, string message, params string[] args)
    {
        var der = Der("3006 0C0178 0C0105");
        var (code, output, error) = await Run([.. args.Select(arg => arg == "MODULE" ? _module : arg == "DER" ? der : arg)]);
        Assert.True(code == expected && (output.Length == 0 || args.Contains("--json")) && error.Contains(message, StringComparison.Ordinal), $"{description}: {code} {output} {error}");
        Assert.StartsWith("cki: ", error, StringComparison.Ordinal);
        var json = await Run([.. args.Select(arg => arg == "MODULE" ? _module : arg == "DER" ? der : arg), .. args.Contains("--json") || args[0] == "encode" ? Array.Empty<string>() : ["--json"]]);
        Assert.True(args[0] == "encode" ? json.Output.Length == 0 : JsonDocument.Parse(json.Output).RootElement.GetProperty("error").GetProperty("message").GetString()!.Contains(message, StringComparison.Ordinal), json.Output);
    }

    [Fact]
    public async Task SeveralBlocksOfPem_AreSaid_AndTheFirstIsRead()
    {
        var pem = _folder.WriteText("two.pem", "\uFEFFwords: before\r\n-----BEGIN ONE-----\r\nAgEF\r\n-----END ONE-----\r\n-----BEGIN TWO-----\nAgEG\n-----END TWO-----\n");
        var (code, output, error) = await Run("dump", pem);
        Assert.True(code == 0 && output.Contains("= 5", StringComparison.Ordinal) && !output.Contains("= 6", StringComparison.Ordinal), output);
        Assert.Equal($"{pem} holds more than one block of PEM: only the first, ONE, is read.\n", error);
    }

    [Theory]
    [InlineData("encrypted in the old way", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAgEF\n-----END RSA PRIVATE KEY-----\n", "is encrypted")]
    [InlineData("without an end", "-----BEGIN ONE-----\nAgEF\n", "no block of PEM that is whole")]
    [InlineData("with another end", "-----BEGIN ONE-----\nAgEF\n-----END TWO-----\n", "no block of PEM that is whole")]
    public async Task PemThatCannotBeRead_IsSaid(string description, string pem, string message)
    {
        var (code, output, error) = await Run("dump", _folder.WriteText("bad.pem", pem));
        Assert.True(code == 1 && output.Length == 0 && error.Contains(message, StringComparison.Ordinal), $"{description}: {code} {error}");
    }

    [Fact]
    public async Task PemInsideOfAnEncoding_IsAValue()
    {
        var text = "-----BEGIN ONE-----\nAgEF\n-----END ONE-----\n"u8;
        var (code, output, error) = await Run("dump", Der($"16 {text.Length:X2} {Convert.ToHexString(text)}"));
        Assert.True(code == 0 && output.Contains("IA5String", StringComparison.Ordinal) && error.Length == 0, output + error);
    }

    [Theory]
    [InlineData("{\n  \"name\": \"x\",\n  \"range\": 5 5\n}", "line 3, column 14: '5' cannot stand here")]
    [InlineData("{\"name\": \"x\", \"range\": [", "the text ends before its value does")]
    [InlineData("{\"name\": \"x\", \"range\": \"5\"}", "$.range: a number is expected, not a string")]
    public async Task WrongJson_IsSaid_WithItsPlace(string json, string message)
    {
        var (code, output, error) = await Run("encode", "--type", "Rocket", "--asn1", _module, _folder.WriteText("bad.json", json));
        Assert.True(code == 1 && output.Length == 0 && error.Contains(message, StringComparison.Ordinal), $"{code} {error}");
    }

    [Fact]
    public async Task Dump_Writes_Json()
    {
        var (code, output, _) = await Run("dump", "--json", Der("3012 0C0178 020105 040430020500 8001FF 0401AA"));
        Assert.Equal(0, code);
        var sequence = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal((0, 2, 18, "SEQUENCE"), (sequence.GetProperty("offset").GetInt32(), sequence.GetProperty("header").GetInt32(), sequence.GetProperty("length").GetInt32(), sequence.GetProperty("tag").GetString()));
        var elements = sequence.GetProperty("elements").EnumerateArray().ToList();
        Assert.Equal(["x", "5", "", "", ""], elements.Select(element => element.TryGetProperty("value", out var value) ? value.ToString() : ""));
        Assert.Equal(["78", "05", "30020500", "FF", "AA"], elements.Select(element => element.GetProperty("octets").GetString()));
        var inner = Assert.Single(elements[2].GetProperty("contains").EnumerateArray());
        Assert.Equal((10, "SEQUENCE", 12), (inner.GetProperty("offset").GetInt32(), inner.GetProperty("tag").GetString(), inner.GetProperty("elements")[0].GetProperty("offset").GetInt32()));
        Assert.Equal("[0]", elements[3].GetProperty("tag").GetString());
    }

    [Fact]
    public async Task Format_Changes_FilesInPlace_OnlyOnce()
    {
        var file = _folder.WriteText("torn/A.asn1", "A DEFINITIONS::=BEGIN\n   B::=SEQUENCE {\na NULL  ,\nbc   NULL }\nEND");
        Assert.Equal((1, $"{file}\n", ""), await Run("format", "--check", _folder.PathOf("torn")));
        Assert.Equal((0, $"{file}\n", ""), await Run("format", _folder.PathOf("torn")));
        Assert.Equal("A DEFINITIONS ::= BEGIN\nB ::= SEQUENCE {\n  a   NULL,\n  bc  NULL }\nEND\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal((0, "", ""), await Run("format", "--check", _folder.PathOf("torn")));
        _folder.WriteText("torn/A.asn1", "A DEFINITIONS ::= BEGIN B ::= ( END");
        var broken = await Run("format", _folder.PathOf("torn"));
        Assert.Equal((1, ""), (broken.Code, broken.Output));
        Assert.Contains("A.asn1(1,31): error CKI0003", broken.Error, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Error)> Run(params string[] args) => CkiProgram.RunInsideAsync(["asn1", .. args]);

    private string Der(string hex)
    {
        File.WriteAllBytes(_folder.PathOf("value.der"), Hex.Decode(hex));
        return _folder.PathOf("value.der");
    }
}
