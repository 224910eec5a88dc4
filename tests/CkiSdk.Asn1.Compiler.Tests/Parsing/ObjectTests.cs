using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class ObjectTests
{
    private const string Operation = "[ARGUMENT &Argument [OPTIONAL &flag]] [RESULT &Result] [RETURN RESULT &flag] [ERRORS &Errors] CODE &code [, PRIORITY &priority]";

    [Theory]
    [InlineData("the fields that must be", Operation, "CODE local:1", "&code=local:1")]
    [InlineData("all fields", Operation, "ARGUMENT SEQUENCE {a A} OPTIONAL TRUE RESULT NULL RETURN RESULT FALSE ERRORS {x | y} CODE global:{1 2}, PRIORITY 3",
        "&Argument=SEQUENCE(a:A), &flag=FALSE, &Result=NULL/NULL, &Errors={x | y}, &code=global:{1 2}, &priority=3")]
    [InlineData("some fields", Operation, "RETURN RESULT FALSE CODE c", "&flag=FALSE, &code=c")]
    [InlineData("a type followed by a word", Operation, "RESULT ALGORITHM CODE 5", "&Result=ALGORITHM, &code=5")]
    [InlineData("an optional field without a word", "[&Type] IDENTIFIED BY &id", "INTEGER IDENTIFIED BY {1 2}", "&Type=INTEGER, &id={1 2}")]
    [InlineData("no optional field without a word", "[&Type] IDENTIFIED BY &id", "IDENTIFIED BY i", "&id=i")]
    [InlineData("groups in brackets that touch", "[[A &a] B &b]", "A 1 B 2", "&a=1, &b=2")]
    [InlineData("a group that is all absent", "[[A &a] B &b]", "", "")]
    [InlineData("fields one after the other", "TYPE &A &B", "TYPE BOOLEAN REAL", "&A=BOOLEAN, &B=REAL")]
    [InlineData("a comma between", "A &a, B &b", "A 1, B NULL", "&a=1, &b=NULL/NULL")]
    [InlineData("fields by name nevertheless", "A &a, B &b", "&a 1, &b NULL", "&a=1, &b=NULL/NULL")]
    public void ParseObjectByClass_Reads_ByWithSyntax(string description, string syntax, string text, string tree)
    {
        var fragment = Parse($"&a WITH SYNTAX {{{syntax}}}", text);
        Assert.Empty(fragment.Diagnostics);
        Assert.Equal((description, tree), (description, Show(fragment)));
    }

    [Fact]
    public void ParseObjectByClass_Reads_ByDefaultSyntax() =>
        Assert.Equal("&id={1 2}, &Type=SET OF(A)", Show(Parse("&id", "&id {1 2}, &Type SET OF A")));

    [Theory]
    [InlineData("a word that is not there", "CODE", "Found the end of the text, expected a type or a value.")]
    [InlineData("a wrong word", "KODE 5", "Found 'KODE', expected 'CODE'.")]
    [InlineData("too much", "CODE 5 CODE 6", "Found 'CODE', expected nothing more.")]
    [InlineData("an optional group without its end", "ARGUMENT CODE 5", "Found '5', expected 'CODE'.")]
    public void ParseObjectByClass_Reports_Where(string description, string text, string message)
    {
        var fragment = Parse($"&a WITH SYNTAX {{{Operation}}}", text);
        Assert.Null(fragment.Node);
        Assert.Equal((description, message), (description, Assert.Single(fragment.Diagnostics).Message));
    }

    private static Fragment<IReadOnlyDictionary<string, ArgumentSyntax>> Parse(string definition, string text)
    {
        var separator = definition.IndexOf(" WITH", StringComparison.Ordinal);
        var (fields, syntax) = separator < 0 ? (definition, "") : (definition[..separator], definition[separator..]);
        var module = Parsed.Body($"C ::= CLASS {{{fields} T}} {syntax}");
        var (source, block) = Parsed.Block(text);
        return Parser.ParseObjectByClass(source, Assert.IsType<ClassAssignmentSyntax>(Assert.Single(module.Assignments)).Class, block.Tokens, block.Span);
    }

    private static string Show(Fragment<IReadOnlyDictionary<string, ArgumentSyntax>> fragment) =>
        TreeText.List(fragment.Node!, field => $"{field.Key}={ValueText.Of(field.Value)}");
}
