using System.Globalization;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the checks of extension addition groups: what is not OPTIONAL in one is there as soon as another component of it is (X.680 25.13).</summary>
internal static class ExtensionGroups
{
    /// <summary>Returns the condition that a component was read into its variable.</summary>
    public static string IsRead(ComponentModel component, int index) => Holds(component, $"value{Number(index)}", $"encoded{Number(index)}");

    /// <summary>Says whether a component's presence is asked for.</summary>
    public static bool IsWatched(RecordModel type, ComponentModel component) => component.Group > 0 && Groups(type).Any(group => group.Any(member => member.Component.Group == component.Group));

    /// <summary>Writes the checks behind the reading of all components.</summary>
    /// <param name="writer">Takes the statements.</param>
    /// <param name="type">The type.</param>
    /// <param name="isThere">Gives the condition that a component was there.</param>
    public static void Read(SourceWriter writer, RecordModel type, Func<ComponentModel, int, string> isThere)
    {
        foreach (var (component, condition) in Checks(type, isThere))
        {
            writer.Open($"if ({condition})").Line($"reader.Throw({Runtime.Prefix}DerErrorKind.MissingComponent, {Runtime.Literal($"{component.Asn1Name} is missing where another component of its extension addition group is there")});").Close();
        }
    }

    /// <summary>Writes the checks before the writing of any component.</summary>
    public static void Write(SourceWriter writer, RecordModel type)
    {
        foreach (var (component, condition) in Checks(type, static (component, _) => Holds(component, component.Name, component.EncodedMember)))
        {
            writer.Open($"if ({condition})").Line($"{Runtime.Prefix}ConstraintViolation.ThrowIncomplete({Runtime.Literal(type.Asn1Name)}, {Runtime.Literal(component.Asn1Name)});").Close();
        }
    }

    private static string Holds(ComponentModel component, string value, string? encoded) => component switch
    {
        { Default: { } initial, EncodedMember: not null } => $"(!{value}.Equals({initial}) || {encoded})",
        { Default: { } initial, IsOptional: false } => $"!{value}.Equals({initial})",
        _ => $"{value} is not null",
    };

    private static IEnumerable<(ComponentModel Component, string Condition)> Checks(RecordModel type, Func<ComponentModel, int, string> isThere)
    {
        foreach (var group in Groups(type))
        {
            foreach (var (component, index) in group.Where(member => member.Component.IsRequiredInGroup))
            {
                var others = group.Where(member => member.Index != index).Select(member => isThere(member.Component, member.Index));
                yield return (component, $"!({isThere(component, index)}) && ({string.Join(" || ", others)})");
            }
        }
    }

    private static IEnumerable<List<(ComponentModel Component, int Index)>> Groups(RecordModel type) => type.Components
        .Select((component, index) => (Component: component, Index: index))
        .Where(member => member.Component.Group > 0)
        .GroupBy(member => member.Component.Group)
        .Select(group => group.ToList())
        .Where(group => group.Count > 1 && group.Any(member => member.Component.IsRequiredInGroup));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
