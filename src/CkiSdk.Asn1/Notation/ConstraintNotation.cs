using System.Globalization;
using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Writes constraints in ASN.1 notation; null for those that permit everything.</summary>
internal static class ConstraintNotation
{
    /// <summary>Returns the text between the parentheses.</summary>
    internal static string? Of(Constraint constraint, TypeDescriptor type) =>
        Root(constraint, type) is { } root ? IsExtensible(constraint) ? root + ", ..." : root : null;

    // A set with an extensible one in it permits everything, which the marker can say at the end only.
    private static bool IsExtensible(Constraint constraint) => constraint is Constraint.Extensible || (constraint is Constraint.Union union && union.Operands.Any(IsExtensible));

    private static string? Root(Constraint constraint, TypeDescriptor type) => constraint switch
    {
        Constraint.Extensible extensible => Root(extensible.Root, type),
        Constraint.Union union => Union(union.Operands.Select(operand => Root(operand, type))),
        _ => Part(constraint, type),
    };

    private static string? Union(IEnumerable<string?> texts) =>
        texts.ToList() is { Count: > 0 } operands && !operands.Contains(null) ? string.Join(" | ", operands.Select(Inner)) : null;

    private static string? Part(Constraint constraint, TypeDescriptor type) => constraint switch
    {
        Constraint.Value value => Single(value, type),
        Constraint.Text text => ValueNotation.Quoted(text.Characters),
        Constraint.Range range => Range(range),
        Constraint.RealRange range => $"{Real(range.Minimum, "MIN")}{(range.MinimumOpen ? "<" : "")}..{(range.MaximumOpen ? "<" : "")}{Real(range.Maximum, "MAX")}",
        Constraint.Size size => Of(size.Sizes, type) is { } sizes ? $"SIZE ({sizes})" : null,
        Constraint.Alphabet alphabet => $"FROM ({Alphabet(alphabet, type)})",
        Constraint.Pattern pattern => $"PATTERN {ValueNotation.Quoted(pattern.Notation)}",
        Constraint.UserDefined user => $"CONSTRAINED BY {{ {user.Words} }}",
        Constraint.Settings settings => $"SETTINGS {ValueNotation.Quoted(settings.Notation)}",
        Constraint.TimeRange range => $"{Time(range.Minimum, "MIN")}{(range.MinimumOpen ? "<" : "")}..{(range.MaximumOpen ? "<" : "")}{Time(range.Maximum, "MAX")}",
        Constraint.Union union => Union(union.Operands.Select(operand => Part(operand, type))),
        Constraint.Intersection intersection => intersection.Operands.Select(operand => Part(operand, type)).Where(operand => operand is not null).ToList() is { Count: > 0 } operands
            ? string.Join(" ^ ", operands.Select(Inner)) : null,
        Constraint.Except except => Except(Part(except.Included, type), Part(except.Excluded, type)),
        Constraint.Elements elements => type.Element is { } element && Of(elements.Items, element) is { } items ? $"WITH COMPONENT ({items})" : null,
        Constraint.Components components => Components(components, type),
        _ => null,
    };

    private static string? Except(string? included, string? excluded) =>
        excluded is null ? included : $"{(included is null ? "ALL" : Inner(included))} EXCEPT {Inner(excluded)}";

    private static string Inner(string? operand) => operand!.Contains(' ', StringComparison.Ordinal) ? $"({operand})" : operand;

    private static string? Single(Constraint.Value value, TypeDescriptor type) => new Element(type).IsConstructed ? Parts(Element.OfContent(type, value.Content))
        : UniversalTags.Of(type.Kind) is { } tag ? ValueNotation.Of(new Element(type) { Tag = tag, Content = value.Content }) : null;

    // The value of an open type cannot be written without the name of its type.
    private static string? Parts(Element value) => IsTyped(value) ? ValueNotation.Of(value) : null;

    private static bool IsTyped(Element value) => value.Kind is not (null or TypeKind.Any) && value.Children.All(IsTyped);

    private static string Time(string? text, string none) => text is null ? none : ValueNotation.Quoted(text);

    private static string Range(Constraint.Range range) => range.Minimum is { } only && only == range.Maximum
        ? only.ToString(CultureInfo.InvariantCulture)
        : $"{Number(range.Minimum, "MIN")}..{Number(range.Maximum, "MAX")}";

    private static string Number(BigInteger? number, string none) => number is { } value ? value.ToString(CultureInfo.InvariantCulture) : none;

    private static string Real(double number, string none) => double.IsInfinity(number) ? none : ValueNotation.Real(number);

    private static string Alphabet(Constraint.Alphabet alphabet, TypeDescriptor type) => string.Join(" | ", Enumerable.Range(0, alphabet.Ends.Count / 2).Select(i =>
    {
        var (first, last) = (alphabet.Ends[2 * i], alphabet.Ends[(2 * i) + 1]);
        return first == last ? Character(first, type) : $"{Character(first, type)}..{Character(last, type)}";
    }));

    // What cannot be quoted has columns and rows, or a place in the universal set (X.680 41.8).
    private static string Character(int point, TypeDescriptor type)
    {
        if (point is >= 0x20 and < 0x7F)
            return ValueNotation.Quoted(((char)point).ToString());
        int[] place = type.Kind == TypeKind.Ia5String ? [point >> 4, point & 15] : [point >> 24, (point >> 16) & 255, (point >> 8) & 255, point & 255];
        return $"{{{string.Join(", ", place.Select(part => part.ToString(CultureInfo.InvariantCulture)))}}}";
    }

    private static string Components(Constraint.Components constraint, TypeDescriptor type)
    {
        var named = AssociatedElements.TypeOf(type);
        var entries = constraint.Entries.Select(entry =>
        {
            var inner = entry.Constraint is { } limit && named.Find(entry.Name) is { } component && Of(limit, component.Type) is { } text ? $" ({text})" : "";
            return entry.Name + inner + (entry.IsPresent switch { true => " PRESENT", false => " ABSENT", _ => "" });
        });
        return $"WITH COMPONENTS {{ {string.Join(", ", (constraint.IsPartial ? ["..."] : Array.Empty<string>()).Concat(entries))} }}";
    }
}
