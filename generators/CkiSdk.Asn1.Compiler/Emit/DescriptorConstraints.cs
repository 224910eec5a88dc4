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
        OpenNode open => open.Der,
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

    /// <summary>Returns the number nearest to a REAL; null for what is no number.</summary>
    public static double? RealNumber(ValueNode value) => value switch
    {
        SpecialRealNode { Word: "PLUS-INFINITY" } => double.PositiveInfinity,
        SpecialRealNode { Word: "MINUS-INFINITY" } => double.NegativeInfinity,
        SpecialRealNode { Word: "MINUS-ZERO" } => 0,
        RealNode { Base: 10 } real when double.TryParse($"{real.Mantissa}E{real.Exponent}", NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        RealNode { Base: 2 } real when BigInteger.Abs(real.Exponent) < 2000 => (double)real.Mantissa * Math.Pow(2, (double)real.Exponent),
        _ => null,
    };

    /// <summary>Returns the C# expression of a constraint.</summary>
    internal static string Expression(ConstraintNode node) => node switch
    {
        SingleValueNode { Value: IntegerNode number } => Range(number.Value, number.Value),
        SingleValueNode single when (single.Content ?? Content(single.Value)) is { } content => $"{Prefix}Value(\"{content}\")",
        SingleValueNode { Value: OidNode oid } => $"{Prefix}Value({Runtime.Prefix}ObjectIdentifier.Parse(\"{oid.Dotted}\").Encoded)",
        SingleValueNode { Value: RelativeOidNode oid } => $"{Prefix}Value({Runtime.Prefix}RelativeOid.Parse(\"{oid.Dotted}\").Encoded)",
        SingleValueNode single when Text(single.Value) is { } text => $"{Prefix}Text({Runtime.Literal(text)})",
        SingleValueNode single when RealNumber(single.Value) is { } number => $"{Prefix}RealRange({RealEnd(number)}, false, {RealEnd(number)}, false)",
        NumberRangeNode range => Range(range.Minimum, range.Maximum),
        RealRangeNode range => $"{Prefix}RealRange({Real(range.Minimum, "NegativeInfinity")}, {Flag(range.MinimumOpen)}, {Real(range.Maximum, "PositiveInfinity")}, {Flag(range.MaximumOpen)})",
        SizeNode size => $"{Prefix}Size({Expression(size.Sizes)})",
        AlphabetNode { IsExtensible: false } alphabet => $"{Prefix}Alphabet({string.Join(", ", alphabet.Characters.Select(range => $"{Number(range.First)}, {Number(range.Last)}"))})",
        PatternNode pattern => $"{Prefix}Pattern({Runtime.Literal(pattern.Pattern)}, {Runtime.Literal(pattern.Regex)})",
        UserDefinedNode user => $"{Prefix}UserDefined({Runtime.Literal(user.Text)})",
        SettingsNode settings => $"{Prefix}Settings({Runtime.Literal(settings.Settings)})",
        TimeRangeNode range => $"{Prefix}TimeRange({TimeRange(range)})",
        UnionNode union => $"{Prefix}Union({Joined(union.Operands)})",
        IntersectionNode intersection => $"{Prefix}Intersection({Joined(intersection.Operands)})",
        ExceptNode except => $"{Prefix}Except({Expression(except.Included)}, {Expression(except.Excluded)})",
        ExtensibleNode extensible => $"{Prefix}Extensible({Expression(extensible.Root)})",
        WithComponentNode with => $"{Prefix}Elements({Expression(with.Element)})",
        WithComponentsNode with => $"{Prefix}Components({Flag(with.IsPartial)}{string.Concat(with.Components.Select(entry => ", " + Component(entry)))})",
        _ => Prefix + "Every()",
    };

    /// <summary>Returns the arguments that say a range of times.</summary>
    internal static string TimeRange(TimeRangeNode range) => $"{End(range.Minimum)}, {Flag(range.MinimumOpen)}, {End(range.Maximum)}, {Flag(range.MaximumOpen)}";

    private static string End(string? time) => time is null ? "null" : Runtime.Literal(time);

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

    private static string RealEnd(double number) => Real(number, number > 0 ? "PositiveInfinity" : "NegativeInfinity");

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Hex(BigInteger number)
    {
        var octets = number.ToByteArray();
        Array.Reverse(octets);
        return string.Concat(octets.Select(octet => octet.ToString("X2", CultureInfo.InvariantCulture)));
    }
}
