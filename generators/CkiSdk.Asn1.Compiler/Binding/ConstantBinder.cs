using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Works out the values of simple types that stand in constraints.</summary>
internal sealed class ConstantBinder(ValueBinder values, Reporter reporter)
{
    /// <summary>Returns the value; null where it is of a structured type, comes from a module that is not there, or was reported.</summary>
    public ValueNode? Bind(ValueSyntax value, Peeled governor, Scope scope)
    {
        if (value is ReferenceValueSyntax { Module: null, Arguments: null, Fields.Count: 0 } name && Named(name.Name, governor) is { } named)
        {
            return named;
        }

        var (resolved, inner) = values.Resolve(value, scope);
        if (resolved is ReferenceValueSyntax { Fields.Count: 0 } missing)
        {
            // A value that was found may still be written with a name of its own type, also where an object of another module writes it.
            return Named(missing.Name, governor) ?? Missing(missing, governor, inner);
        }

        var constant = Constant(resolved, governor, inner);
        if (constant is null && !(value is ReferenceValueSyntax reference && reference.Name[0] == '#') && IsMismatch(resolved, governor.Base))
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, "this value does not belong to the type that is constrained");
        }

        return constant;
    }

    /// <summary>Returns the characters of a string, also of a list, a tuple or a quadruple (X.680 41.8); null where it is none.</summary>
    public string? Text(ValueSyntax value, Scope scope)
    {
        var (resolved, inner) = values.Resolve(value, scope);
        return resolved switch
        {
            LiteralValueSyntax { Token.Kind: TokenKind.String } literal => literal.Token.Text,
            BlockValueSyntax block => Characters(block.Tokens, inner),
            _ => null,
        };
    }

    /// <summary>Returns a real number; null where the value is none.</summary>
    public double? Real(ValueSyntax value, Scope scope)
    {
        var (resolved, inner) = values.Resolve(value, scope);
        return resolved switch
        {
            LiteralValueSyntax { Token.Kind: TokenKind.Number or TokenKind.RealNumber } literal =>
                double.TryParse(literal.Token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            WordValueSyntax { Word: "PLUS-INFINITY" } => double.PositiveInfinity,
            WordValueSyntax { Word: "MINUS-INFINITY" } => double.NegativeInfinity,
            WordValueSyntax { Word: "NOT-A-NUMBER" } => double.NaN,
            BlockValueSyntax block => Parts(block.Tokens),
            _ => null,
        };
    }

    /// <summary>Returns which value a name may have been meant for, as a question; empty for none.</summary>
    public static string Hint(ReferenceValueSyntax reference, Scope scope) =>
        Spelling.Hint(reference.Name, scope.Unit.Assignments.Keys.Concat(scope.Unit.Imports.Keys).Where(name => char.IsLower(name[0])));

    private ValueNode? Missing(ReferenceValueSyntax reference, Peeled governor, Scope scope)
    {
        if (!values.IsKnown(reference, scope) && scope.Find(reference.Name) is null && governor.Base is not (AnyTypeSyntax or ClassFieldTypeSyntax))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"{reference.Name} is not defined here and not imported{Hint(reference, scope)}");
        }

        return null;
    }

    private ValueNode? Named(string name, Peeled governor) => governor.Base switch
    {
        IntegerTypeSyntax integer when integer.Names.FirstOrDefault(number => number.Name == name) is { Value: { } value }
            && values.Number(value, governor.Scope) is { } number => new IntegerNode(number),
        EnumeratedTypeSyntax items when EnumeratedNumbers.Of(items, item => values.Number(item.Value!, governor.Scope)).TryGetValue(name, out var item)
            && item >= int.MinValue && item <= int.MaxValue => new EnumeratedNode(name, (long)item),
        _ => null,
    };

    private BooleanNode BooleanOfNumber(Token number, Scope scope)
    {
        var word = number.Text == "1" ? "TRUE" : "FALSE";
        reporter.Warning(DiagnosticCodes.DoubtfulValue, scope.Unit, number.Span, $"the number {number.Text} stands for a BOOLEAN: it is read as {word}");
        return new BooleanNode(number.Text == "1");
    }

    private ValueNode? Constant(ValueSyntax value, Peeled governor, Scope scope) => (ConstrainedKinds.Of(governor.Base), value) switch
    {
        (ConstrainedKind.Plain, WordValueSyntax { Word: "TRUE" or "FALSE" } word) => new BooleanNode(word.Word == "TRUE"),
        (ConstrainedKind.Plain, LiteralValueSyntax { Token: { Kind: TokenKind.Number, Text: "0" or "1" } bit }) when governor.Base is BuiltinTypeSyntax { Name: "BOOLEAN" } =>
            BooleanOfNumber(bit, scope),
        (ConstrainedKind.Plain, WordValueSyntax { Word: "NULL" }) => new NullNode(),
        (ConstrainedKind.Plain, BlockValueSyntax) => values.ObjectIdentifier(value, scope) is { } dotted ? Identifier(dotted, governor) : null,
        (ConstrainedKind.Integer, LiteralValueSyntax { Token.Kind: TokenKind.Number }) => values.Number(value, scope) is { } number ? new IntegerNode(number) : null,
        (ConstrainedKind.Real, _) => RealOf(value, scope),
        (ConstrainedKind.Octets, LiteralValueSyntax { Token.Kind: TokenKind.HexString or TokenKind.BinaryString } literal) => new OctetsNode(Bits.ToHex(literal.Token)),
        (ConstrainedKind.Bits, LiteralValueSyntax { Token.Kind: TokenKind.HexString or TokenKind.BinaryString } literal) => OfDigits(Digits(literal.Token)),
        (ConstrainedKind.Bits, BlockValueSyntax block) => NamedBits(block, governor),
        (ConstrainedKind.Text, _) => Text(value, scope) is { } text ? new TextNode(text) : null,
        (ConstrainedKind.Moment or ConstrainedKind.Time, LiteralValueSyntax { Token.Kind: TokenKind.String } literal) => new TimeNode(literal.Token.Text),
        _ => null,
    };

    private static bool IsMismatch(ValueSyntax value, TypeSyntax type) => (ConstrainedKinds.Of(type), value) switch
    {
        (ConstrainedKind.Integer, LiteralValueSyntax or BlockValueSyntax or ChoiceValueSyntax or WordValueSyntax { Word: not ("MIN" or "MAX") }) => true,
        (ConstrainedKind.Enumerated, LiteralValueSyntax or BlockValueSyntax or ChoiceValueSyntax or WordValueSyntax) => true,
        (ConstrainedKind.Text or ConstrainedKind.Bits or ConstrainedKind.Octets or ConstrainedKind.Real, LiteralValueSyntax or ChoiceValueSyntax or WordValueSyntax { Word: not ("MIN" or "MAX") }) => true,
        (ConstrainedKind.List or ConstrainedKind.Structure or ConstrainedKind.Choice, LiteralValueSyntax or WordValueSyntax) => true,
        (ConstrainedKind.Plain, LiteralValueSyntax) => type is BuiltinTypeSyntax { Name: "BOOLEAN" or "NULL" or "OBJECT IDENTIFIER" or "RELATIVE-OID" },
        _ => false,
    };

    private static ValueNode Identifier(string dotted, Peeled governor) =>
        governor.Base is BuiltinTypeSyntax { Name: "RELATIVE-OID" } ? new RelativeOidNode(dotted) : new OidNode(dotted);

    private ValueNode? RealOf(ValueSyntax value, Scope scope) => Real(value, scope) switch
    {
        null => null,
        double.PositiveInfinity => new SpecialRealNode("PLUS-INFINITY"),
        double.NegativeInfinity => new SpecialRealNode("MINUS-INFINITY"),
        double.NaN => new SpecialRealNode("NOT-A-NUMBER"),
        { } number => OfNumber(number.ToString("R", CultureInfo.InvariantCulture)),
    };

    private static RealNode? OfNumber(string text)
    {
        var parts = text.Split('E');
        var point = parts[0].IndexOf('.');
        var fraction = point < 0 ? 0 : parts[0].Length - point - 1;
        return new RealNode(
            BigInteger.Parse(parts[0].Replace(".", string.Empty), CultureInfo.InvariantCulture),
            10,
            (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0) - fraction);
    }

    private static BitsNode OfDigits(string digits)
    {
        var token = new Token(TokenKind.BinaryString, digits, default);
        return new BitsNode(Bits.ToHex(token), (8 - (digits.Length % 8)) % 8);
    }

    private static string Digits(Token token) => token.Kind == TokenKind.BinaryString
        ? token.Text
        : string.Concat(token.Text.Select(digit => Convert.ToString(Convert.ToInt32(digit.ToString(), 16), 2).PadLeft(4, '0')));

    private BitsNode? NamedBits(BlockValueSyntax block, Peeled governor)
    {
        var names = ((BitStringTypeSyntax)governor.Base).Names;
        var digits = new List<char>();
        foreach (var token in block.Tokens.Where(token => token.Kind == TokenKind.LowerWord))
        {
            if (names.FirstOrDefault(bit => bit.Name == token.Text)?.Value is not { } value || values.Number(value, governor.Scope) is not { } number || number < 0 || number > 1 << 20)
            {
                return null;
            }

            while (digits.Count <= number)
            {
                digits.Add('0');
            }

            digits[(int)number] = '1';
        }

        return OfDigits(new string([.. digits]));
    }

    private string? Characters(IReadOnlyList<Token> tokens, Scope scope)
    {
        var numbers = tokens.Where(token => token.Kind == TokenKind.Number).Select(token => token.Text).ToList();
        if (numbers.Count > 0)
        {
            return numbers.Count is 2 or 4 && tokens.Count == (2 * numbers.Count) - 1 ? Character(numbers) : null;
        }

        var text = string.Empty;
        foreach (var token in tokens.Where(token => !token.Is(",")))
        {
            ValueSyntax part = token.Kind == TokenKind.String
                ? new LiteralValueSyntax(token, token.Span) : new ReferenceValueSyntax(null, token.Text, null, [], token.Span);
            if (token.Kind is not (TokenKind.String or TokenKind.LowerWord) || values.Resolve(part, scope) is not { Value: not ReferenceValueSyntax } resolved
                || text.Length > 10_000 || Text(resolved.Value, resolved.Scope) is not { } more)
            {
                return null;
            }

            text += more;
        }

        return text;
    }

    // A tuple is a column and a row of ISO 646, a quadruple the octets of ISO 10646.
    private static string? Character(List<string> numbers)
    {
        var point = 0L;
        foreach (var digits in numbers)
        {
            if (!byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            point = (point * (numbers.Count == 2 ? 16 : 256)) + number;
        }

        return point <= 0xFFFF ? ((char)point).ToString() : point <= 0x10FFFF ? char.ConvertFromUtf32((int)point) : null;
    }

    // {mantissa 314, base 10, exponent -2} (X.680 21.5).
    private static double? Parts(IReadOnlyList<Token> tokens)
    {
        var text = string.Concat(tokens.Select(token => token.Text + " ")).Replace("- ", "-");
        var words = text.Replace(",", string.Empty).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 6 || words[0] != "mantissa" || words[2] != "base" || words[3] is not ("2" or "10") || words[4] != "exponent")
        {
            return null;
        }

        var (mantissa, exponent) = (words[1], words[5]);
        if (!double.TryParse(mantissa, NumberStyles.Float, CultureInfo.InvariantCulture, out var m) || !int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var e))
        {
            return null;
        }

        return words[3] == "2" ? m * Math.Pow(2, e)
            : double.TryParse($"{mantissa}E{exponent}", NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null;
    }
}
