namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class RecoveryTests
{
    [Theory]
    [InlineData("a component without a comma", "A ::= SEQUENCE {\n  a B\n  c D }\nE ::= NULL", "4:3 error CKI0003 Found 'c', expected ',' or '}'.")]
    [InlineData("a comma too many", "A ::= SEQUENCE { a B, }\nE ::= NULL", "2:23 error CKI0003 Found '}', expected a component.")]
    [InlineData("no type", "A ::=\nE ::= NULL", "3:3 error CKI0003 Found '::=', expected an assignment or END.")]
    [InlineData("a brace that stays open", "A ::= SEQUENCE { a B\nE ::= NULL", "3:1 error CKI0003 Found 'E', expected ',' or '}'.")]
    [InlineData("a brace without a partner", "A ::= NULL }\nE ::= NULL", "2:12 error CKI0003 Found '}', expected an assignment or END.")]
    [InlineData("a parenthesis that stays open", "A ::= INTEGER (0..5\nE ::= NULL", "3:1 error CKI0003 Found 'E', expected ')'.")]
    [InlineData("a parenthesis in a brace that both stay open", "A ::= SEQUENCE { a B (\nE ::= NULL", "3:3 error CKI0003 Found '::=', expected ')'.")]
    [InlineData("no value", "a A ::=\nE ::= NULL", "3:1 error CKI0003 Found 'E', expected a value.")]
    [InlineData("a missing sign", "A SEQUENCE { a B }\nE ::= NULL", "3:1 error CKI0003 Found 'E', expected '::='.")]
    [InlineData("a value with an open brace", "a A ::= { 1\nE ::= NULL", "2:9 error CKI0003 Found '{' without its '}', expected both before the next assignment.")]
    [InlineData("a sign before a bit", "A ::= BIT STRING { a(-1) }\nE ::= NULL", "2:22 error CKI0003 Found '-', expected a number without sign or the name of one.")]
    [InlineData("no name of a field", "A ::= CLASS { id B }\nE ::= NULL", "2:15 error CKI0003 Found 'id', expected a field such as &id or &Type.")]
    [InlineData("a tag without its number", "A ::= [] B\nE ::= NULL", "2:8 error CKI0003 Found ']', expected the number of a tag.")]
    [InlineData("a string as a type", "A ::= \"x\"\nE ::= NULL", "2:7 error CKI0003 Found a string, expected a type.")]
    [InlineData("a word alone", "END-OF-IT\nE ::= NULL", "3:1 error CKI0003 Found 'E', expected '::='.")]
    public void Parse_Reports_WhereAndWhat(string description, string text, string diagnostic)
    {
        var full = $"M DEFINITIONS ::= BEGIN\n{text}\nEND";
        Assert.Equal((description, diagnostic), (description, Assert.Single(Parsed.Diagnostics(full))));
    }

    [Fact]
    public void Parse_Keeps_TheAssignmentsAfterTwoErrors()
    {
        var result = Parsed.File("M DEFINITIONS ::= BEGIN\nA ::= SEQUENCE { a B c D }\nb INTEGER ::= ,\nC ::= SET { d D }\nEND");
        Assert.Equal(["Found 'c', expected ',' or '}'.", "Found ',', expected a value."], result.Diagnostics.Select(d => d.Message));
        Assert.Equal("C = SET(d:D)", TreeText.List(Assert.Single(result.Modules).Assignments, TreeText.Of));
    }

    [Theory]
    [InlineData("A ::= INTEGER (")]
    [InlineData("A ::= INTEGER (0..5")]
    [InlineData("A ::= INTEGER (0..")]
    [InlineData("A ::= SEQUENCE { a INTEGER (")]
    [InlineData("A ::= SEQUENCE { a INTEGER (0..5 |")]
    [InlineData("A ::= SEQUENCE { a CHOICE { b")]
    [InlineData("A ::= SEQUENCE (SIZE (")]
    [InlineData("A ::= [APPLICATION")]
    [InlineData("A ::= B {{")]
    [InlineData("a B ::= {")]
    [InlineData("A ::= IA5String (FROM (\"a\"..")]
    [InlineData("A ::= B (WITH COMPONENTS {..., c (")]
    [InlineData("A ::= ENUMERATED { a(")]
    [InlineData("A ::= SEQUENCE { a B DEFAULT")]
    public void Parse_Keeps_EveryFormOfAssignment_BehindAnOpenBracket(string open)
    {
        foreach (var form in new[] { "A ::= NULL", "b INTEGER ::= 1", "c OBJECT IDENTIFIER ::= {1 2}", "D E ::= {f}", "l M.N (1..2) ::= 1", "r SEQUENCE OF BIT STRING ::= {}", "O ::= CLASS {&P}" })
        {
            var result = Parsed.File($"M DEFINITIONS ::= BEGIN {open}\n{form}\nZ ::= NULL\nEND");
            Assert.Equal((form, 1), (form, result.Diagnostics.Count));
            Assert.Equal(TreeText.Of(Parsed.Body(form + "\nZ ::= NULL")), TreeText.Of(Assert.Single(result.Modules)));
        }
    }

    [Fact]
    public void Parse_Keeps_EveryFormOfAssignmentAfterAnError()
    {
        string[] forms =
        [
            "A ::= NULL", "b INTEGER ::= 1", "c OBJECT IDENTIFIER ::= {1 2}", "D E ::= {f}", "G{H} ::= H", "i{J} K ::= {j}", "l M.N (1..2) ::= 1",
            "O ::= CLASS {&P}", "q O.&p ::= 1", "r SEQUENCE OF BIT STRING ::= {}", "S{T:u} V ::= {u}",
        ];
        foreach (var form in forms)
        {
            var result = Parsed.File($"M DEFINITIONS ::= BEGIN X ::= SEQUENCE {{ a, }}\n{form}\nEND");
            Assert.Equal((form, 1), (form, result.Diagnostics.Count));
            Assert.Equal(TreeText.Of(Parsed.Body(form)), TreeText.Of(Assert.Single(result.Modules)));
        }
    }

    [Theory]
    [InlineData("text before a module", "what is this\nM DEFINITIONS ::= BEGIN A ::= NULL END", "1:1 error CKI0003 Found 'what', expected a module: its name, an object identifier or none, DEFINITIONS.")]
    [InlineData("text behind a module", "M DEFINITIONS ::= BEGIN A ::= NULL END\nwhat", "2:1 error CKI0003 Found 'what', expected a module: its name, an object identifier or none, DEFINITIONS.")]
    [InlineData("the rest of a comment", "-- M -- See also\nM DEFINITIONS ::= BEGIN A ::= NULL END", "1:9 warning CKI0004 The text behind a comment and outside any module is skipped.")]
    [InlineData("no END", "M DEFINITIONS ::= BEGIN A ::= NULL", "1:35 error CKI0003 Found the end of the text, expected END.")]
    [InlineData("no END before the next module", "N DEFINITIONS ::= BEGIN\nM DEFINITIONS ::= BEGIN A ::= NULL END", "2:1 error CKI0003 Found 'M', expected END.")]
    [InlineData("a wrong header", "M DEFINITIONS IMPLICIT ::= BEGIN A ::= NULL END", "1:24 error CKI0003 Found '::=', expected 'TAGS'.")]
    [InlineData("imports without their end", "M DEFINITIONS ::= BEGIN IMPORTS a FROM N\nA ::= NULL END", "2:1 error CKI0003 Found 'A', expected ';'.")]
    [InlineData("exports without their end", "M DEFINITIONS ::= BEGIN EXPORTS a\nA ::= NULL END", "2:1 error CKI0003 Found 'A', expected ',' or ';'.")]
    [InlineData("encoding instructions", "M DEFINITIONS ::= BEGIN A ::= [XER:LIST] NULL END", "1:31 warning CKI0004 Encoding instructions in brackets are skipped, here and further on.")]
    [InlineData("an encoding control section", "M DEFINITIONS ::= BEGIN A ::= NULL ENCODING-CONTROL XER X ::= 5 END", "1:36 warning CKI0004 The encoding control section is skipped.")]
    [InlineData("an encoding control section with an end of its own", "M DEFINITIONS ::= BEGIN A ::= NULL ENCODING-CONTROL XER BASE64 ALL END END", "1:36 warning CKI0004 The encoding control section is skipped.")]
    [InlineData("a comma too many", "M DEFINITIONS ::= BEGIN IMPORTS X, FROM N; A ::= NULL END", "1:36 warning CKI0306 no comma stands before FROM (X.680 13.1)")]
    [InlineData("imports before BEGIN", "M DEFINITIONS ::= IMPORTS X FROM N; BEGIN A ::= NULL END", "1:19 warning CKI0306 BEGIN stands before IMPORTS (X.680 13.1)")]
    public void Parse_Keeps_TheModule(string description, string text, string diagnostic)
    {
        Assert.Equal((description, diagnostic), (description, Assert.Single(Parsed.Diagnostics(text))));
        Assert.Equal("A = NULL", TreeText.List(Parsed.File(text).Modules[^1].Assignments, TreeText.Of));
    }

    [Theory]
    [InlineData("nothing", "", "1:1")]
    [InlineData("blanks", "\n\n  ", "3:3")]
    [InlineData("a comment", "-- later --\n", "2:1")]
    public void File_WithoutAModule_IsDoubted(string description, string text, string place) =>
        Assert.Equal((description, $"{place} warning CKI0306 there is no module in this file"), (description, Assert.Single(Parsed.Diagnostics(text))));

    [Fact]
    public void Diagnostics_Read_LikeThoseOfACompiler() =>
        Assert.Equal("m.asn1(1,1): error CKI0003: Found ',', expected a module: its name, an object identifier or none, DEFINITIONS.", Assert.Single(Parsed.File(",").Diagnostics).ToString());
}
