using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the C# that makes the constraints of descriptors.</summary>
public static class DescriptorConstraints
{
    private const string Prefix = "new " + Runtime.Prefix + "Constraint.";

    /// <summary>Returns the content octets of a simple value in hexadecimal; null where the type must be known for that.</summary>
    public static string? Content(ValueNode value) => value switch
    {
        BooleanNode boolean => boolean.Value ? "FF" : "00",
        IntegerNode number => Hex(number.Value),
        EnumeratedNode item => Hex(item.Number),
        NullNode => string.Empty,
        OctetsNode octets => octets.Hex,
        BitsNode bits => bits.UnusedBits.ToString("X2", CultureInfo.InvariantCulture) + bits.Hex,
        _ => null,
    };

    /// <summary>Returns the characters of a value that is a text; null for others.</summary>
    public static string? Text(ValueNode value) => value switch
    {
        TextNode text => text.Text,
        TimeNode time => time.Text,
        _ => null,
    };

    /// <summary>Returns the C# expression of a constraint.</summary>
    internal static string Expression(ConstraintNode node) => node switch
    {
        SingleValueNode { Value: IntegerNode number } => Range(number.Value, number.Value),
        SingleValueNode single when Content(single.Value) is { } content => $"{Prefix}Value(\"{content}\")",
        SingleValueNode { Value: OidNode oid } => $"{Prefix}Value({Runtime.Prefix}ObjectIdentifier.Parse(\"{oid.Dotted}\").Encoded)",
        SingleValueNode { Value: RelativeOidNode oid } => $"{Prefix}Value({Runtime.Prefix}RelativeOid.Parse(\"{oid.Dotted}\").Encoded)",
        SingleValueNode single when Text(single.Value) is { } text => $"{Prefix}Text({Runtime.Literal(text)})",
        NumberRangeNode range => Range(range.Minimum, range.Maximum),
        RealRangeNode range => $"{Prefix}RealRange({Real(range.Minimum, "NegativeInfinity")}, {Flag(range.MinimumOpen)}, {Real(range.Maximum, "PositiveInfinity")}, {Flag(range.MaximumOpen)})",
        SizeNode size => $"{Prefix}Size({Expression(size.Sizes)})",
        AlphabetNode { IsExtensible: false } alphabet => $"{Prefix}Alphabet({string.Join(", ", alphabet.Characters.Select(range => $"{Number(range.First)}, {Number(range.Last)}"))})",
        PatternNode pattern => $"{Prefix}Pattern({Runtime.Literal(pattern.Pattern)}, {Runtime.Literal(pattern.Regex)})",
        UnionNode union => $"{Prefix}Union({Joined(union.Operands)})",
        IntersectionNode intersection => $"{Prefix}Intersection({Joined(intersection.Operands)})",
        ExceptNode except => $"{Prefix}Except({Expression(except.Included)}, {Expression(except.Excluded)})",
        ExtensibleNode extensible => $"{Prefix}Extensible({Expression(extensible.Root)})",
        WithComponentNode with => $"{Prefix}Elements({Expression(with.Element)})",
        WithComponentsNode with => $"{Prefix}Components({Flag(with.IsPartial)}{string.Concat(with.Components.Select(entry => ", " + Component(entry)))})",
        _ => Prefix + "Every()",
    };

    private static string Component(ComponentConstraintNode entry)
    {
        var presence = entry.Presence switch { ComponentPresence.Present => "true", ComponentPresence.Absent => "false", _ => "null" };
        return $"{Prefix}Component({Runtime.Literal(entry.Name)}, {presence}, {(entry.Constraint is { } inner ? Expression(inner) : "null")})";
    }

    private static string Joined(IEnumerable<ConstraintNode> operands) => string.Join(", ", operands.Select(Expression));

    private static string Range(BigInteger? minimum, BigInteger? maximum) => $"{Prefix}Range({Number(minimum)}, {Number(maximum)})";

    private static string Number(BigInteger? number) => number is not { } value ? "null"
        : value >= long.MinValue && value <= long.MaxValue ? value.ToString(CultureInfo.InvariantCulture)
        : $"global::System.Numerics.BigInteger.Parse(\"{value.ToString(CultureInfo.InvariantCulture)}\", global::System.Globalization.CultureInfo.InvariantCulture)";

    private static string Real(double? number, string none) => number is { } value && !double.IsInfinity(value) ? value.ToString("R", CultureInfo.InvariantCulture) + "D" : "double." + none;

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Hex(BigInteger number)
    {
        var octets = number.ToByteArray();
        Array.Reverse(octets);
        return string.Concat(octets.Select(octet => octet.ToString("X2", CultureInfo.InvariantCulture)));
    }
}
