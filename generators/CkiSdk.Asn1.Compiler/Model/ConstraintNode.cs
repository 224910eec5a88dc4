using System.Numerics;

namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a set of values that a constraint permits (X.680 50, 51; X.682 9 to 11), as data: what the emitter makes conditions of and descriptors carry.</summary>
public abstract record ConstraintNode;

/// <summary>Permits every value of the parent: what another part of the compiler restricts, such as a table constraint.</summary>
public sealed record EveryValueNode : ConstraintNode;

/// <summary>Permits one value (X.680 51.2).</summary>
public sealed record SingleValueNode(ValueNode Value) : ConstraintNode
{
    /// <summary>Gets the content octets of a value with parts, in hexadecimal; null for others.</summary>
    public string? Content { get; init; }
}

/// <summary>Permits the whole numbers from Minimum to Maximum, both included (X.680 51.4); null for no end.</summary>
public sealed record NumberRangeNode(BigInteger? Minimum, BigInteger? Maximum) : ConstraintNode;

/// <summary>Permits the real numbers between two ends (X.680 51.4); null for no end, Open for an end that is left out itself.</summary>
public sealed record RealRangeNode(double? Minimum, bool MinimumOpen, double? Maximum, bool MaximumOpen) : ConstraintNode;

/// <summary>Permits the times, or the lengths of time, between two ends in their text form (X.680 51.4, 51.10, 51.11); null for no end.</summary>
public sealed record TimeRangeNode(string? Minimum, bool MinimumOpen, string? Maximum, bool MaximumOpen) : ConstraintNode;

/// <summary>Permits values of certain sizes (X.680 51.5): octets, bits, characters or elements; Sizes is a set of whole numbers.</summary>
public sealed record SizeNode(ConstraintNode Sizes) : ConstraintNode;

/// <summary>Permits strings of certain characters (X.680 51.7): the ranges ascend and do not touch. Extensible: characters outside of them are permitted.</summary>
public sealed record AlphabetNode(EquatableArray<CharacterRange> Characters, bool IsExtensible) : ConstraintNode;

/// <summary>Is a range of characters, by their code points, both ends included.</summary>
public readonly record struct CharacterRange(int First, int Last);

/// <summary>Permits strings that match a regular expression as a whole (X.680 51.9, Annex A).</summary>
/// <param name="Pattern">The expression as the module writes it.</param>
/// <param name="Regex">The same in the notation of .NET, of which no construct needs backtracking.</param>
public sealed record PatternNode(string Pattern, string Regex) : ConstraintNode;

/// <summary>Permits times with certain properties (X.680 51.10): <c>Basic=Date Date=YMD</c>.</summary>
public sealed record SettingsNode(string Settings) : ConstraintNode;

/// <summary>Permits what one of the operands permits; nothing where there are none.</summary>
public sealed record UnionNode(EquatableArray<ConstraintNode> Operands) : ConstraintNode;

/// <summary>Permits what all of the operands permit: of set arithmetic, and of constraints applied one after another (X.680 50.9).</summary>
public sealed record IntersectionNode(EquatableArray<ConstraintNode> Operands) : ConstraintNode;

/// <summary>Permits what Included permits and Excluded does not; <c>ALL EXCEPT</c> includes an <see cref="EveryValueNode"/>.</summary>
public sealed record ExceptNode(ConstraintNode Included, ConstraintNode Excluded) : ConstraintNode;

/// <summary>Permits every value, because later versions may (X.680 50.3); Root is what this version makes, Additional what it knows besides.</summary>
public sealed record ExtensibleNode(ConstraintNode Root, ConstraintNode? Additional) : ConstraintNode;

/// <summary>Permits lists whose elements are all permitted (X.680 51.8.3).</summary>
public sealed record WithComponentNode(ConstraintNode Element) : ConstraintNode;

/// <summary>Permits records and choices whose components are permitted (X.680 51.8.4); partial: those not named are as the type has them, otherwise absent.</summary>
public sealed record WithComponentsNode(bool IsPartial, EquatableArray<ComponentConstraintNode> Components) : ConstraintNode;

/// <summary>Is one entry of WITH COMPONENTS: what the component's value must be where it is there, and whether it must be there.</summary>
public sealed record ComponentConstraintNode(string Name, ConstraintNode? Constraint, ComponentPresence Presence);

/// <summary>Permits octets or bits that encode a value of a type (X.682 11).</summary>
/// <param name="Content">The C# type of the contents and how it is read; null where only the encoding is named, or where the type is not typed.</param>
/// <param name="EncodedBy">The object identifier of the encoding rules, dotted; null for those of the whole.</param>
public sealed record ContainingNode(TypeUse? Content, string? EncodedBy) : ConstraintNode;

/// <summary>Permits what rules in words permit (X.682 9): <c>CONSTRAINED BY</c> with the text in its braces.</summary>
public sealed record UserDefinedNode(string Text) : ConstraintNode;
