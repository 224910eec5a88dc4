using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.TestSupport;
using FsCheck.Xunit;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class RobustnessTests
{
    private const string Valid = """
        M {iso(1) 2} DEFINITIONS AUTOMATIC TAGS ::= BEGIN EXPORTS A, b; IMPORTS C FROM D {1 2} e, F FROM G;
        A{H:i, J} ::= SEQUENCE { a [0] INTEGER {x(1)} (0..5 | 7, ...) DEFAULT 3, b CHOICE {...}, [[2: c C]], COMPONENTS OF D } -- comment --
        b OBJECT IDENTIFIER ::= {iso 3 /* c */} K ::= CLASS {&id OBJECT IDENTIFIER UNIQUE, &T OPTIONAL} WITH SYNTAX {[TYPE &T] ID &id}
        S K ::= {k | {TYPE SET OF A ID {1}}, ...} L ::= SEQUENCE {id K.&id({S}), v K.&T({S}{@id}) OPTIONAL}
        m SEQUENCE OF A ::= {{a 1}, "x""y", '01'B} N ::= ENUMERATED {p, q(-3), ...} O MACRO ::= BEGIN x ::= y END END
        """;

    private static readonly string[] Soup =
    [
        "::=", "{", "}", "(", ")", "[", "]", "[[", "]]", ",", ";", "..", "...", "|", ":", ".", "@", "!", "-", "<", "A", "b", "&T", "&id", "5", "1.5", "\"s\"", "'01'B",
        "SEQUENCE", "OF", "CHOICE", "INTEGER", "CLASS", "WITH", "SYNTAX", "COMPONENTS", "SIZE", "MACRO", "BEGIN", "END", "DEFINITIONS", "IMPORTS", "EXPORTS", "FROM",
        "OPTIONAL", "DEFAULT", "NULL", "TRUE", "ALL", "EXCEPT", "--", "/*", "*/", "\n", "'", "\"", "§",
    ];

    [Property(MaxTest = 500)]
    public void Parse_EndsOn_AnyItems(int seed)
    {
        var random = new Random(seed);
        string[] items = [.. Enumerable.Range(0, random.Next(120)).Select(_ => Soup[random.Next(Soup.Length)])];
        Assert.NotNull(Parsed.File("M DEFINITIONS ::= BEGIN " + string.Join(' ', items)).Modules);
        TokensAlone([.. items.Take(20).Select((item, place) => new Token(KindOf(item), item, new TextSpan(place, 1)))]);
    }

    [Property(MaxTest = 500)]
    public void Parse_EndsOn_AnyText(string? text) => Assert.NotNull(Parsed.File(text ?? "").Modules);

    [Fact]
    public void Parse_EndsOn_EveryPartOfAModule()
    {
        Assert.DoesNotContain(Parsed.File(Valid).Diagnostics, d => d.IsError);
        for (var length = 1; length < Valid.Length; length++)
        {
            Assert.Contains(Parsed.File(Valid[..length]).Diagnostics, d => d.IsError);
            Assert.NotNull(Parsed.File(Valid[length..]).Modules);
            Assert.NotNull(Parsed.File(Valid.Remove(length, 1)).Modules);
        }
    }

    [Theory]
    [InlineData("parentheses", "A ::= B ", "(")]
    [InlineData("tags", "A ::= ", "[0] ")]
    [InlineData("components", "A ::= ", "SEQUENCE { a ")]
    [InlineData("lists", "A ::= ", "SEQUENCE OF ")]
    [InlineData("parameters", "A ::= ", "B{")]
    [InlineData("choices", "a A ::= ", "b:")]
    [InlineData("constraints", "A ::= B", "(1)")]
    [InlineData("selections", "A ::= ", "a < ")]
    [InlineData("sizes", "A ::= B (", "SIZE (")]
    [InlineData("exclusions", "A ::= B (", "ALL EXCEPT (")]
    [InlineData("groups", "A ::= SEQUENCE {", "[[ ")]
    [InlineData("encoding prefixes", "A ::= ", "[XER:X] ")]
    public void Parse_Refuses_DeepNesting(string description, string start, string repeated)
    {
        var before = ProcessorTime.Nanoseconds;
        var text = $"M DEFINITIONS ::= BEGIN\n{start}{string.Concat(Enumerable.Repeat(repeated, 100_000))}\n;\nE ::= NULL END";
        var result = Parsed.File(text);
        Assert.True(ProcessorTime.Nanoseconds - before < 20_000_000_000, description);
        Assert.Contains(result.Diagnostics, d => d.Code is "CKI0005" or "CKI0003");
        Assert.Equal("E", result.Modules[0].Assignments[^1].Name);
    }

    [Fact]
    public void Parse_Counts_LevelsExactly()
    {
        Assert.Empty(Parsed.File(Nested(199)).Diagnostics);
        Assert.Equal("CKI0005", Assert.Single(Parsed.File(Nested(201)).Diagnostics).Code);
    }

    [Theory]
    [InlineData("assignments", "A ::= SEQUENCE { a B OPTIONAL, b INTEGER (0..5) } -- c\n")]
    [InlineData("errors", "A ::= SEQUENCE { a, }\n")]
    [InlineData("words", "a A ")]
    [InlineData("open braces", "{ ")]
    [InlineData("closed braces", "} ")]
    [InlineData("signs", "::= ")]
    [InlineData("quotes", "\" \n")]
    [InlineData("apostrophes", "' ")]
    [InlineData("comments", "/* ")]
    [InlineData("bad characters", "§ ")]
    [InlineData("governors", "a A . ")]
    public void Parse_Needs_TimeInProportion(string description, string repeated)
    {
        var start = ProcessorTime.Nanoseconds;
        Assert.NotNull(Parsed.File($"M DEFINITIONS ::= BEGIN\n{string.Concat(Enumerable.Repeat(repeated, 50_000))}\nEND").Modules);
        Assert.True(ProcessorTime.Nanoseconds - start < 20_000_000_000, description);
    }

    private static string Nested(int levels) =>
        $"M DEFINITIONS ::= BEGIN A ::= {string.Concat(Enumerable.Repeat("[0] ", levels))} NULL END";

    private static TokenKind KindOf(string item) => item[0] switch
    {
        '&' => char.IsUpper(item[1]) ? TokenKind.UpperField : TokenKind.LowerField,
        '\'' => TokenKind.BinaryString,
        '"' => TokenKind.String,
        >= '0' and <= '9' => TokenKind.Number,
        >= 'a' and <= 'z' => TokenKind.LowerWord,
        >= 'A' and <= 'Z' => TokenKind.UpperWord,
        _ => TokenKind.Mark,
    };

    private static void TokensAlone(IReadOnlyList<Token> tokens)
    {
        var source = new SourceText("s", new string(' ', tokens.Count));
        var span = new TextSpan(0, tokens.Count);
        object[] fragments =
        [
            Parser.ParseValue(source, tokens, span), Parser.ParseType(source, tokens, span), Parser.ParseArgument(source, tokens, span),
            Parser.ParseValueList(source, tokens, span), Parser.ParseNamedValues(source, tokens, span), Parser.ParseObjectSetElements(source, tokens, span),
            Parser.ParseObjectByClass(source, new ClassSyntax([], tokens, span), tokens, span),
        ];
        Assert.All(fragments, Assert.NotNull);
    }
}
