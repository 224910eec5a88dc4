using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class CommentTests
{
    [Theory]
    [InlineData("a line above", "-- About A.\nA ::= NULL", "About A.")]
    [InlineData("lines above", "-- About A,\n-- and more.\nA ::= NULL", "About A,\nand more.")]
    [InlineData("a block above", "/* About A,\n * and more.\n */\nA ::= NULL", "About A,\nand more.")]
    [InlineData("an empty line between", "-- About nothing.\n\nA ::= NULL", null)]
    [InlineData("a chapter and an empty line", "-- Chapter\n\n-- About A.\nA ::= NULL", "About A.")]
    [InlineData("the line of the one before", "Z ::= NULL -- About Z.\nA ::= NULL", null)]
    [InlineData("the lines of the one before", "Z ::= NULL -- About Z,\n           -- and more.\nA ::= NULL", null)]
    [InlineData("the one before and this", "Z ::= NULL -- About Z.\n-- About A.\nA ::= NULL", "About A.")]
    [InlineData("a ruler", "-- About A. --\n--------------\nA ::= NULL", "About A.")]
    [InlineData("no comment", "A ::= NULL", null)]
    public void Comments_Document_Assignments(string description, string text, string? comment) =>
        Assert.Equal((description, comment), (description, Parsed.Body("\n" + text).Assignments[^1].Comment));

    [Theory]
    [InlineData("behind the comma", "a A, -- About a.\nb B", "About a.", null)]
    [InlineData("before the comma", "a A -- About a. --, b B", "About a.", null)]
    [InlineData("behind the last", "a A,\nb B -- About b.\n", null, "About b.")]
    [InlineData("above", "-- About a.\na A,\n-- About b.\nb B", "About a.", "About b.")]
    [InlineData("on two lines behind", "a A, -- About a,\n     -- and more.\nb B -- About b.\n", "About a,\nand more.", "About b.")]
    [InlineData("above and behind", "-- Here\na A, -- and there.\n-- About b.\nb B", "Here\nand there.", "About b.")]
    [InlineData("none", "a A, b B", null, null)]
    public void Comments_Document_Components(string description, string text, string? first, string? second)
    {
        var assignment = Assert.IsType<TypeAssignmentSyntax>(Assert.Single(Parsed.Body($"A ::= SEQUENCE {{\n{text}}}").Assignments));
        var components = Assert.IsType<SequenceTypeSyntax>(assignment.Type).Components.Cast<NamedComponentSyntax>().ToArray();
        Assert.Equal((description, first, second), (description, components[0].Comment, components[1].Comment));
    }
}
