namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows that faults of a module are build errors at their place, and that they do not keep the other modules from their types.</summary>
public sealed class DiagnosticTests
{
    private static readonly (string Path, string Text) Good = ("/m/Good.asn1", "Good DEFINITIONS ::= BEGIN\nKey ::= SEQUENCE { length INTEGER }\nEND\n");

    [Fact]
    public void SyntaxError_HasFileLineColumnAndCode_AndOtherModulesCompile()
    {
        var run = GeneratorRun.Of(("/m/Bad.asn1", "Bad DEFINITIONS ::= BEGIN\nA ::= SEQUENCE {\n  first INTEGER\n  second INTEGER }\nB ::= BOOLEAN\nEND\n"), Good);
        var fault = Assert.Single(run.Faults);
        Assert.StartsWith("/m/Bad.asn1(4,3): error CKI0003: ", fault, StringComparison.Ordinal);
        Assert.Contains("Good.Key", run.Types);
        Assert.Contains("Bad.B", run.Types);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void ReferenceError_HasFileLineColumnAndCode_AndOtherModulesCompile()
    {
        var run = GeneratorRun.Of(("/m/Bad.asn1", "Bad DEFINITIONS ::= BEGIN\nA ::= SEQUENCE {\n  first INTEGER,\n  second Missing }\nB ::= BOOLEAN\nEND\n"), Good);
        Assert.Equal(["/m/Bad.asn1(4,10): error CKI0101: Missing is not defined here and not imported"], run.Faults);
        Assert.Contains("Good.Key", run.Types);
        Assert.Contains("Bad.B", run.Types);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("character that begins nothing", "A ::= INTEGER ; $", "(2,17): error CKI0001: ")]
    [InlineData("string without end", "a IA5String ::= \"abc", "(2,17): error CKI0002: ")]
    [InlineData("macro of the 1988 notation", "M MACRO ::= BEGIN TYPE NOTATION ::= empty VALUE NOTATION ::= empty END", "(2,1): warning CKI0004: ")]
    [InlineData("name defined twice", "A ::= INTEGER A ::= BOOLEAN", "(2,15): error CKI0102: ")]
    [InlineData("value where a type is needed", "a INTEGER ::= 1 B ::= SEQUENCE { c < INTEGER }", "(2,34): error CKI0103: ")]
    [InlineData("type that is only itself", "A ::= [1] B B ::= [2] A", "(2,1): error CKI0104: ")]
    [InlineData("optional components with one tag", "A ::= SEQUENCE { a INTEGER OPTIONAL, b INTEGER }", "(2,38): error CKI0105: ")]
    [InlineData("default of another type", "A ::= SEQUENCE { a INTEGER DEFAULT TRUE }", "(2,36): error CKI0106: ")]
    [InlineData("wrong number of parameters", "P {T} ::= SEQUENCE { t T } A ::= P {INTEGER, BOOLEAN}", "(2,34): error CKI0108: ")]
    [InlineData("import from a module that is not there", "IMPORTS X FROM Elsewhere; A ::= INTEGER", "(2,16): error CKI0201: ")]
    [InlineData("import of a name that is not there", "IMPORTS X FROM Good; A ::= X", "(2,9): error CKI0202: ")]
    public void Fault_IsReported_AtItsPlace(string reason, string body, string expected)
    {
        var run = GeneratorRun.Of(("/m/Bad.asn1", $"Bad DEFINITIONS ::= BEGIN\n{body}\nEND\n"), Good);
        Assert.True(run.Faults.Any(fault => fault.StartsWith($"/m/Bad.asn1{expected}", StringComparison.Ordinal)), $"{reason}: {string.Join('\n', run.Faults)}");
        Assert.Contains("Good.Key", run.Types);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void ModuleDefinedTwice_IsReported_AtTheSecondName()
    {
        var run = GeneratorRun.Of(Good, ("/m/Other.asn1", Good.Text));
        Assert.Equal(["/m/Other.asn1(1,1): error CKI0203: the module Good is already defined in /m/Good.asn1"], run.Faults);
        Assert.Equal(["Good.Key"], run.Types);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("empty file", "")]
    [InlineData("no ASN.1", "hello world")]
    [InlineData("unfinished module", "A DEFINITIONS ::= BEGIN B ::= SEQUENCE {")]
    [InlineData("NUL characters", "A DEFINITIONS ::= \0\0 END")]
    [InlineData("a thousand braces", "A DEFINITIONS ::= BEGIN B ::= {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{")]
    public void Nonsense_DoesNotStop_TheGenerator(string reason, string text)
    {
        var run = GeneratorRun.Of(("/m/Bad.asn1", text), Good);
        Assert.Null(run.Result.Exception);
        Assert.True(run.Types.Contains("Good.Key"), reason);
    }
}
