using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads values and actual parameters.</content>
public sealed partial class Parser
{
    private bool AtLiteral =>
        Current.Kind is TokenKind.Number or TokenKind.RealNumber or TokenKind.BinaryString or TokenKind.HexString or TokenKind.String || Is("-");

    // What stands between a brace and its partner, as tokens (X.680 17.7: the type decides what it means).
    private BlockValueSyntax ParseBlock()
    {
        var start = _position;
        if (!Is("{"))
            throw Unexpected("'{'");
        var end = _map.Partner(start);
        if (end < 0)
            throw Failure("Found '{' without its '}', expected both before the next assignment.");

        _position = end + 1;
        return new BlockValueSyntax(Tokens(start + 1, end), SpanFrom(start));
    }

    private Token[] Tokens(int start, int end)
    {
        var tokens = new Token[end - start];
        for (var i = 0; i < tokens.Length; i++)
            tokens[i] = _tokens[start + i];
        return tokens;
    }

    private ValueSyntax ParseValue()
    {
        Enter();
        var value = ParseValueHere();
        Leave();
        return value;
    }

    private ValueSyntax ParseValueHere()
    {
        if (AtLiteral)
            return ParseLiteral();
        if (Is("{"))
            return ParseBlock();
        if (Is(TokenKind.LowerWord))
            return ParseLowerValue();
        if (Is("CONTAINING"))
            return ParseContainingValue();
        if (!Is(TokenKind.UpperWord))
            throw Unexpected("a value");
        if (Words.Values.Contains(Current.Text) && !PeekIs(1, ":"))
            return new WordValueSyntax(Take().Text, SpanFrom(_position - 1));
        if (PeekIs(1, ".") && Peek(2).Kind == TokenKind.LowerWord)
            return ParseReferenceValue();
        return ParseOpenTypeValue();
    }

    private LiteralValueSyntax ParseLiteral()
    {
        var start = _position;
        var isNegative = TryTake("-");
        if (isNegative && Current.Kind is not (TokenKind.Number or TokenKind.RealNumber))
            throw Unexpected("a number behind '-'");
        var token = Take();
        var span = SpanFrom(start);
        return new LiteralValueSyntax(isNegative ? new Token(token.Kind, "-" + token.Text, span) : token, span);
    }

    private ValueSyntax ParseLowerValue()
    {
        var start = _position;
        // The macros of X.219 made a choice of these two, and X.208 wrote no colon.
        var isOfMacro = Current.Text is "localValue" or "globalValue" && (PeekIs(1, "{") || Peek(1).Kind == TokenKind.Number);
        if (!PeekIs(1, ":") && !isOfMacro)
            return ParseReferenceValue();
        var name = Take().Text;
        _ = TryTake(":");
        return new ChoiceValueSyntax(name, ParseValue(), SpanFrom(start));
    }

    // Module.name {parameters} .&field.&field (X.680 14, X.683 9, X.681 15)
    private ReferenceValueSyntax ParseReferenceValue()
    {
        var start = _position;
        string? module = null;
        if (Is(TokenKind.UpperWord))
        {
            module = Take().Text;
            Expect(".");
        }

        var name = Expect(TokenKind.LowerWord, "the name of a value").Text;
        var arguments = Is("{") ? ParseArguments() : null;
        return new ReferenceValueSyntax(module, name, arguments, ParseFieldNames(), SpanFrom(start));
    }

    private List<string> ParseFieldNames()
    {
        var fields = new List<string>();
        while (Is(".") && Peek(1).Kind is TokenKind.UpperField or TokenKind.LowerField)
        {
            _position++;
            fields.Add(Take().Text);
        }

        return fields;
    }

    // X.680 23.3: the value of an octet or bit string is the encoding of another one; kept as tokens.
    private BlockValueSyntax ParseContainingValue()
    {
        var start = _position++;
        ParseValue();
        return new BlockValueSyntax(Tokens(start, _position), SpanFrom(start));
    }

    private OpenTypeValueSyntax ParseOpenTypeValue()
    {
        var start = _position;
        if (!BeginsType())
            throw Unexpected("a value");
        var type = ParseType();
        if (!TryTake(":"))
        {
            _position = start;
            throw Unexpected("a value");
        }

        return new OpenTypeValueSyntax(type, ParseValue(), SpanFrom(start));
    }

    private List<ArgumentSyntax> ParseArguments()
    {
        Expect("{");
        var arguments = new List<ArgumentSyntax>();
        do
        {
            arguments.Add(ParseArgument());
        }
        while (TryTake(","));
        Expect("}");
        return arguments;
    }

    private ArgumentSyntax ParseArgument()
    {
        var start = _position;
        Enter();
        var (type, value) = ParseTypeOrValue();
        Leave();
        return new ArgumentSyntax(type, value, SpanFrom(start));
    }

    // One look at the first tokens decides; NULL is both.
    private (TypeSyntax? Type, ValueSyntax? Value) ParseTypeOrValue()
    {
        var start = _position;
        if (Is("NULL") && !PeekIs(1, ":") && !PeekIs(1, "("))
        {
            _position++;
            return (new BuiltinTypeSyntax("NULL", SpanFrom(start)), new WordValueSyntax("NULL", SpanFrom(start)));
        }

        if (!Is(TokenKind.UpperWord) && !Is(TokenKind.LowerWord) && !AtLiteral && !Is("{") && !Is("["))
            throw Unexpected("a type or a value");
        var isSelection = Is(TokenKind.LowerWord) && PeekIs(1, "<") && !PeekIs(2, "..");
        var isModuleValue = Is(TokenKind.UpperWord) && PeekIs(1, ".") && Peek(2).Kind == TokenKind.LowerWord;
        var isWord = Is(TokenKind.UpperWord) && Words.Values.Contains(Current.Text) && !Is("NULL");
        if (!isSelection && (!BeginsType() || isModuleValue || isWord || Is(TokenKind.LowerWord)))
            return ParseValueOrObjectField(start);
        var type = ParseType();
        return TryTake(":") ? (null, new OpenTypeValueSyntax(type, ParseValue(), SpanFrom(start))) : (type, null);
    }

    // object.&Type is a type, a value set or an object set.
    private (TypeSyntax? Type, ValueSyntax? Value) ParseValueOrObjectField(int start)
    {
        var value = ParseValue();
        if (value is not ReferenceValueSyntax { Fields.Count: > 0 } reference || !char.IsUpper(reference.Fields[reference.Fields.Count - 1][1]))
            return (null, value);
        var source = new TypeReferenceSyntax(reference.Module, reference.Name, reference.Arguments, SpanFrom(start));
        return (new ClassFieldTypeSyntax(source, reference.Fields, SpanFrom(start)), value);
    }
}
