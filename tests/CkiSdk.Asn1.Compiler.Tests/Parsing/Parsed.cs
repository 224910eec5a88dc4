using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

/// <summary>Parses the texts of tests.</summary>
internal static class Parsed
{
    public static ParseResult File(string text) => Parser.Parse(new SourceText("m.asn1", text));

    /// <summary>Parses assignments inside a module and allows no diagnostic.</summary>
    public static ModuleSyntax Body(string assignments)
    {
        var result = File($"M DEFINITIONS ::= BEGIN\n{assignments}\nEND");
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Modules);
    }

    public static string Assignments(string text) => TreeText.List(Body(text).Assignments, TreeText.Of);

    /// <summary>Returns the inside of the braces of the block that a text is the value of.</summary>
    public static (SourceText Source, BlockValueSyntax Block) Block(string text)
    {
        var result = File($"M DEFINITIONS ::= BEGIN v T ::= {{{text}}} END");
        Assert.Empty(result.Diagnostics);
        var value = Assert.IsType<ValueAssignmentSyntax>(Assert.Single(Assert.Single(result.Modules).Assignments)).Value;
        return (result.Source, Assert.IsType<BlockValueSyntax>(value));
    }

    /// <summary>Returns the diagnostics as line:column code message, counted from one.</summary>
    public static string[] Diagnostics(string text) =>
        [.. File(text).Diagnostics.Select(d => $"{d.StartLine + 1}:{d.StartColumn + 1} {(d.IsError ? "error" : "warning")} {d.Code} {d.Message}")];
}
