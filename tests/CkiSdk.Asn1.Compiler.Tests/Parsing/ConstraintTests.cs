namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class ConstraintTests
{
    [Theory]
    [InlineData("a value", "(5)", "(5)")]
    [InlineData("values", "(1 | -2 | n | \"s\")", "((1 | -2 | n | \"s\"))")]
    [InlineData("a range", "(0..255)", "(0..255)")]
    [InlineData("open and endless ranges", "(MIN<..<n | 5..MAX)", "((MIN<..<n | 5..MAX))")]
    [InlineData("real ranges", "(0.5..1E3)", "(0.5..1E3)")]
    [InlineData("tuples", "({0, 0, 0, 32}..{0, 0, 0, 126})", "({0 , 0 , 0 , 32}..{0 , 0 , 0 , 126})")]
    [InlineData("an extension marker", "(0..1, ...)", "(0..1; )")]
    [InlineData("an extension and an exception", "(0..1, ..., 2 | 3 ! 4)", "(0..1; (2 | 3)!4)")]
    [InlineData("two constraints", "(0..9)(1..8)", "(0..9)(1..8)")]
    [InlineData("operators by word", "(A UNION B INTERSECTION C)", "((in A | (in B ^ in C)))")]
    [InlineData("operators by mark", "(1..5 ^ 2..6 | 9)", "(((1..5 ^ 2..6) | 9))")]
    [InlineData("exclusions", "(A EXCEPT 5)", "((in A EXCEPT 5))")]
    [InlineData("all but", "(ALL EXCEPT (1 | 2))", "(not((1 | 2)))")]
    [InlineData("parentheses", "((A | B) ^ C)", "(((in A | in B) ^ in C))")]
    [InlineData("sizes", "(SIZE (1..n, ...))", "(size 1..n; )")]
    [InlineData("an alphabet", "(FROM (\"a\"..\"z\" | \"-\"))", "(from (\"a\"..\"z\" | \"-\"))")]
    [InlineData("a size and an alphabet", "(SIZE (1) ^ FROM (\"01\"))", "((size 1 ^ from \"01\"))")]
    [InlineData("a pattern", "(PATTERN \"[a-z]#(1,3)\")", "(PATTERN \"[a-z]#(1,3)\")")]
    [InlineData("settings", "(SETTINGS \"Basic=Date\")", "(SETTINGS \"Basic=Date\")")]
    [InlineData("contained subtypes", "(INCLUDES A | B)", "((in A | in B))")]
    [InlineData("an inner type of a list", "(WITH COMPONENT (SIZE (2)))", "(each size 2)")]
    [InlineData("inner types of components", "(WITH COMPONENTS {a (1..2) PRESENT, b ABSENT, c OPTIONAL, d})",
        "(with(a(1..2) PRESENT, b ABSENT, c OPTIONAL, d))")]
    [InlineData("a partial list of components", "(WITH COMPONENTS {..., a PRESENT})", "(with(..., a PRESENT))")]
    [InlineData("components or components", "(WITH COMPONENTS {a} | WITH COMPONENTS {b})", "((with(a) | with(b)))")]
    [InlineData("words that are values", "(TRUE | NULL | PLUS-INFINITY)", "((TRUE | NULL | PLUS-INFINITY))")]
    [InlineData("a value of another module", "(M.a | a:5)", "((M.a | a:5))")]
    [InlineData("a list as a value", "({a 1})", "({a 1})")]
    [InlineData("a user's constraint", "(CONSTRAINED BY {-- words -- T, v})", "(by {T , v})")]
    [InlineData("contents", "(CONTAINING T ENCODED BY {2 1 1})", "(contents T by {2 1 1})")]
    [InlineData("an encoding", "(ENCODED BY der)", "(contents by der)")]
    public void Parse_Reads_Constraints(string description, string text, string tree) =>
        Assert.Equal((description, "A = T" + tree), (description, Parsed.Assignments("A ::= T " + text)));

    [Theory]
    [InlineData("a set", "({S})", "(table S)")]
    [InlineData("a set of another module", "({M.S})", "(table M.S)")]
    [InlineData("a set with parameters", "({S{P, {Q}}}{@a})", "(table S<P, {Q}> @a)")]
    [InlineData("a path", "({S}{@a.b})", "(table S @a.b)")]
    [InlineData("paths", "({S}{@a, @b.c})", "(table S @a @b.c)")]
    [InlineData("paths from inside", "({S}{@.a, @..b.c, @...d})", "(table S @.a @..b.c @...d)")]
    [InlineData("a set of objects here", "({a | B, ...}{@c})", "(table {a | B , ...} @c)")]
    [InlineData("a set and an exception", "({S} ! 1)", "(table S!1)")]
    public void Parse_Reads_TableConstraints(string description, string text, string tree) =>
        Assert.Equal((description, "A = C.&id" + tree), (description, Parsed.Assignments("A ::= C.&id " + text)));
}
