using System.Collections.Concurrent;
using System.Numerics;
using System.Text.RegularExpressions;

namespace CkiSdk.Asn1;

/// <summary>Holds values to the constraints of their types (X.680 49 to 51).</summary>
/// <remarks>Null is the answer of a constraint that cannot be checked here: nothing is refused for it, nor for its opposite.</remarks>
internal static class ConstraintCheck
{
    private const int MostPatterns = 1000;

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>Says which constraint a value breaks, of its type and of those that this one is made of; null for none.</summary>
    internal static string? Fault(Element element)
    {
        for (var type = element.Type; type is not null; type = type.Base)
        {
            if (type.Constraint is { } constraint && Permits(constraint, element) == false)
                return type.ConstraintNotation;
        }

        return null;
    }

    /// <summary>Says whether a constraint permits a value; null where that cannot be said.</summary>
    internal static bool? Permits(Constraint constraint, Element element) => constraint switch
    {
        Constraint.Extensible => true,
        Constraint.Value value => element.IsConstructed
            ? ElementEncoder.Content(element).AsSpan().SequenceEqual(value.Content.Span) : element.Content.Span.SequenceEqual(value.Content.Span),
        Constraint.Text text => CharacterStrings.Octets(element.Type!.Kind, text.Characters) is { } octets ? element.Content.Span.SequenceEqual(octets) : null,
        Constraint.Range range => element.Kind == TypeKind.Integer ? Contains(range, new BigInteger(element.Content.Span, isBigEndian: true)) : null,
        Constraint.RealRange range => element.Kind == TypeKind.Real ? Contains(range, RealContent.ToDouble(element.Content.Span)) : null,
        Constraint.Size size => Size(size, element),
        Constraint.Alphabet alphabet => Characters(element) is { } text ? text.EnumerateRunes().All(rune => Contains(alphabet, rune.Value)) : null,
        Constraint.Pattern pattern => Characters(element) is { } text ? Expression(pattern.Regex).IsMatch(text) : null,
        Constraint.UserDefined user => user.Check is { } check ? check(ElementEncoder.Encode(element)) : null,
        Constraint.Settings settings => Time(element) is { } time ? TimeProperties.Meets(time, settings.Notation) : null,
        Constraint.TimeRange range => Time(element) is { } time ? TimeOrder.IsBetween(time, range.Minimum, range.MinimumOpen, range.Maximum, range.MaximumOpen) : null,
        Constraint.Union union => Any(union.Operands.Select(operand => Permits(operand, element))),
        Constraint.Intersection intersection => All(intersection.Operands.Select(operand => Permits(operand, element))),
        Constraint.Except except => All([Permits(except.Included, element), !Permits(except.Excluded, element)]),
        Constraint.Elements elements => element.Type!.IsList ? All(element.Children.Select(child => Permits(elements.Items, child))) : null,
        Constraint.Components components => element.Kind switch
        {
            TypeKind.Real => RealParts.Permits(components, element.Content.Span),
            TypeKind.Duration => Components(components, AssociatedElements.OfDuration(element.Content.Span)),
            TypeKind.External => AssociatedElements.OfExternal(element) is { } parts ? Components(components, parts) : null,
            _ => Components(components, element),
        },
        _ => null,
    };

    /// <summary>Gives the size that SIZE counts; null for types without one.</summary>
    internal static int? SizeOf(Element element) => element.Kind switch
    {
        TypeKind.SequenceOf or TypeKind.SetOf => element.Children.Count,
        TypeKind.OctetString => element.Content.Length,
        TypeKind.BitString => (8 * (element.Content.Length - 1)) - element.Content.Span[0],
        _ => Characters(element)?.EnumerateRunes().Count(),
    };

    private static bool? Size(Constraint.Size size, Element element)
    {
        if (SizeOf(element) is not { } count)
            return null;
        if (element.Kind != TypeKind.BitString || element.Type!.Names.Count == 0)
            return Number(size.Sizes, count);

        // As many zeros may follow the last bit as the size demands (X.680 22.7): too short is no value.
        return ConstraintBounds.Numbers(size.Sizes).Maximum is not { } most || count <= most;
    }

