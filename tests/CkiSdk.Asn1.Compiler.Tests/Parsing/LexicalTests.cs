namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class LexicalTests
{
    [Theory]
    [InlineData("a comment up to the line's end", "A ::= -- x ::= y\nNULL", "A = NULL")]
    [InlineData("a comment up to two hyphens", "A ::= -- x -- NULL", "A = NULL")]
    [InlineData("a comment directly behind a word", "A ::= NULL--x--B ::= NULL", "A = NULL, B = NULL")]
    [InlineData("a comment that ends in three hyphens", "A ::= --- x --- NULL", "A = NULL")]
    [InlineData("a framed comment", "A ::= ---- x ---- NULL", "A = NULL")]
    [InlineData("rulers", "-------\nA ::= NULL\n--------\n-- x ----\nB ::= NULL", "A = NULL, B = NULL")]
    [InlineData("two comments of a line", "A ::= --x----y-- NULL", "A = NULL")]
    [InlineData("nested comments", "A ::= /* x /* y */ z */ NULL", "A = NULL")]
    [InlineData("two kinds of comments", "A ::= /* x -- y */ NULL -- /* \nB ::= NULL", "A = NULL, B = NULL")]
    [InlineData("words with hyphens and digits", "A-b2 ::= C-3d", "A-b2 = C-3d")]
    [InlineData("hyphens that do not break", "A\u2011b ::= NULL", "A-b = NULL")]
    [InlineData("blanks outside ASCII", "\uFEFFA\u00A0::=\u2003NULL\u200B\u0085\v\f", "A = NULL")]
    [InlineData("a range directly behind a number", "A ::= B (1..2 | 1.5..2.5)", "A = B((1..2 | 1.5..2.5))")]
    [InlineData("real numbers", "a A ::= 12.50 b B ::= 1e5 c C ::= 2E-7", "a: A = 12.50, b: B = 1e5, c: C = 2E-7")]
    [InlineData("blanks in binary and hexadecimal strings", "a A ::= '01 1\n0'B b B ::= 'A0\t F f'H", "a: A = '0110'B, b: B = 'A0FF'H")]
    [InlineData("empty strings", "a A ::= \"\" b B ::= ''B c C ::= ''H", "a: A = \"\", b: B = ''B, c: C = ''H")]
    [InlineData("doubled quotes", "a A ::= \"x\"\"y\"\"\"", "a: A = \"x\"y\"\"")]
    [InlineData("line ends in strings", "a A ::= \"x \t\r\n\n   y z\"", "a: A = \"xy z\"")]
    [InlineData("a comment mark in a string", "a A ::= \"x--y/*\"", "a: A = \"x--y/*\"")]
    [InlineData("letters outside ASCII in strings", "a A ::= \"äß漢\"", "a: A = \"äß漢\"")]
    public void Parse_Reads_Items(string description, string text, string tree) => Assert.Equal((description, tree), (description, Parsed.Assignments(text)));

    [Theory]
    [InlineData("a character", "A ::= §", "1:7 error CKI0001 The character '§' (U+00A7) begins no lexical item.")]
    [InlineData("a run of characters", "A ::= äöü", "1:7 error CKI0001 The character 'ä' (U+00E4) begins no lexical item.")]
    [InlineData("a digit", "a A ::= '012'B", "1:12 error CKI0001 '2' is no binary digit.")]
    [InlineData("a letter", "a A ::= 'AG'H", "1:11 error CKI0001 'G' is no hexadecimal digit.")]
    [InlineData("a string", "a A ::= \"x", "1:9 error CKI0002 The string that begins here has no closing quotation mark.")]
    [InlineData("a string of digits", "a A ::= '01", "1:9 error CKI0002 The string that begins here does not end in 'B or 'H.")]
    [InlineData("a comment", "A ::= NULL /* /* */", "1:12 error CKI0002 The comment that begins here has no end.")]
    [InlineData("an underscore", "A ::= B_c", "1:7 error CKI0001 The name 'B_c' has an underscore in it, expected letters, digits and single hyphens.")]
    public void Parse_Reports_BadItems(string description, string text, string diagnostic)
    {
        const string Header = "M DEFINITIONS ::= BEGIN\n";
        var found = Parsed.Diagnostics(Header + text + "\nEND");
        Assert.Contains((description, diagnostic.Replace("1:", "2:", StringComparison.Ordinal)), found.Select(d => (description, d)));
    }
}
