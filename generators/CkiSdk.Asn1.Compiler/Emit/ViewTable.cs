using System.Globalization;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the table from which a view finds components or alternatives.</summary>
internal static class ViewTable
{
    /// <summary>Writes the private member of this name.</summary>
    public static void Emit(SourceWriter writer, string name, IEnumerable<ComponentModel> rows, bool areComponents)
    {
        var numbers = rows.SelectMany(row => Row(row, areComponents)).Select(number => "0x" + number.ToString("X", CultureInfo.InvariantCulture)).ToList();
        writer.Line($"private static global::System.ReadOnlySpan<uint> {name} => {(numbers.Count == 0 ? "default" : $"[{string.Join(", ", numbers)}]")};").Line();
    }

    private static IEnumerable<uint> Row(ComponentModel row, bool isComponent)
    {
        var mandatory = isComponent && !row.IsOptional && row.Default is null ? 0x8000_0000u : 0;
        yield return mandatory | (uint)row.StartTags.Count;
        foreach (var tag in row.StartTags)
        {
            yield return Pack(tag);
        }
    }

    /// <summary>As the runtime packs tags: the leading identifier octet, above it the number that does not fit in.</summary>
    private static uint Pack(TagModel tag)
    {
        var octet = ((uint)tag.Class << 6) | (tag.IsConstructed ? 0x20u : 0);
        return tag.Number < 31 ? octet | (uint)tag.Number : ((uint)tag.Number << 8) | octet | 31;
    }
}
