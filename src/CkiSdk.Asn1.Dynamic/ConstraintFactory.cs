using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Dynamic;

/// <summary>Makes the constraints of descriptors from models, as <c>DescriptorConstraints</c> writes the C# that makes them.</summary>
internal static class ConstraintFactory
{
    /// <summary>Says whether a descriptor carries the constraint.</summary>
    public static bool IsDescribed(ConstraintNode node) => node is not (EveryValueNode or ContainingNode);

    /// <summary>Returns the constraint.</summary>
    public static Constraint Make(ConstraintNode node) => node switch
    {
        SingleValueNode { Value: IntegerNode number } => new Constraint.Range(number.Value, number.Value),
        SingleValueNode single when (single.Content ?? DescriptorConstraints.Content(single.Value)) is { } content => new Constraint.Value(content),
        SingleValueNode { Value: OidNode oid } => new Constraint.Value(ObjectIdentifier.Parse(oid.Dotted).Encoded),
        SingleValueNode { Value: RelativeOidNode oid } => new Constraint.Value(RelativeOid.Parse(oid.Dotted).Encoded),
        SingleValueNode single when DescriptorConstraints.Text(single.Value) is { } text => new Constraint.Text(text),
        SingleValueNode single when DescriptorConstraints.RealNumber(single.Value) is { } number => new Constraint.RealRange(number, false, number, false),
        NumberRangeNode range => new Constraint.Range(range.Minimum, range.Maximum),
        RealRangeNode range => new Constraint.RealRange(
            range.Minimum ?? double.NegativeInfinity, range.MinimumOpen, range.Maximum ?? double.PositiveInfinity, range.MaximumOpen),
        SizeNode size => new Constraint.Size(Make(size.Sizes)),
        AlphabetNode { IsExtensible: false } alphabet => new Constraint.Alphabet([.. alphabet.Characters.SelectMany(range => new[] { range.First, range.Last })]),
        PatternNode pattern => new Constraint.Pattern(pattern.Pattern, pattern.Regex),
        UserDefinedNode user => new Constraint.UserDefined(user.Text),
        SettingsNode settings => new Constraint.Settings(settings.Settings),
        TimeRangeNode range => new Constraint.TimeRange(range.Minimum, range.MinimumOpen, range.Maximum, range.MaximumOpen),
        UnionNode union => new Constraint.Union([.. union.Operands.Select(Make)]),
        IntersectionNode intersection => new Constraint.Intersection([.. intersection.Operands.Select(Make)]),
        ExceptNode except => new Constraint.Except(Make(except.Included), Make(except.Excluded)),
        ExtensibleNode extensible => new Constraint.Extensible(Make(extensible.Root)),
        WithComponentNode with => new Constraint.Elements(Make(with.Element)),
        WithComponentsNode with => new Constraint.Components(with.IsPartial, [.. with.Components.Select(Component)]),
        _ => new Constraint.Every(),
    };

    private static Constraint.Component Component(ComponentConstraintNode entry) => new(
        entry.Name,
        entry.Presence switch { ComponentPresence.Present => true, ComponentPresence.Absent => false, _ => null },
        entry.Constraint is { } inner ? Make(inner) : null);
}
