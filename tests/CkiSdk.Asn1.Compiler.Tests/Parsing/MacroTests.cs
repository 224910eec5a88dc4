namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

/// <summary>Reads what X.208 of 1988 wrote with macros; they are skipped with a warning and keep their names.</summary>
public sealed class MacroTests
{
    private const string Header = "M DEFINITIONS ::= BEGIN IMPORTS OPERATION, ERROR, ATTRIBUTE, SIGNED FROM N;\n";

    [Theory]
    [InlineData("an operation", "a OPERATION ARGUMENT A RESULT B ERRORS {c, d} ::= 1", "a skipped", "3:3 warning CKI0004 The use of the macro OPERATION is skipped.")]
    [InlineData("an operation with named types", "a OPERATION\n ARGUMENT x A\n RESULT y B\n ::= localValue 5", "a skipped", "3:3 warning CKI0004 The use of the macro OPERATION is skipped.")]
    [InlineData("an error", "a ERROR PARAMETER SEQUENCE { b B } ::= 2", "a skipped", "3:3 warning CKI0004 The use of the macro ERROR is skipped.")]
    [InlineData("an attribute", "a ATTRIBUTE WITH ATTRIBUTE-SYNTAX b MATCHES FOR EQUALITY ::= {c 3}", "a skipped", "3:3 warning CKI0004 The use of the macro ATTRIBUTE is skipped.")]
    [InlineData("an operation as a type", "A ::= OPERATION ARGUMENT B RESULT C", "A skipped", "3:7 warning CKI0004 The use of the macro OPERATION is skipped.")]
    [InlineData("a definition", "X MACRO ::= BEGIN TYPE NOTATION ::= \"A\" type(T) | empty VALUE NOTATION ::= value(VALUE INTEGER) END", "X skipped", "3:1 warning CKI0004 The macro X is skipped.")]
    [InlineData("a definition by another", "X MACRO ::= N.Y", "X skipped", "3:1 warning CKI0004 The macro X is skipped.")]
    public void Parse_Skips_Macros(string description, string text, string tree, string diagnostic)
    {
        var full = $"{Header}Before ::= NULL\n{text}\nAfter ::= NULL\nb INTEGER ::= 1\nc OPERATION ::= 5\nEND";
        Assert.Equal((description, diagnostic), (description, Assert.Single(Parsed.Diagnostics(full))));
        Assert.Equal(
            (description, $"Before = NULL, {tree}, After = NULL, b: INTEGER = 1, c: OPERATION = 5"),
            (description, TreeText.List(Assert.Single(Parsed.File(full).Modules).Assignments, TreeText.Of)));
    }

    [Theory]
    [InlineData("signed", "A ::= SIGNED SEQUENCE { b B }", "A = SEQUENCE(toBeSigned:SEQUENCE(b:B), algorithmIdentifier:SEQUENCE(algorithm:OBJECT IDENTIFIER, parameters:ANY by algorithm?), encrypted:BIT STRING)")]
    [InlineData("signature inside", "A ::= SEQUENCE { b SIGNATURE C, d D }", "A = SEQUENCE(b:SEQUENCE(algorithmIdentifier:SEQUENCE(algorithm:OBJECT IDENTIFIER, parameters:ANY by algorithm?), encrypted:BIT STRING), d:D)")]
    [InlineData("encrypted", "A ::= SEQUENCE { b [0] ENCRYPTED OCTET STRING OPTIONAL }", "A = SEQUENCE(b:[0]BIT STRING?)")]
    public void Parse_Understands_TheMacrosOfX509(string description, string text, string tree)
    {
        var full = $"M DEFINITIONS ::= BEGIN IMPORTS SIGNED, SIGNATURE, ENCRYPTED FROM N;\n{text}\nEND";
        Assert.Equal((description, 0), (description, Parsed.Diagnostics(full).Length));
        Assert.Equal((description, tree), (description, TreeText.List(Assert.Single(Parsed.File(full).Modules).Assignments, TreeText.Of)));
    }

    [Fact]
    public void Parse_Takes_TheTypeOfATextualConvention() => Assert.Equal(
        "A = OCTET STRING(size 0..255), B = NULL",
        TreeText.List(
            Assert.Single(Parsed.File("M DEFINITIONS ::= BEGIN IMPORTS TEXTUAL-CONVENTION FROM N; A ::= TEXTUAL-CONVENTION STATUS current DESCRIPTION \"x\" SYNTAX OCTET STRING (SIZE (0..255)) B ::= NULL END").Modules).Assignments,
            TreeText.Of));

    [Fact]
    public void Parse_Skips_UsesBeforeTheDefinition()
    {
        const string Text = "M DEFINITIONS ::= BEGIN a X OF B ::= 1 X MACRO ::= BEGIN END C ::= X END";
        Assert.Equal("a skipped, X skipped, C = X", TreeText.List(Assert.Single(Parsed.File(Text).Modules).Assignments, TreeText.Of));
    }

    [Fact]
    public void Parse_Skips_ManyUsesInARow()
    {
        const string Text = "a OPERATION\n ARGUMENT A\n ::= 1\nb OPERATION ARGUMENT SEQUENCE OF B RESULT\n ::= localValue 2\nc OPERATION\n ::= 3\nd ERROR PARAMETER x ::= 4\n";
        var module = Assert.Single(Parsed.File($"{Header}{Text}END").Modules);
        Assert.Equal("a skipped, b skipped, c: OPERATION = 3, d skipped", TreeText.List(module.Assignments, TreeText.Of));
    }

    [Fact]
    public void Parse_Takes_TheValuesOfOperations()
    {
        const string Text = "A ::= OPERATION ARGUMENT B\na A ::= localValue 5\nb A ::= globalValue {c d(2) 1}\ne A ::= globalValue : {c 2}\nf A ::= localValue\ng A ::= a\n";
        var module = Assert.Single(Parsed.File($"{Header}{Text}END").Modules);
        Assert.Equal(
            "A skipped, a: A = localValue:5, b: A = globalValue:{c d ( 2 ) 1}, e: A = globalValue:{c 2}, f: A = localValue, g: A = a",
            TreeText.List(module.Assignments, TreeText.Of));
    }

    [Fact]
    public void Parse_Reports_WhatIsNoMacro() =>
        Assert.Equal(["1:43 error CKI0003 Found 'C', expected ',' or '}'."], Parsed.Diagnostics("M DEFINITIONS ::= BEGIN A ::= SET { a BBB C } END"));
}
