using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads tokens that were kept until their meaning was known.</content>
public sealed partial class Parser
{
    private bool _isSetBody;

    /// <summary>Reads tokens as one value; the span is that of the block that they come from, braces included.</summary>
    public static Fragment<ValueSyntax> ParseValue(SourceText source, IReadOnlyList<Token> tokens, TextSpan span) =>
        ParseFragment(source, tokens, span, parser => parser.ParseValue());

    /// <summary>Reads tokens as one type.</summary>
    public static Fragment<TypeSyntax> ParseType(SourceText source, IReadOnlyList<Token> tokens, TextSpan span) =>
        ParseFragment(source, tokens, span, parser => parser.ParseType());

    /// <summary>Reads tokens as one type, value, value set, object or object set.</summary>
    public static Fragment<ArgumentSyntax> ParseArgument(SourceText source, IReadOnlyList<Token> tokens, TextSpan span) =>
        ParseFragment(source, tokens, span, parser => parser.ParseArgument());

    /// <summary>
    /// Reads the inside of the braces of an object set (X.681 12) or a value set (X.680 16.7). In an object set, an object is a <see cref="SingleValueSyntax"/>
    /// with a reference or a block, another set a <see cref="ContainedSubtypeSyntax"/>; a set that begins with <c>...</c> has a root without operands.
    /// </summary>
    public static Fragment<ConstraintSyntax> ParseObjectSetElements(SourceText source, IReadOnlyList<Token> tokens, TextSpan span) =>
        ParseFragment(source, tokens, span, parser =>
        {
            parser._isSetBody = true;
            return parser.ParseSets(0);
        });

    /// <summary>Reads the inside of the braces of an object by its class: by WITH SYNTAX where the class has it (X.681 10), else field by field (X.681 11.5).</summary>
    public static Fragment<IReadOnlyDictionary<string, ArgumentSyntax>> ParseObjectByClass(
        SourceText source, ClassSyntax definition, IReadOnlyList<Token> tokens, TextSpan span) =>
        ParseFragment<IReadOnlyDictionary<string, ArgumentSyntax>>(source, tokens, span, parser => parser.ParseObject(definition));

    /// <summary>Reads the inside of braces as values with commas between: SEQUENCE OF, SET OF.</summary>
    public static Fragment<IReadOnlyList<ValueSyntax>> ParseValueList(SourceText source, IReadOnlyList<Token> tokens, TextSpan span) =>
        ParseFragment<IReadOnlyList<ValueSyntax>>(source, tokens, span, parser => parser.ParseValues());

    /// <summary>Reads the inside of braces as names with values: SEQUENCE, SET.</summary>
    public static Fragment<IReadOnlyList<NamedValueSyntax>> ParseNamedValues(SourceText source, IReadOnlyList<Token> tokens, TextSpan span) =>
        ParseFragment<IReadOnlyList<NamedValueSyntax>>(source, tokens, span, parser => parser.ParseNamed());

    private static Fragment<T> ParseFragment<T>(SourceText source, IReadOnlyList<Token> tokens, TextSpan span, Func<Parser, T> parse)
        where T : class
    {
        var parser = new Parser(source, [.. tokens, new Token(TokenKind.End, "", new TextSpan(Math.Max(span.End - 1, span.Start), 0))], [], isFragment: true);
        try
        {
            var node = parse(parser);
            if (!parser.AtEnd)
                throw parser.Unexpected("nothing more");
            return new Fragment<T>(node, parser._diagnostics);
        }
        catch (SyntaxException exception)
        {
            return new Fragment<T>(null, [.. parser._diagnostics, exception.Diagnostic]);
        }
    }

    private List<ValueSyntax> ParseValues()
    {
        var values = new List<ValueSyntax>();
        if (AtEnd)
            return values;
        do
        {
            values.Add(ParseValue());
        }
        while (TryTake(","));
        return values;
    }

    private List<NamedValueSyntax> ParseNamed()
    {
        var values = new List<NamedValueSyntax>();
        if (AtEnd)
            return values;
        do
        {
            var start = _position;
            var name = Expect(TokenKind.LowerWord, "the name of a component").Text;
            var value = ParseValue();
            values.Add(new NamedValueSyntax(name, value, SpanFrom(start)));
        }
        while (TryTake(","));
        return values;
    }
}
