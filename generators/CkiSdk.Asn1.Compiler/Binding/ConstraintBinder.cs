using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns the constraints of sizes, numbers and single values into C# conditions (X.680 51.2, 51.4, 51.5).</summary>
/// <remarks>What has no such form (an extensible constraint, inner subtyping, alphabets, tables) is left to the type itself.</remarks>
internal sealed class ConstraintBinder(ValueBinder values)
{
    /// <summary>Returns the bounds that an INTEGER is limited to; null at an open end.</summary>
    public (BigInteger? Minimum, BigInteger? Maximum) Range(Peeled peeled)
    {
        (BigInteger? Minimum, BigInteger? Maximum) range = (null, null);
        foreach (var (constraint, scope) in peeled.Constraints.Where(entry => !entry.Constraint.IsExtensible))
        {
            if (Bounds(constraint.Root, scope) is { } bounds)
            {
                range = (Greater(range.Minimum, bounds.Minimum), Lesser(range.Maximum, bounds.Maximum));
            }
        }

        return range;
    }

    /// <summary>Returns what values of the C# type must keep to; null for nothing.</summary>
    /// <param name="peeled">The type.</param>
    /// <param name="size">The member that gives the size, <c>Length</c> or <c>Count</c>; null where the type has no size.</param>
    /// <param name="number">How a number is compared: <c>int</c>, <c>long</c> or <c>Integer</c>; null where it is none.</param>
    /// <param name="text">The C# type of a character string; null where it is none.</param>
    public ConstraintModel? Bind(Peeled peeled, string? size, string? number, string? text)
    {
        ConstraintModel? result = null;
        foreach (var (constraint, scope) in peeled.Constraints.Where(entry => !entry.Constraint.IsExtensible))
        {
            var next = (constraint.Root, size, number, text) switch
            {
                (SizeSyntax sizes, { } member, _, _) when !sizes.Constraint.IsExtensible => Size(sizes, member, scope),
                (RangeSyntax or SingleValueSyntax or SetOperationSyntax, _, { } kind, _) => Number(constraint.Root, kind, scope),
                (SingleValueSyntax { Value: var value }, _, _, { } type) => Text(value, type, scope),
                _ => null,
            };
            if (next is not null)
            {
                next = next with { Notation = Notation(constraint, scope) };
                result = result is null ? next : next with
                {
                    Condition = $"({result.Condition}) && ({next.Condition})",
                    Notation = $"{result.Notation}{next.Notation}",
                    Minimum = (long?)Greater(result.Minimum, next.Minimum),
                    Maximum = (long?)Lesser(result.Maximum, next.Maximum),
                };
            }
        }

        return result;
    }

    private static BigInteger? Greater(BigInteger? first, BigInteger? second) => first is null || second > first ? second : first;

    private static BigInteger? Lesser(BigInteger? first, BigInteger? second) => first is null || second < first ? second : first;

    private static string Notation(ConstraintSyntax constraint, Scope scope) =>
        scope.Unit.Source.Text.Substring(constraint.Span.Start, constraint.Span.Length);

    private ConstraintModel? Size(SizeSyntax size, string member, Scope scope)
    {
        var condition = Condition(size.Constraint.Root, scope, $"{{0}}.{member}", CompareInt);
        var bounds = Bounds(size.Constraint.Root, scope);
        return condition is null || bounds is null ? null : Model(condition, bounds.Value, true);
    }

    private ConstraintModel? Number(ElementsSyntax elements, string kind, Scope scope)
    {
        var condition = Condition(elements, scope, "{0}", kind switch { "Integer" => CompareInteger, "int" => CompareInt, _ => Compare });
        var bounds = Bounds(elements, scope);
        return condition is null || bounds is null ? null : Model(condition, bounds.Value, false);
    }

