using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads constraints (X.680 49 to 51, X.682).</content>
public sealed partial class Parser
{
    private ConstraintSyntax ParseConstraint()
    {
        Enter();
        var start = _position;
        Expect("(");
        var constraint = ParseSets(start);
        if (!TryTake(")"))
            throw Unexpected("')'");
        Leave();
        return constraint with { Span = SpanFrom(start) };
    }

    // Sets, perhaps "...", perhaps more sets, perhaps an exception: in parentheses, or in the braces of a value set or object set.
    private ConstraintSyntax ParseSets(int start)
    {
        ElementsSyntax? root = null;
        ElementsSyntax? additional = null;
        var isExtensible = false;
        var isEmpty = _isSetBody && AtEnd;
        if (!Is("...") && !isEmpty)
            root = ParseSet();
        if ((root is null && !isEmpty) || (Is(",") && PeekIs(1, "...")))
        {
            TryTake(",");
            _position++;
            isExtensible = true;
            if (TryTake(","))
                additional = ParseSet();
        }

        root ??= new SetOperationSyntax("|", [], SpanFrom(start));
        return new ConstraintSyntax(root, isExtensible, additional, ParseException(), SpanFrom(start));
    }

    private ElementsSyntax ParseSet()
    {
        var start = _position;
        Enter();
        var set = ParseUnions(start);
        Leave();
        return set;
    }

    private ElementsSyntax ParseUnions(int start)
    {
        var operands = new List<ElementsSyntax>();
        do
        {
            operands.Add(ParseIntersections());
        }
        while (TryTake("|") || TryTake("UNION"));
        return operands.Count == 1 ? operands[0] : new SetOperationSyntax("|", operands, SpanFrom(start));
    }

    private ElementsSyntax ParseIntersections()
    {
        var start = _position;
        var operands = new List<ElementsSyntax>();
        do
        {
            operands.Add(ParseExclusion());
        }
        while (TryTake("^") || TryTake("INTERSECTION"));
        return operands.Count == 1 ? operands[0] : new SetOperationSyntax("^", operands, SpanFrom(start));
    }

    private ElementsSyntax ParseExclusion()
    {
        var start = _position;
        if (TryTake("ALL"))
        {
            Expect("EXCEPT");
            return new SetOperationSyntax("ALL EXCEPT", [ParseElements()], SpanFrom(start));
        }

        var elements = ParseElements();
        return TryTake("EXCEPT") ? new SetOperationSyntax("EXCEPT", [elements, ParseElements()], SpanFrom(start)) : elements;
    }

    private ElementsSyntax ParseElements()
    {
        var start = _position;
        if (TryTake("("))
        {
            var inner = ParseSet();
            if (Is(",") && PeekIs(1, "..."))
            {
                Doubt(Peek(1), "an extension marker stands in the outermost parentheses of a constraint (X.680 50.1); here it means nothing");
                _position += 2;
            }

            Expect(")");
            return inner;
        }

        if (Is("{"))
            return ParseTableOrBlock();
        if (Is(TokenKind.UpperWord) && ParseElementsByWord() is { } elements)
            return elements;
        return ParseValueOrType();
    }

    private ElementsSyntax? ParseElementsByWord()
    {
        var start = _position;
        switch (Current.Text)
        {
            case "SIZE" when PeekIs(1, "("):
                _position++;
                return new SizeSyntax(ParseConstraint(), SpanFrom(start));
            case "FROM":
                _position++;
                return new AlphabetSyntax(ParseConstraint(), SpanFrom(start));
            case "PATTERN" or "SETTINGS":
                return new PatternSyntax(Take().Text, ParseValue(), SpanFrom(start));
            case "INCLUDES":
                _position++;
                return new ContainedSubtypeSyntax(ParseType(), SpanFrom(start));
            case "WITH":
                return ParseInnerSubtype();
            case "CONSTRAINED":
                TakeWords("BY");
                return new UserConstraintSyntax(ParseBlock(), SpanFrom(start));
            case "CONTAINING" or "ENCODED":
                return ParseContents();
            default:
                return null;
        }
    }

