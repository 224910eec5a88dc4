using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads the components of SEQUENCE, SET and CHOICE.</content>
public sealed partial class Parser
{
    private List<ComponentSyntax> ParseComponents()
    {
        Expect("{");
        var components = new List<ComponentSyntax>();
        if (TryTake("}"))
            return components;
        do
        {
            components.Add(ParseComponent());
        }
        while (TryTake(",") || AtDoubtfulGroup());
        if (!TryTake("}"))
            throw Unexpected("',' or '}'");
        return components;
    }

    // Some published modules leave out the comma in front of version brackets.
    private bool AtDoubtfulGroup()
    {
        if (Is("[["))
            Doubt(Current, "a comma stands before version brackets (X.680 25.1)");
        return Is("[[");
    }

    private ComponentSyntax ParseComponent()
    {
        var start = _position;
        if (TryTake("..."))
            return new ExtensionMarkerSyntax(ParseException(), SpanFrom(start));
        if (Is("[["))
            return ParseExtensionGroup();
        if (Is("COMPONENTS"))
        {
            TakeWords("OF");
            return new ComponentsOfSyntax(ParseType(), SpanFrom(start));
        }

        return ParseNamedComponent();
    }

    private NamedComponentSyntax ParseNamedComponent()
    {
        var start = _position;
        var name = Is(TokenKind.LowerWord) && !PeekIs(1, "<") ? Take().Text : null;
        if (name is null && !BeginsType())
            throw Unexpected("a component");
        var type = ParseType();
        var isOptional = TryTake("OPTIONAL");
        var defaultValue = !isOptional && TryTake("DEFAULT") ? ParseValue() : null;
        return new NamedComponentSyntax(name, type, isOptional, defaultValue, CommentsWith(start, _position - 1), SpanFrom(start));
    }

    // [[ 2: a A, b B ]] (X.680 25.1)
    private ExtensionGroupSyntax ParseExtensionGroup()
    {
        var start = _position++;
        Enter();
        ValueSyntax? version = null;
        if (Is(TokenKind.Number) && PeekIs(1, ":"))
        {
            version = ParseLiteral();
            _position++;
        }

        var components = new List<ComponentSyntax>();
        do
        {
            components.Add(ParseComponent());
        }
        while (TryTake(","));
        Expect("]]");
        Leave();
        return new ExtensionGroupSyntax(version, components, SpanFrom(start));
    }

    // ! number, ! value, ! Type : value (X.680 53)
    private ValueSyntax? ParseException() => TryTake("!") ? ParseValue() : null;
}
