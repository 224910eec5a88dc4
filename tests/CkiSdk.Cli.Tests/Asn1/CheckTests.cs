using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Asn1;

/// <summary>Shows what <c>cki asn1 check</c> finds, where it looks, and how it says so.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Good = "Good DEFINITIONS ::= BEGIN\nKey ::= OCTET STRING\nEND\n";
    private const string User = "User DEFINITIONS ::= BEGIN\nIMPORTS Key FROM Good;\nKeys ::= SEQUENCE OF Key\nEND\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CleanModules_End_WithZero()
    {
        _folder.WriteText("Good.asn1", Good);
        _folder.WriteText("below/User.asn", User);
        _folder.WriteText("below/notes.txt", "no module");
        var (code, output, error) = await CkiProgram.RunInsideAsync(["asn1", "check", _folder.FullPath]);
        Assert.Equal((0, "", "2 files, 2 modules: 0 errors, 0 warnings\n"), (code, output, error));
    }

    [Theory]
    [InlineData("none", "", "{1 3 6 1 5 5 7 0 58}", "which has the object identifier; that in")]
    [InlineData("another one", "{1 2 3}", "{1 3 6 1 5 5 7 0 58}", "which has the object identifier; that in")]
    [InlineData("another one, and another one is imported", "{1 2 3}", "{1 2 4}", "it is taken by its name")]
    public async Task ObjectIdentifier_TellsABuiltInModule_FromOneOfTheUser(string found, string own, string imported, string doubt)
    {
        _folder.WriteText("Own.asn1", $"AlgorithmInformation-2009 {own} DEFINITIONS ::= BEGIN\nKEY-WRAP ::= CLASS {{ &n NULL }}\nEND\n");
        var user = _folder.WriteText("User.asn1", $"User DEFINITIONS ::= BEGIN\nIMPORTS KEY-WRAP FROM AlgorithmInformation-2009 {imported};\nA ::= SEQUENCE {{ a KEY-WRAP.{(doubt.EndsWith("name", StringComparison.Ordinal) ? "&n" : "&id")} }}\nEND\n");
        var (code, output, error) = await CkiProgram.RunInsideAsync(["asn1", "check", _folder.FullPath]);
        Assert.Equal((found, 0, "2 files, 2 modules: 0 errors, 1 warning\n"), (found, code, error));
        Assert.StartsWith($"{user}(2,23): warning CKI0301: ", output, StringComparison.Ordinal);
        Assert.Contains(doubt, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_End_WithOne_EachAtItsPlace()
    {
        _folder.WriteText("Bad.asn1", "Bad DEFINITIONS ::= BEGIN\nA ::= SEQUENCE { a Missing }\nB ::= INTEGER (1..)\nC ::= [1] Nothing\nEND\n");
        var file = _folder.PathOf("Bad.asn1");
        var (code, output, error) = await CkiProgram.RunInsideAsync(["asn1", "check", file]);
        Assert.Equal((1, "1 file, 1 module: 3 errors, 0 warnings\n"), (code, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"{file}(2,20): error CKI0101: Missing is not defined here and not imported", lines[0]);
        Assert.StartsWith($"{file}(3,", lines[1], StringComparison.Ordinal);
        Assert.Equal($"{file}(4,11): error CKI0101: Nothing is not defined here and not imported", lines[2]);
    }

    [Fact]
    public async Task FileWithoutAModule_IsDoubted()
    {
        var file = _folder.WriteText("Empty.asn1", "");
        var (code, output, error) = await CkiProgram.RunInsideAsync(["asn1", "check", _folder.FullPath]);
        Assert.Equal((0, $"{file}(1,1): warning CKI0306: there is no module in this file\n", "1 file, 0 modules: 0 errors, 1 warning\n"), (code, output, error));
    }

    [Fact]
    public async Task Json_Is_AnArrayOfDiagnostics()
    {
        _folder.WriteText("Bad.asn1", "Bad DEFINITIONS ::= BEGIN\nIMPORTS X FROM Nowhere;\nA ::= Missing\nEND\n");
        var (code, output, _) = await CkiProgram.RunInsideAsync(["asn1", "check", "--json", _folder.FullPath]);
        Assert.Equal(1, code);
        var found = JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        Assert.Equal(["file", "line", "column", "code", "severity", "message"], found[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal([_folder.PathOf("Bad.asn1")], found.Select(item => item.GetProperty("file").GetString()).Distinct());
        Assert.Equal(
            [(2, 16, "CKI0201", "warning"), (3, 7, "CKI0101", "error")],
            found.Select(item => (item.GetProperty("line").GetInt32(), item.GetProperty("column").GetInt32(), item.GetProperty("code").GetString()!, item.GetProperty("severity").GetString()!)));
        Assert.StartsWith("unresolved import", found[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_OfCleanModules_Is_AnEmptyArray()
    {
        _folder.WriteText("Good.asn1", Good);
        var (code, output, _) = await CkiProgram.RunInsideAsync(["asn1", "check", _folder.PathOf("Good.asn1"), "--json"]);
        Assert.Equal((0, 0), (code, JsonDocument.Parse(output).RootElement.GetArrayLength()));
    }

    [Fact]
    public async Task File_IsNamed_AsItWasGiven()
    {
        _folder.WriteText("Bad.txt", "Bad DEFINITIONS ::= BEGIN\nA ::= Missing\nEND\n");
        var given = Path.GetRelativePath(Environment.CurrentDirectory, _folder.PathOf("Bad.txt"));
        var (_, output, _) = await CkiProgram.RunInsideAsync(["asn1", "check", given]);
        Assert.StartsWith($"{given}(2,7): error", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the folder of the file", "here/Good.asn1", "")]
    [InlineData("a folder behind --asn1", "there/below/Good.asn", "there")]
    [InlineData("a file behind --asn1", "there/Good.asn1", "there/Good.asn1")]
    public async Task Import_IsFound_InPlacesBeside(string description, string place, string option)
    {
        _folder.WriteText("here/User.asn1", User);
        _folder.WriteText(place, Good + "Broken DEFINITIONS ::= BEGIN A ::= END");
        string[] more = option.Length > 0 ? ["--asn1", _folder.PathOf(option)] : [];
        var (code, output, error) = await CkiProgram.RunInsideAsync(["asn1", "check", _folder.PathOf("here/User.asn1"), .. more]);
        Assert.True(code == 0 && output.Length == 0 && error.StartsWith("1 file, 1 module", StringComparison.Ordinal), $"{description}: {output}{error}");
    }

    [Fact]
    public async Task Import_IsFound_AmongTheBuiltInModules()
    {
        _folder.WriteText("Own.asn1", "Own DEFINITIONS ::= BEGIN\nIMPORTS Certificate FROM AuthenticationFramework {joint-iso-ccitt ds(5) module(1) authenticationFramework(7) 2};\nA ::= SEQUENCE OF Certificate\nEND\n");
        Assert.Equal((0, ""), await CodeAndOutput("asn1", "check", _folder.FullPath));
    }

    [Theory]
    [InlineData("PKIX1Explicit88", "18", "DirectoryString, Name, X520name, AttributeType, ORAddress, PDSParameter, TerminalType", "id-at-commonName, id-emailAddress, id-pe, ub-name, ub-integer-options")]
    [InlineData("PKIX1Implicit88", "19", "AnotherName, EDIPartyName, PolicyQualifierId, GeneralName, KeyUsage", "id-ce-keyUsage, id-ce-cRLReasons, anyPolicy, id-kp-serverAuth, id-holdinstruction-reject")]
    public async Task BuiltInModules_HaveAll_ThatTheirStandardDefines(string module, string arc, string types, string values)
    {
        var components = string.Join(", ", types.Split(", ").Select((type, index) => $"c{index} [{index}] {type}"));
        var copies = string.Concat(values.Split(", ").Select((value, index) => value.StartsWith("ub-", StringComparison.Ordinal) ? $"v{index} INTEGER ::= {value}\n" : $"v{index} OBJECT IDENTIFIER ::= {value}\n"));
        _folder.WriteText("Own.asn1", $"Own DEFINITIONS ::= BEGIN\nIMPORTS {types}, {values} FROM {module} {{iso(1) identified-organization(3) dod(6) internet(1) security(5) mechanisms(5) pkix(7) id-mod(0) {arc}}};\nA ::= SEQUENCE {{ {components} }}\n{copies}END\n");
        Assert.Equal((0, ""), await CodeAndOutput("asn1", "check", _folder.FullPath));
    }

    [Fact]
    public async Task Import_OfWhatABuiltInModuleLeavesOut_IsUnresolved_AndNoError()
    {
        _folder.WriteText("Own.asn1", "Own DEFINITIONS ::= BEGIN\nIMPORTS Credentials, ReadArgument FROM DirectoryAbstractService {joint-iso-ccitt ds(5) module(1) directoryAbstractService(2) 2};\nA ::= SEQUENCE { a Credentials, b ReadArgument }\nEND\n");
        var (code, output) = await CodeAndOutput("asn1", "check", _folder.FullPath);
        Assert.Equal(0, code);
        Assert.Contains("(2,22): warning CKI0201: unresolved import: the module DirectoryAbstractService does not define ReadArgument", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MayComeFrom_AModuleThatHandsItOn()
    {
        _folder.WriteText("Own.asn1", "Own DEFINITIONS ::= BEGIN\nIMPORTS CONTENT-TYPE, ContentInfo, Attribute{} FROM CryptographicMessageSyntax-2009 {iso(1) member-body(2) us(840) rsadsi(113549) pkcs(1) pkcs-9(9) smime(16) modules(0) id-mod-cms-2004-02(41)};\nct CONTENT-TYPE ::= { NULL IDENTIFIED BY {1 2 3} }\nA ::= SEQUENCE OF ContentInfo\nEND\n");
        var (code, output) = await CodeAndOutput("asn1", "check", _folder.FullPath);
        Assert.True(code == 0 && !output.Contains("CKI0201", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task UnresolvedImport_IsAWarning_AndNoError()
    {
        _folder.WriteText("User.asn1", User);
        var (code, output) = await CodeAndOutput("asn1", "check", _folder.FullPath);
        Assert.Equal(0, code);
        Assert.Contains("(2,18): warning CKI0201: unresolved import", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldEncoding_IsRead()
    {
        File.WriteAllBytes(_folder.PathOf("Old.asn1"), [.. "-- J"u8, 0xF6, .. "rg\nOld DEFINITIONS ::= BEGIN A ::= NULL END"u8]);
        Assert.Equal((0, ""), await CodeAndOutput("asn1", "check", _folder.FullPath));
    }

    [Theory]
    [InlineData("no path", 2, "PATH is missing", "usage", "")]
    [InlineData("an option that there is not", 7, "There is no file or folder --bogus", "not-found", "--bogus", "--bogus")]
    [InlineData("a path that leads nowhere", 7, "There is no file or folder /proc/nowhere", "not-found", "/proc/nowhere", "/proc/nowhere")]
    [InlineData("no path for imports", 7, "There is no file or folder /proc/nowhere", "not-found", "/proc/nowhere", "/proc/version", "--asn1", "/proc/nowhere")]
    [InlineData("a folder without modules", 7, "has no .asn1 or .asn file", "not-found", "/proc/self/task/../fdinfo", "/proc/self/task/../fdinfo")]
    public async Task WrongUse_Ends_WithItsCode_AndADocument(string description, int expected, string message, string word, string file, params string[] paths)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(["asn1", "check", .. paths]);
        Assert.True(code == expected && output.Length == 0, $"{description}: {code} {output}");
        Assert.Contains(message, error, StringComparison.Ordinal);
        var (_, json, _) = await CkiProgram.RunInsideAsync(["asn1", "check", "--json", .. paths]);
        var fault = Assert.Single(JsonDocument.Parse(json).RootElement.EnumerateArray());
        Assert.Equal((word, "error", file), (fault.GetProperty("code").GetString(), fault.GetProperty("severity").GetString(), fault.GetProperty("file").GetString()));
        Assert.Contains(message, fault.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> CodeAndOutput(params string[] args)
    {
        var (code, output, _) = await CkiProgram.RunInsideAsync(args);
        return (code, output);
    }
}
