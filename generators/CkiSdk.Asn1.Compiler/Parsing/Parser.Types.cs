using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads types.</content>
public sealed partial class Parser
{
    private bool BeginsType() =>
        Is("[") || (Is(TokenKind.LowerWord) && (PeekIs(1, "<") || BeginsObjectField()))
        || (Is(TokenKind.UpperWord) && (!Words.IsReserved(Current.Text) || Words.SimpleTypes.Contains(Current.Text) || IsTypeWord(Current.Text)));

    // object.&Type, object{parameters}.&Type
    private bool BeginsObjectField()
    {
        var end = PeekIs(1, "{") ? _map.Partner(_position + 1) + 1 : _position + 1;
        return end > 0 && _tokens[end].Is(".") && _tokens[end + 1].Kind is TokenKind.UpperField or TokenKind.LowerField;
    }

    private static bool IsTypeWord(string word) =>
        word is "INTEGER" or "BIT" or "OCTET" or "OBJECT" or "CHARACTER" or "EMBEDDED" or "ENUMERATED" or "SEQUENCE" or "SET" or "CHOICE" or "INSTANCE";

    private TypeSyntax ParseType()
    {
        Enter();
        var start = _position;
        var type = ParseUnconstrainedType();
        for (var count = 0; Is("(") || (Is("SIZE") && PeekIs(1, "(")); count++)
        {
            if (count == MaxDepth)
                throw TooDeep();
            type = new ConstrainedTypeSyntax(type, Is("(") ? ParseConstraint() : ParseDoubtfulSize(), SpanFrom(start));
        }

        Leave();
        return type;
    }

    private TypeSyntax ParseUnconstrainedType()
    {
        var start = _position;
        if (Is("["))
            return IsEncodingPrefix() ? SkipEncodingPrefix() : ParseTaggedType();
        if (Is(TokenKind.LowerWord) && PeekIs(1, "<"))
        {
            var alternative = Take().Text;
            _position++;
            return new SelectionTypeSyntax(alternative, ParseType(), SpanFrom(start));
        }

        if (Is(TokenKind.LowerWord) && BeginsObjectField())
            return ParseObjectField();
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
                return new IntegerTypeSyntax(Is("{") ? ParseNamedNumbers(isSigned: true) : [], SpanFrom(start));
            case "BIT":
                TakeWords("STRING");
                return new BitStringTypeSyntax(Is("{") ? ParseNamedNumbers(isSigned: false) : [], SpanFrom(start));
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

    // X.681 15: the type that an object has in a field.
    private ClassFieldTypeSyntax ParseObjectField()
    {
        var start = _position;
        var name = Take().Text;
        var arguments = Is("{") ? ParseArguments() : null;
        var reference = new TypeReferenceSyntax(null, name, arguments, SpanFrom(start));
        return new ClassFieldTypeSyntax(reference, ParseFieldNames(), SpanFrom(start));
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
        if (Is("TAG") && PeekIs(1, ":"))
            _position += 2;
        string? tagClass = null;
        if (Is("UNIVERSAL") || Is("APPLICATION") || Is("PRIVATE"))
            tagClass = Take().Text;
        if (!Is(TokenKind.Number) && !Is(TokenKind.LowerWord) && !(Is(TokenKind.UpperWord) && PeekIs(1, ".")))
            throw Unexpected("the number of a tag");
        var number = ParseValue();
        Expect("]");
        var mode = Is("IMPLICIT") || Is("EXPLICIT") ? Take().Text : null;
        return new TaggedTypeSyntax(tagClass, number, mode, ParseType(), SpanFrom(start));
    }

    // X.680 31.3: [XER: …], or [… ] in the notation of the module's own encoding reference.
    private bool IsEncodingPrefix() =>
        Peek(1).Kind == TokenKind.UpperWord && !PeekIs(2, ".") && !(PeekIs(1, "TAG") && PeekIs(2, ":"))
        && !PeekIs(1, "UNIVERSAL") && !PeekIs(1, "APPLICATION") && !PeekIs(1, "PRIVATE");

    private TypeSyntax SkipEncodingPrefix()
    {
        var end = _map.Partner(_position);
        if (end < 0)
            throw Unexpected("a tag with its ']'");
        if (!_hasEncodingPrefix)
            Skipped(Current, "Encoding instructions in brackets are skipped, here and further on.");
        _hasEncodingPrefix = true;
        _position = end + 1;
        return ParseType();
    }

    private List<NamedNumberSyntax> ParseNamedNumbers(bool isSigned)
    {
        Expect("{");
        var names = new List<NamedNumberSyntax>();
        if (TryTake("}"))
            return names;
        do
        {
            var start = _position;
            var name = Expect(TokenKind.LowerWord, "a name").Text;
            names.Add(new NamedNumberSyntax(name, ParseNumberInParentheses(isSigned), SpanFrom(start)));
        }
        while (TryTake(","));
        Expect("}");
        return names;
    }

    // X.680 19.1, 22.1: a number or a reference to one; bits count from zero up.
    private ValueSyntax ParseNumberInParentheses(bool isSigned)
    {
        Expect("(");
        var isNumber = Is(TokenKind.Number) || (isSigned && Is("-") && Peek(1).Kind == TokenKind.Number);
        var isName = Is(TokenKind.LowerWord) || (Is(TokenKind.UpperWord) && PeekIs(1, "."));
        if (!isNumber && !isName)
            throw Unexpected(isSigned ? "a number or the name of one" : "a number without sign or the name of one");
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
            var value = Is("(") ? ParseNumberInParentheses(isSigned: true) : null;
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

    // Some published modules leave them out behind other types, too.
    private ConstraintSyntax ParseDoubtfulSize()
    {
        Doubt(Current, "SIZE stands in parentheses behind a type (X.680 49.1): (SIZE (…))");
        return ParseBareSize();
    }

    private TypeSyntax ParseReferencedType()
    {
        var start = _position;
        var reference = ParseTypeReference();
        var fields = ParseFieldNames();
        if (fields.Count > 0)
            return new ClassFieldTypeSyntax(reference, fields, SpanFrom(start));
        if (AuthenticationMacros.IsKnown(reference.Name) && _macros.Contains(reference.Name) && ParseMacroArgument(reference) is { } inner)
            return AuthenticationMacros.Expand(reference.Name, inner, SpanFrom(start));
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

    // SIGNED SEQUENCE {…}, SIGNED Type; SIGNED {Type} where the module itself says that SIGNED is a macro.
    private TypeSyntax? ParseMacroArgument(TypeReferenceSyntax reference)
    {
        if (reference is { Module: null, Arguments: { Count: 1 } arguments } && arguments[0].Type is { } type && _definedMacros.Contains(reference.Name))
            return type;
        return reference is { Module: null, Arguments: null } && BeginsType() && !_map.BeginsAssignment(_position) ? ParseType() : null;
    }

    // X.208 A.1: a macro may give the notation of a type any look; there is no reading it without the macro.
    private void RejectMacro(int start)
    {
        if (_isFragment || !Is(TokenKind.UpperWord) || Words.MayFollowType(Current.Text) || !_macros.Contains(_tokens[start].Text))
            return;
        if (!_map.BeginsAssignment(_position))
            throw new SyntaxException(Asn1Diagnostic.At(
                DiagnosticCodes.Skipped, isError: false, _source, _tokens[start].Span, $"The use of the macro {_tokens[start].Text} is skipped."));
    }
}
