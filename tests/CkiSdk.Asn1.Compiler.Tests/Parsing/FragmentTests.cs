using CkiSdk.Asn1.Compiler.Parsing;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class FragmentTests
{
    [Theory]
    [InlineData("nothing", "", "()")]
    [InlineData("an object", "a", "a")]
    [InlineData("objects and sets", "a | B | {&id 1} | C{d}", "(a | in B | {&id 1} | in C<d>)")]
    [InlineData("an extension", "a, ..., b | c", "a; (b | c)")]
    [InlineData("only an extension", "...", "(); ")]
    [InlineData("an extension first", "..., a", "(); a")]
    [InlineData("a set of sets", "B.&Errors | o.&Errors", "(in B.&Errors | in o.&Errors)")]
    [InlineData("values and ranges", "1 | 3..5 | INTEGER (7)", "(1 | 3..5 | in INTEGER(7))")]
    [InlineData("sets without something", "B EXCEPT a | ALL EXCEPT {b}", "((in B EXCEPT a) | not({b}))")]
    public void ParseObjectSetElements_Reads_Sets(string description, string text, string tree)
    {
        var (source, block) = Parsed.Block(text);
        var fragment = Parser.ParseObjectSetElements(source, block.Tokens, block.Span);
        Assert.Empty(fragment.Diagnostics);
        Assert.Equal((description, tree), (description, ConstraintText.Of(fragment.Node!)));
    }

    [Fact]
    public void ParseValueList_Reads_Values()
    {
        var (source, block) = Parsed.Block("1, {2, 3}, a:4");
        Assert.Equal("1, {2 , 3}, a:4", TreeText.List(Parser.ParseValueList(source, block.Tokens, block.Span).Node!, ValueText.Of));
        Assert.Empty(Parser.ParseValueList(source, [], block.Span).Node!);
    }

    [Fact]
    public void ParseNamedValues_Reads_Components()
    {
        var (source, block) = Parsed.Block("a 1, b {c d}, e f:NULL, g -2");
        var values = Parser.ParseNamedValues(source, block.Tokens, block.Span).Node!;
        Assert.Equal("a=1, b={c d}, e=f:NULL, g=-2", TreeText.List(values, value => $"{value.Name}={ValueText.Of(value.Value)}"));
        Assert.Empty(Parser.ParseNamedValues(source, [], block.Span).Node!);
    }

    [Theory]
    [InlineData("a type", "SEQUENCE OF A", "SEQUENCE OF(A)")]
    [InlineData("a value", "a:5", "a:5")]
    [InlineData("a set", "{A | b}", "{A | b}")]
    public void ParseArgument_Reads_TypesAndValues(string description, string text, string tree)
    {
        var (source, block) = Parsed.Block(text);
        Assert.Equal((description, tree), (description, ValueText.Of(Parser.ParseArgument(source, block.Tokens, block.Span).Node!)));
    }

    [Fact]
    public void ParseType_Reads_AnyType()
    {
        var (source, block) = Parsed.Block("SET {a [0] B OPTIONAL} (WITH COMPONENTS {a})");
        Assert.Equal("SET(a:[0]B?)(with(a))", TypeText.Of(Parser.ParseType(source, block.Tokens, block.Span).Node!));
    }

    [Theory]
    [InlineData("a second value", "1 2", "Found '2', expected nothing more.", 35)]
    [InlineData("nothing", "", "Found the end of the text, expected a value.", 33)]
    [InlineData("a type", "SEQUENCE", "Found the end of the text, expected '{' or OF.", 41)]
    public void ParseValue_Reports_ItsPlace(string description, string text, string message, int place)
    {
        var (source, block) = Parsed.Block(text);
        var fragment = Parser.ParseValue(source, block.Tokens, block.Span);
        Assert.Null(fragment.Node);
        var diagnostic = Assert.Single(fragment.Diagnostics);
        Assert.Equal((description, message, place), (description, diagnostic.Message, diagnostic.Span.Start));
    }
}