    private ConstraintModel? Text(ValueSyntax value, string type, Scope scope)
    {
        if (values.Resolve(value, scope).Value is not LiteralValueSyntax { Token.Kind: TokenKind.String } literal)
        {
            return null;
        }

        var only = $"(({type}){Emit.Runtime.Literal(literal.Token.Text)})";
        return new ConstraintModel($"{{0}}.Equals({only.Replace("{", "{{").Replace("}", "}}")})", string.Empty, null, null, false, only);
    }

    private static ConstraintModel Model(string condition, (BigInteger? Minimum, BigInteger? Maximum) bounds, bool isSize) =>
        new(condition, string.Empty, Clip(bounds.Minimum), Clip(bounds.Maximum), isSize, null);

    private static long? Clip(BigInteger? bound) => bound is { } number && number >= long.MinValue && number <= long.MaxValue ? (long)number : null;

    private (BigInteger? Minimum, BigInteger? Maximum)? Bounds(ElementsSyntax elements, Scope scope)
    {
        switch (elements)
        {
            case RangeSyntax range:
                return (Shift(values.Number(range.Lower, scope), range.LowerOpen ? 1 : 0), Shift(values.Number(range.Upper, scope), range.UpperOpen ? -1 : 0));
            case SingleValueSyntax single when values.Number(single.Value, scope) is { } number:
                return (number, number);
            case SetOperationSyntax { Operator: "|" } union:
                var all = union.Operands.Select(operand => Bounds(operand, scope)).ToList();
                return all.Any(bounds => bounds is null) ? null
                    : (all.Any(b => b!.Value.Minimum is null) ? null : all.Min(b => b!.Value.Minimum), all.Any(b => b!.Value.Maximum is null) ? null : all.Max(b => b!.Value.Maximum));
            default:
                return null;
        }
    }

    private string? Condition(ElementsSyntax elements, Scope scope, string subject, Func<string, string, BigInteger, string?> compare)
    {
        if (elements is SetOperationSyntax { Operator: "|" } union)
        {
            var parts = union.Operands.Select(operand => Condition(operand, scope, subject, compare)).ToList();
            return parts.Contains(null) ? null : string.Join(" || ", parts.Select(part => $"({part})"));
        }

        if (elements is not (RangeSyntax or SingleValueSyntax) || Bounds(elements, scope) is not { } bounds)
        {
            return null;
        }

        if (bounds.Minimum == bounds.Maximum && bounds.Minimum is { } exact)
        {
            return compare(subject, "==", exact);
        }

        var ends = new[] { bounds.Minimum is { } low ? compare(subject, ">=", low) : null, bounds.Maximum is { } high ? compare(subject, "<=", high) : null };
        var known = ends.Where(end => end is not null).ToList();
        return known.Count == 0 ? null : string.Join(" && ", known);
    }

    private static BigInteger? Shift(BigInteger? number, int by) => number is { } value ? value + by : null;

    /// <summary>A bound that an <c>int</c> cannot reach is no condition.</summary>
    private static string? CompareInt(string subject, string comparison, BigInteger bound) =>
        (comparison == "<=" && bound >= int.MaxValue) || (comparison == ">=" && bound <= int.MinValue) ? null
        : bound > int.MaxValue || bound < int.MinValue ? "false" : Compare(subject, comparison, bound);

    private static string Compare(string subject, string comparison, BigInteger bound) =>
        $"{subject} {comparison} {bound.ToString(CultureInfo.InvariantCulture)}{(bound > int.MaxValue || bound < int.MinValue ? "L" : string.Empty)}";

    private static string CompareInteger(string subject, string comparison, BigInteger bound)
    {
        var number = bound.ToString(CultureInfo.InvariantCulture);
        var literal = bound >= long.MinValue && bound <= long.MaxValue ? number + "L" : $"global::System.Numerics.BigInteger.Parse(\"{number}\", global::System.Globalization.CultureInfo.InvariantCulture)";
        return $"{subject}.CompareTo({literal}) {comparison} 0";
    }
}