    private ContentsConstraintSyntax ParseContents()
    {
        var start = _position;
        var type = TryTake("CONTAINING") ? ParseType() : null;
        ValueSyntax? encodedBy = null;
        if (Is("ENCODED"))
        {
            TakeWords("BY");
            encodedBy = ParseValue();
        }

        return new ContentsConstraintSyntax(type, encodedBy, SpanFrom(start));
    }

    // X.680 51.8
    private ElementsSyntax ParseInnerSubtype()
    {
        var start = _position++;
        if (TryTake("COMPONENT"))
            return new WithComponentSyntax(ParseConstraint(), SpanFrom(start));
        Expect("COMPONENTS");
        Expect("{");
        var isPartial = TryTake("...");
        var components = new List<ComponentConstraintSyntax>();
        var isFirst = !isPartial;
        while (!Is("}") && (isFirst || TryTake(",")))
        {
            isFirst = false;
            components.Add(ParseComponentConstraint());
        }

        if (!TryTake("}"))
            throw Unexpected("',' or '}'");
        return new WithComponentsSyntax(isPartial, components, SpanFrom(start));
    }

    private ComponentConstraintSyntax ParseComponentConstraint()
    {
        var start = _position;
        var name = Expect(TokenKind.LowerWord, "the name of a component").Text;
        var constraint = Is("(") ? ParseConstraint() : null;
        var presence = Is("PRESENT") || Is("ABSENT") || Is("OPTIONAL") ? Take().Text : null;
        return new ComponentConstraintSyntax(name, constraint, presence, SpanFrom(start));
    }

    // {Set}, {Set}{@a.b} are table constraints (X.682 10); any other braces are a value.
    private ElementsSyntax ParseTableOrBlock()
    {
        var start = _position;
        var end = _map.Partner(start);
        var hasPaths = end > 0 && _tokens[end + 1].Is("{") && _tokens[end + 2].Is("@");
        if (!hasPaths && !IsSetName(start, end))
            return ParseValueOrType();
        var set = IsSetName(start, end) ? ParseArguments()[0] : new ArgumentSyntax(null, ParseBlock(), SpanFrom(start));
        return new TableConstraintSyntax(set, hasPaths ? ParsePaths() : [], SpanFrom(start));
    }

    private bool IsSetName(int start, int end)
    {
        var name = _tokens[start + 1];
        if (_isSetBody || end < 0 || name.Kind != TokenKind.UpperWord || Words.IsReserved(name.Text))
            return false;
        var last = start + 2;
        if (_tokens[last].Is(".") && _tokens[last + 1].Kind == TokenKind.UpperWord)
            last += 2;
        if (_tokens[last].Is("{"))
            last = _map.Partner(last) + 1;
        return last == end;
    }

    private List<string> ParsePaths()
    {
        Expect("{");
        var paths = new List<string>();
        do
        {
            Expect("@");
            var path = "";
            while (Is(".") || Is("..") || Is("...") || Is(TokenKind.LowerWord))
                path += Take().Text;
            if (path.Length == 0 || path.EndsWith(".", StringComparison.Ordinal))
                throw Unexpected("the name of a component");
            paths.Add(path);
        }
        while (TryTake(","));
        Expect("}");
        return paths;
    }

    private ElementsSyntax ParseValueOrType()
    {
        var start = _position;
        var (type, value) = ParseTypeOrValue();
        if (value is null || type is ClassFieldTypeSyntax)
            return new ContainedSubtypeSyntax(type!, SpanFrom(start));
        var lowerOpen = Is("<") && PeekIs(1, "..");
        if (lowerOpen)
            _position++;
        if (!TryTake(".."))
            return new SingleValueSyntax(value, SpanFrom(start));
        var upperOpen = TryTake("<");
        return new RangeSyntax(value, lowerOpen, ParseValue(), upperOpen, SpanFrom(start));
    }
}
