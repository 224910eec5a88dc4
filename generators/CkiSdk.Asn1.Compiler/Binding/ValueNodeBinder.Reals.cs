using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>REAL (X.680 21).</content>
internal sealed partial class ValueNodeBinder
{
    private ValueNode? Real(ValueSyntax value, Scope scope, Peeled definition)
    {
        switch (value)
        {
            case WordValueSyntax { Word: "PLUS-INFINITY" or "MINUS-INFINITY" or "NOT-A-NUMBER" } word:
                return new SpecialRealNode(word.Word);
            case LiteralValueSyntax { Token.Kind: TokenKind.Number or TokenKind.RealNumber } literal:
                return Decimal(literal, scope);
            case BlockValueSyntax block:
                return Parts(block, scope, definition);
            default:
                return Misfit(value, scope, definition);
        }
    }

    /// <summary>A realnumber is of base 10 (X.680 21.6); "-0" is minus zero.</summary>
    private ValueNode? Decimal(LiteralValueSyntax literal, Scope scope)
    {
        var text = literal.Token.Text.ToUpperInvariant();
        var mark = text.IndexOf('E');
        var (number, power) = mark < 0 ? (text, "0") : (text.Substring(0, mark), text.Substring(mark + 1));
        var point = number.IndexOf('.');
        var fraction = point < 0 ? string.Empty : number.Substring(point + 1);
        var digits = point < 0 ? number : number.Substring(0, point) + fraction;
        if (Digits(digits, literal, scope) is not { } mantissa || Digits(power, literal, scope) is not { } exponent)
        {
            return null;
        }

        return mantissa.IsZero && digits[0] == '-' ? new SpecialRealNode("MINUS-ZERO") : Normal(mantissa, 10, exponent - fraction.Length);
    }

    private ValueNode? Parts(BlockValueSyntax block, Scope scope, Peeled definition)
    {
        if (Parsed(Parser.ParseNamedValues(scope.Unit.Source, block.Tokens, block.Span)) is not { } parts)
        {
            return null;
        }

        if (parts.Count != 3 || parts[0].Name != "mantissa" || parts[1].Name != "base" || parts[2].Name != "exponent")
        {
            return Misfit(block, scope, definition);
        }

        var numbers = parts.Select(part => (Bind(part.Value, scope, PlainInteger, scope) as IntegerNode)?.Value).ToList();
        if (numbers.Contains(null))
        {
            return null;
        }

        return numbers[1] == 2 || numbers[1] == 10
            ? Normal(numbers[0]!.Value, (int)numbers[1]!.Value, numbers[2]!.Value)
            : Misfit(parts[1].Value, scope, definition);
    }

    /// <summary>Takes the base's factors out of the mantissa, so that equal values are equal nodes (X.690 11.3).</summary>
    private static RealNode Normal(BigInteger mantissa, int radix, BigInteger exponent)
    {
        if (mantissa.IsZero)
        {
            return new RealNode(BigInteger.Zero, 2, BigInteger.Zero);
        }

        if (radix == 10)
        {
            var digits = mantissa.ToString(CultureInfo.InvariantCulture);
            var kept = digits.TrimEnd('0');
            return new RealNode(BigInteger.Parse(kept, CultureInfo.InvariantCulture), 10, exponent + (digits.Length - kept.Length));
        }

        var zeros = 0;
        var octets = BigInteger.Abs(mantissa).ToByteArray();
        while ((octets[zeros / 8] & (1 << (zeros % 8))) == 0)
        {
            zeros++;
        }

        return new RealNode(mantissa / BigInteger.Pow(2, zeros), 2, exponent + zeros);
    }
}
