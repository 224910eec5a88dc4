namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class ModuleTests
{
    [Theory]
    [InlineData("nothing but a name", "M DEFINITIONS ::= BEGIN END", "M EXPLICIT exports all imports : ")]
    [InlineData("an identifier", "M {iso(1) 2} DEFINITIONS ::= BEGIN END", "M{iso ( 1 ) 2} EXPLICIT exports all imports : ")]
    [InlineData("an international identifier", "M {1 2} \"/ISO/2\" DEFINITIONS ::= BEGIN END", "M{1 2} EXPLICIT exports all imports : ")]
    [InlineData("tag defaults", "M DEFINITIONS IMPLICIT TAGS ::= BEGIN END", "M IMPLICIT exports all imports : ")]
    [InlineData("all defaults", "M DEFINITIONS AUTOMATIC TAGS EXTENSIBILITY IMPLIED ::= BEGIN END", "M AUTOMATIC... exports all imports : ")]
    [InlineData("an encoding reference", "M DEFINITIONS XER INSTRUCTIONS EXPLICIT TAGS ::= BEGIN END", "M EXPLICIT exports all imports : ")]
    [InlineData("all exported", "M DEFINITIONS ::= BEGIN EXPORTS ALL; END", "M EXPLICIT exports all imports : ")]
    [InlineData("none exported", "M DEFINITIONS ::= BEGIN EXPORTS ; END", "M EXPLICIT exports  imports : ")]
    [InlineData("some exported", "M DEFINITIONS ::= BEGIN EXPORTS a, B, C{}; END", "M EXPLICIT exports a, B, C imports : ")]
    [InlineData("no imports", "M DEFINITIONS ::= BEGIN IMPORTS ; END", "M EXPLICIT exports all imports : ")]
    [InlineData("imports", "M DEFINITIONS ::= BEGIN IMPORTS a, B FROM N C{} FROM O {1 2} UTF8String FROM P; END",
        "M EXPLICIT exports all imports a, B from N, C from O {1 2}, UTF8String from P: ")]
    [InlineData("imports by the name of an identifier", "M DEFINITIONS ::= BEGIN IMPORTS a FROM N oid b FROM O oid{x} c FROM P d, e FROM Q; END",
        "M EXPLICIT exports all imports a from N oid, b from O oid<x>, c from P, d, e from Q: ")]
    [InlineData("imports of successors", "M DEFINITIONS ::= BEGIN IMPORTS A FROM N {1} WITH SUCCESSORS B FROM O WITH DESCENDANTS; END",
        "M EXPLICIT exports all imports A from N {1} WITH SUCCESSORS, B from O WITH DESCENDANTS: ")]
    public void Parse_Reads_Modules(string description, string text, string tree)
    {
        var result = Parsed.File(text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal((description, tree), (description, TreeText.Of(Assert.Single(result.Modules))));
    }

    [Fact]
    public void Parse_Reads_SeveralModulesOfOneFile()
    {
        var result = Parsed.File("A DEFINITIONS ::= BEGIN X ::= NULL END -- between -- B {1} DEFINITIONS IMPLICIT TAGS ::= BEGIN Y ::= X END\n");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["A EXPLICIT exports all imports : X = NULL", "B{1} IMPLICIT exports all imports : Y = X"], result.Modules.Select(TreeText.Of));
    }

    [Fact]
    public void Parse_Reads_NothingFromAnEmptyFile()
    {
        Assert.Empty(Parsed.File("").Modules);
        Assert.Empty(Parsed.File("\uFEFF -- a comment\n/* another */").Modules);
    }

    [Fact]
    public void Spans_Cover_TheirText()
    {
        const string Text = "M DEFINITIONS ::= BEGIN\n  Name ::= SEQUENCE { a INTEGER (0..5) }\nEND";
        var module = Assert.Single(Parsed.File(Text).Modules);
        var assignment = Assert.Single(module.Assignments);
        Assert.Equal("Name", Text.Substring(assignment.NameSpan.Start, assignment.NameSpan.Length));
        Assert.Equal("Name ::= SEQUENCE { a INTEGER (0..5) }", Text.Substring(assignment.Span.Start, assignment.Span.Length));
        Assert.Equal(Text, Text.Substring(module.Span.Start, module.Span.Length));
    }
}
