namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Writes all that a constraint says.</summary>
internal static class ConstraintText
{
    /// <summary>Returns the text.</summary>
    public static string Of(Constraint? constraint) => constraint switch
    {
        null => "-",
        Constraint.Value value => $"value {Convert.ToHexString(value.Content.Span)}",
        Constraint.Text text => $"text {text.Characters}",
        Constraint.Range range => $"{range.Minimum}..{range.Maximum}",
        Constraint.RealRange range => $"{range.Minimum}{range.MinimumOpen}..{range.Maximum}{range.MaximumOpen}",
        Constraint.Size size => $"size({Of(size.Sizes)})",
        Constraint.Alphabet alphabet => $"from({string.Join(',', alphabet.Ends)})",
        Constraint.Pattern pattern => $"pattern({pattern.Notation} {pattern.Regex})",
        Constraint.UserDefined user => $"by({user.Words})",
        Constraint.Settings settings => $"settings({settings.Notation})",
        Constraint.TimeRange range => $"{range.Minimum}{range.MinimumOpen}..{range.Maximum}{range.MaximumOpen}",
        Constraint.Union union => $"({string.Join(" | ", union.Operands.Select(Of))})",
        Constraint.Intersection intersection => $"({string.Join(" ^ ", intersection.Operands.Select(Of))})",
        Constraint.Except except => $"({Of(except.Included)} except {Of(except.Excluded)})",
        Constraint.Extensible extensible => $"({Of(extensible.Root)}, ...)",
        Constraint.Elements elements => $"each({Of(elements.Items)})",
        Constraint.Components components => $"with({components.IsPartial} {string.Join(", ", components.Entries.Select(entry => $"{entry.Name} {entry.IsPresent} {Of(entry.Constraint)}"))})",
        _ => constraint.GetType().Name,
    };
}
