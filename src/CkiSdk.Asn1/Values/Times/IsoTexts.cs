using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Reads and writes the TIME types by their kind.</summary>
internal static class IsoTexts
{
    /// <summary>Tells whether the octets are the content of a value; false for other kinds.</summary>
    internal static bool IsValid(TypeKind kind, ReadOnlySpan<byte> octets) => octets.Length <= TimeGrammar.MostLength && kind switch
    {
        TypeKind.Time => IsValid<IsoTime>(octets),
        TypeKind.Date => IsValid<IsoDate>(octets),
        TypeKind.TimeOfDay => IsValid<IsoTimeOfDay>(octets),
        TypeKind.DateTime => IsValid<IsoDateTime>(octets),
        TypeKind.Duration => IsValid<IsoDuration>(octets),
        _ => false,
    };

    /// <summary>Gives the value notation of content that was checked; of other octets, their characters.</summary>
    internal static string Text(TypeKind kind, ReadOnlySpan<byte> octets) => !IsValid(kind, octets) ? Encoding.ASCII.GetString(octets) : kind switch
    {
        TypeKind.Date => Text<IsoDate>(octets),
        TypeKind.TimeOfDay => Text<IsoTimeOfDay>(octets),
        TypeKind.DateTime => Text<IsoDateTime>(octets),
        TypeKind.Duration => Text<IsoDuration>(octets),
        _ => Encoding.ASCII.GetString(octets),
    };

    /// <summary>Gives the content of value notation; null where it is none.</summary>
    internal static byte[]? Octets(TypeKind kind, string text) => kind switch
    {
        TypeKind.Date => IsoDate.TryParse(text, out var date) ? date.Octets.ToArray() : null,
        TypeKind.TimeOfDay => IsoTimeOfDay.TryParse(text, out var time) ? time.Octets.ToArray() : null,
        TypeKind.DateTime => IsoDateTime.TryParse(text, out var both) ? both.Octets.ToArray() : null,
        TypeKind.Duration => IsoDuration.TryParse(text, out var duration) ? duration.Octets.ToArray() : null,
        _ => IsoTime.TryParse(text, out var any) ? any.Octets.ToArray() : null,
    };

    private static bool IsValid<T>(ReadOnlySpan<byte> octets)
        where T : struct, IIsoText<T> => T.IsValid(octets);

    private static string Text<T>(ReadOnlySpan<byte> octets)
        where T : struct, IIsoText<T> => T.Wrap(octets.ToArray()).ToString()!;
}
