using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the condition that the next element is a given component.</summary>
internal static class Starts
{
    /// <summary>Returns a C# expression over <c>reader</c>.</summary>
    public static string Condition(ComponentModel component) => component.StartTags.Count == 0
        ? "reader.HasData"
        : string.Join(" || ", component.StartTags.Select(tag => $"reader.NextIs({Runtime.Tag(tag)})"));
}
