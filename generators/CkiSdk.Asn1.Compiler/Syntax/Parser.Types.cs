using CkiSdk.Asn1.Compiler.Diagnostics;

namespace CkiSdk.Asn1.Compiler.Syntax;

/// <content>Reads types.</content>
public sealed partial class Parser
{
    private bool BeginsType() =>
        Is("[") || (Is(TokenKind.LowerWord) && PeekIs(1, "<"))
        || (Is(TokenKind.UpperWord) && (!Words.IsReserved(Current.Text) || Words.SimpleTypes.Contains(Current.Text) || IsTypeWord(Current.Text)));

    private static bool IsTypeWord(string word) =>
        word is "INTEGER" or "BIT" or "OCTET" or "OBJECT" or "CHARACTER" or "EMBEDDED" or "ENUMERATED" or "SEQUENCE" or "SET" or "CHOICE" or "INSTANCE";

    private TypeSyntax ParseType()
    {
        Enter();
        var start = _position;
        var type = ParseUnconstrainedType();
        for (var count = 0; Is("("); count++)
        {
            if (count == MaxDepth)
                throw TooDeep();
            type = new ConstrainedTypeSyntax(type, ParseConstraint(), SpanFrom(start));
        }

        Leave();
        return type;
    }

    private TypeSyntax ParseUnconstrainedType()
    {
        var start = _position;
        if (Is("["))
            return ParseTaggedType();
        if (Is(TokenKind.LowerWord) && PeekIs(1, "<"))
        {
            var alternative = Take().Text;
            _position++;
            return new SelectionTypeSyntax(alternative, ParseType(), SpanFrom(start));
        }

        if (!Is(TokenKind.UpperWord))
            throw Unexpected("a type");
        if (Words.SimpleTypes.Contains(Current.Text))
            return new BuiltinTypeSyntax(Take().Text, SpanFrom(start));
        return ParseBuiltinType(start);
    }

    private TypeSyntax ParseBuiltinType(int start)
    {
        switch (Current.Text)
        {
            case "INTEGER":
                _position++;
                return new IntegerTypeSyntax(Is("{") ? ParseNamedNumbers() : [], SpanFrom(start));
            case "BIT":
                TakeWords("STRING");
                return new BitStringTypeSyntax(Is("{") ? ParseNamedNumbers() : [], SpanFrom(start));
            case "OCTET" or "CHARACTER":
                return new BuiltinTypeSyntax(TakeWords("STRING"), SpanFrom(start));
            case "OBJECT":
                return new BuiltinTypeSyntax(TakeWords("IDENTIFIER"), SpanFrom(start));
            case "EMBEDDED":
                return new BuiltinTypeSyntax(TakeWords("PDV"), SpanFrom(start));
            case "ENUMERATED":
                return ParseEnumerated();
            case "SEQUENCE" or "SET":
                return ParseSequenceOrSet();
            case "CHOICE":
                _position++;
                return new ChoiceTypeSyntax(ParseComponents(), SpanFrom(start));
            case "INSTANCE":
                TakeWords("OF");
                return new InstanceOfTypeSyntax(ParseTypeReference(), SpanFrom(start));
            case "ANY" when !PeekIs(1, "."):
                return ParseAny();
            default:
                return ParseReferencedType();
        }
    }

    private string TakeWords(string second)
    {
        var first = Take().Text;
        Expect(second);
        return first + " " + second;
    }

    private AnyTypeSyntax ParseAny()
    {
        var start = _position++;
        if (!Is("DEFINED"))
            return new AnyTypeSyntax(null, SpanFrom(start));
        TakeWords("BY");
        return new AnyTypeSyntax(Expect(TokenKind.LowerWord, "the name of a component").Text, SpanFrom(start));
    }

    private TaggedTypeSyntax ParseTaggedType()
    {
        var start = _position;
        Expect("[");
        string? tagClass = null;
        if (Is("UNIVERSAL") || Is("APPLICATION") || Is("PRIVATE"))
            tagClass = Take().Text;
        if (!Is(TokenKind.Number) && !Is(TokenKind.LowerWord) && !Is(TokenKind.UpperWord))
            throw Unexpected("the number of a tag");
        var number = ParseValue();
        Expect("]");
        var mode = Is("IMPLICIT") || Is("EXPLICIT") ? Take().Text : null;
        return new TaggedTypeSyntax(tagClass, number, mode, ParseType(), SpanFrom(start));
    }