    /// <summary>Says whether a constraint permits a number; null where that cannot be said.</summary>
    internal static bool? Number(Constraint constraint, BigInteger number) => constraint switch
    {
        Constraint.Every or Constraint.Extensible => true,
        Constraint.Range range => Contains(range, number),
        Constraint.Union union => Any(union.Operands.Select(operand => Number(operand, number))),
        Constraint.Intersection intersection => All(intersection.Operands.Select(operand => Number(operand, number))),
        Constraint.Except except => All([Number(except.Included, number), !Number(except.Excluded, number)]),
        _ => null,
    };

    private static bool? Components(Constraint.Components constraint, Element element)
    {
        if (element.Kind == TypeKind.Choice)
        {
            var chosen = element.Only.Component?.Name;
            var required = constraint.Entries.FirstOrDefault(entry => entry.IsPresent == true);
            var named = constraint.Entries.FirstOrDefault(entry => entry.Name == chosen);
            if (named is null)
                return constraint.IsPartial && required is null;
            return All([named.IsPresent != false && (required is null || required == named), named.Constraint is { } inner ? Permits(inner, element.Only) : true]);
        }

        return !element.Type!.IsStructure ? null : All(element.Type.Components.Select(component =>
        {
            var entry = constraint.Entries.FirstOrDefault(entry => entry.Name == component.Name);
            var value = element.Find(component.Name);
            if (entry is null)
                return constraint.IsPartial || value is null;
            if (entry.IsPresent == false)
                return value is null;
            if ((value ?? Default(component)) is not { } there)
                return entry.IsPresent != true;
            return entry.Constraint is { } inner ? Permits(inner, there) : true;
        }));
    }

    private static Element? Default(ComponentDescriptor component) => component.Default.IsEmpty ? null
        : new ElementParser(component.Default, isBer: true, component.Name) { AdmitsAnyValue = true }.ParseWhole(component.Type);

    private static string? Time(Element element) => element.Kind switch
    {
        TypeKind.UtcTime or TypeKind.GeneralizedTime => System.Text.Encoding.ASCII.GetString(element.Content.Span),
        TypeKind.Time or TypeKind.Date or TypeKind.TimeOfDay or TypeKind.DateTime or TypeKind.Duration => IsoTexts.Text(element.Kind.Value, element.Content.Span),
        _ => null,
    };

    private static bool Contains(Constraint.Range range, BigInteger number) =>
        (range.Minimum is not { } least || number >= least) && (range.Maximum is not { } most || number <= most);

    private static bool Contains(Constraint.RealRange range, double number) =>
        (range.MinimumOpen ? number > range.Minimum : number >= range.Minimum) && (range.MaximumOpen ? number < range.Maximum : number <= range.Maximum);

    private static bool Contains(Constraint.Alphabet alphabet, int character)
    {
        for (var i = 0; i + 1 < alphabet.Ends.Count; i += 2)
        {
            if (character >= alphabet.Ends[i] && character <= alphabet.Ends[i + 1])
                return true;
        }

        return false;
    }

    private static string? Characters(Element element) =>
        element.Kind is { } kind && CharacterStrings.IsText(kind) ? CharacterStrings.Text(kind, element.Content.Span) : null;

    private static Regex Expression(string regex)
    {
        if (Patterns.Count > MostPatterns)
            Patterns.Clear();
        return Patterns.GetOrAdd(regex, static notation => new Regex(notation, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
    }

    private static bool? Any(IEnumerable<bool?> answers)
    {
        bool? result = false;
        foreach (var answer in answers)
        {
            if (answer == true)
                return true;
            result = answer is null ? null : result;
        }

        return result;
    }

    private static bool? All(IEnumerable<bool?> answers)
    {
        bool? result = true;
        foreach (var answer in answers)
        {
            if (answer == false)
                return false;
            result = answer is null ? null : result;
        }

        return result;
    }
}
