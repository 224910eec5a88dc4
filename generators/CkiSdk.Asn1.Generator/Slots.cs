using System.Collections.Immutable;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Generator;

/// <summary>Gives each type a place in a list that does not move when other types come and go.</summary>
/// <remarks>The pipeline compares the results of a step by their places: without this a new type would emit all types behind it again.</remarks>
internal static class Slots
{
    private const int Count = 1024;

    /// <summary>Returns a fixed number of short lists that hold all types, each in a list chosen by its name.</summary>
    public static ImmutableArray<Slot> Of(IEnumerable<TypeModel> types)
    {
        var slots = new List<TypeModel>?[Count];
        foreach (var type in types)
        {
            (slots[Index(type.FullName)] ??= []).Add(type);
        }

        return [.. slots.Select(slot => slot is null ? Slot.Empty : new Slot(new EquatableArray<TypeModel>(slot.OrderBy(type => type.FullName, StringComparer.Ordinal))))];
    }

    // FNV-1a: the hash code of a string differs from process to process.
    private static int Index(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return (int)(hash % Count);
    }
}