    private List<NamedNumberSyntax> ParseNamedNumbers()
    {
        Expect("{");
        var names = new List<NamedNumberSyntax>();
        if (TryTake("}"))
            return names;
        do
        {
            var start = _position;
            var name = Expect(TokenKind.LowerWord, "a name").Text;
            names.Add(new NamedNumberSyntax(name, ParseNumberInParentheses(), SpanFrom(start)));
        }
        while (TryTake(","));
        Expect("}");
        return names;
    }

    private ValueSyntax ParseNumberInParentheses()
    {
        Expect("(");
        var value = ParseValue();
        Expect(")");
        return value;
    }

    // X.680 20: root items, then perhaps "...", an exception, and additional items.
    private EnumeratedTypeSyntax ParseEnumerated()
    {
        var start = _position++;
        Expect("{");
        var root = new List<NamedNumberSyntax>();
        var additional = new List<NamedNumberSyntax>();
        var isExtensible = false;
        do
        {
            if (!isExtensible && TryTake("..."))
            {
                isExtensible = true;
                ParseException();
                continue;
            }

            var item = _position;
            var name = Expect(TokenKind.LowerWord, isExtensible ? "an enumeration item" : "an enumeration item or '...'").Text;
            var value = Is("(") ? ParseNumberInParentheses() : null;
            (isExtensible ? additional : root).Add(new NamedNumberSyntax(name, value, SpanFrom(item)));
        }
        while (TryTake(","));
        Expect("}");
        return new EnumeratedTypeSyntax(root, isExtensible, additional, SpanFrom(start));
    }

    private TypeSyntax ParseSequenceOrSet()
    {
        var start = _position;
        var isSet = Take().Text == "SET";
        if (Is("{"))
            return new SequenceTypeSyntax(isSet, ParseComponents(), SpanFrom(start));
        var constraint = Is("(") ? ParseConstraint() : Is("SIZE") ? ParseBareSize() : null;
        if (!TryTake("OF"))
            throw Unexpected(constraint is null ? "'{' or OF" : "OF");
        var name = Is(TokenKind.LowerWord) && !PeekIs(1, "<") ? Take().Text : null;
        var type = new SequenceOfTypeSyntax(isSet, name, ParseType(), SpanFrom(start));
        return constraint is null ? type : new ConstrainedTypeSyntax(type, constraint, type.Span);
    }

    // SEQUENCE SIZE (…) OF: the parentheses around SIZE may be left out (X.680 49.4).
    private ConstraintSyntax ParseBareSize()
    {
        var start = _position++;
        var size = new SizeSyntax(ParseConstraint(), SpanFrom(start));
        return new ConstraintSyntax(size, false, null, null, size.Span);
    }

    private TypeSyntax ParseReferencedType()
    {
        var start = _position;
        var reference = ParseTypeReference();
        var fields = ParseFieldNames();
        if (fields.Count > 0)
            return new ClassFieldTypeSyntax(reference, fields, SpanFrom(start));
        RejectMacro(start);
        return reference;
    }

    private TypeReferenceSyntax ParseTypeReference()
    {
        var start = _position;
        if (!Is(TokenKind.UpperWord) || Words.IsReserved(Current.Text))
            throw Unexpected("a type");
        var name = Take().Text;
        string? module = null;
        if (Is(".") && Peek(1).Kind == TokenKind.UpperWord)
        {
            _position++;
            module = name;
            name = Take().Text;
        }

        var arguments = Is("{") ? ParseArguments() : null;
        return new TypeReferenceSyntax(module, name, arguments, SpanFrom(start));
    }

    // X.208 A.1: a macro may give the notation of a type any look; there is no reading it without the macro.
    private void RejectMacro(int start)
    {
        if (_isFragment || !Is(TokenKind.UpperWord) || Words.MayFollowType(Current.Text) || !Words.IsAllUpper(_tokens[start].Text))
            return;
        if (Is("WITH") && PeekIs(1, "SYNTAX"))
            return;
        if (!_map.BeginsAssignment(_position))
            throw new SyntaxException(Asn1Diagnostic.At(
                DiagnosticCodes.Skipped, isError: false, _source, _tokens[start].Span, $"The use of the macro {_tokens[start].Text} is skipped."));
    }
}
