using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Formatting;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Compiler.Tests.Formatting;

/// <summary>Shows what the formatter makes of a text, and that it changes no meaning.</summary>
public sealed class FormatterTests
{
    public static TheoryData<string> Modules => [.. Directory.EnumerateFiles(Repository.PathOf("asn1"), "*.asn1").Select(file => Path.GetFileName(file))];

    [Theory]
    [InlineData("blanks", "M DEFINITIONS::=BEGIN\n\n\n\nA::=SEQUENCE{a INTEGER  ,b   NULL}   \n\tB  ::=  [ 1 ] A\nEND", "M DEFINITIONS ::= BEGIN\n\nA ::= SEQUENCE{a INTEGER, b NULL}\nB ::= [ 1 ] A\nEND\n")]
    [InlineData("indentation", "M DEFINITIONS ::= BEGIN\nA ::=\nSEQUENCE {\na INTEGER,\nb CHOICE {\nc NULL\n}\n}\nEND\n", "M DEFINITIONS ::= BEGIN\nA ::=\n  SEQUENCE {\n  a  INTEGER,\n  b  CHOICE {\n    c  NULL\n  }\n}\nEND\n")]
    [InlineData("columns", "M DEFINITIONS ::= BEGIN\nA ::= SEQUENCE {\nshort INTEGER,\nmuchLonger NULL,\n\nx NULL }\nEND\n", "M DEFINITIONS ::= BEGIN\nA ::= SEQUENCE {\n  short       INTEGER,\n  muchLonger  NULL,\n\n  x  NULL }\nEND\n")]
    [InlineData("continued lines", "M DEFINITIONS ::= BEGIN\nIMPORTS\nA,\nB\nFROM N;\nC ::= SEQUENCE {\na INTEGER\nDEFAULT 5,\nb NULL }\nEND\n", "M DEFINITIONS ::= BEGIN\nIMPORTS\n  A,\n  B\n    FROM N;\nC ::= SEQUENCE {\n  a  INTEGER\n    DEFAULT 5,\n  b  NULL }\nEND\n")]
    [InlineData("comments", "-- head\nM DEFINITIONS ::= BEGIN -- begins\n   -- of A\nA ::= SEQUENCE { -- open\n -- of a\na INTEGER, -- one\nbb NULL -- two\n-- last\n} /* block\n   as it is */\nEND -- foot", "-- head\nM DEFINITIONS ::= BEGIN  -- begins\n-- of A\nA ::= SEQUENCE {  -- open\n  -- of a\n  a   INTEGER,  -- one\n  bb  NULL      -- two\n  -- last\n}    /* block\n   as it is */\nEND  -- foot\n")]
    [InlineData("comment that ends on its line", "M DEFINITIONS ::= BEGIN\nA ::=   -- why --   INTEGER\nEND\n", "M DEFINITIONS ::= BEGIN\nA ::= -- why -- INTEGER\nEND\n")]
    [InlineData("strings", "M DEFINITIONS ::= BEGIN\na IA5String ::= \"two   blanks -- and more\"\nEND\n", "M DEFINITIONS ::= BEGIN\na IA5String ::= \"two   blanks -- and more\"\nEND\n")]
    [InlineData("syntax error", "M DEFINITIONS ::= BEGIN\n   A ::= (\nEND\n", "M DEFINITIONS ::= BEGIN\n   A ::= (\nEND\n")]
    public void Format_Gives(string description, string text, string expected)
    {
        var formatted = Format(text);
        Assert.True(expected == formatted, $"{description}:\n{formatted}");
        Assert.Equal(formatted, Format(formatted));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Format_Keeps_TheMeaningOfModules(string file)
    {
        var text = Repository.ReadText($"asn1/{file}");
        var torn = text.Replace("  ", "\t   ", StringComparison.Ordinal).Replace("\n\n", "\n\n\n\n", StringComparison.Ordinal);
        var formatted = Format(torn);
        Assert.NotEqual(torn, formatted);
        Assert.Equal(formatted, Format(formatted));
        Assert.Equal(Models(text), Models(formatted));
    }

    private static string Format(string text) => Formatter.Format(new SourceText("m.asn1", text));

    private static List<TypeModel> Models(string text)
    {
        var parsed = Parser.Parse(new SourceText("m.asn1", text));
        Assert.DoesNotContain(parsed.Diagnostics, diagnostic => diagnostic.IsError);
        return [.. Linker.Link([parsed], "T").Modules.SelectMany(module => module.Types).Where(type => type is not ValuesModel)
            .Select(type => type with { Doc = new DocModel(null, string.Empty, string.Empty) })];
    }
}
