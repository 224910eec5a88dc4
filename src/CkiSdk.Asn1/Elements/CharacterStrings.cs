using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Knows the alphabets and encodings of the character string types by their kind.</summary>
internal static class CharacterStrings
{
    /// <summary>Says whether a kind is a character string, or a type whose content is read as text.</summary>
    internal static bool IsText(TypeKind kind) => Of(kind) is not null;

    /// <summary>Says whether the octets are whole characters of the alphabet; octets of other kinds always are.</summary>
    internal static bool IsValid(TypeKind kind, ReadOnlySpan<byte> octets) => kind switch
    {
        TypeKind.Utf8String => Alphabets.IsUtf8(octets),
        TypeKind.OidIri or TypeKind.RelativeOidIri => Alphabets.IsUtf8(octets) && IriLabels.IsValid(Alphabets.Utf8.GetString(octets), kind == TypeKind.OidIri),
        TypeKind.NumericString => Alphabets.IsNumeric(octets),
        TypeKind.PrintableString => Alphabets.IsPrintable(octets),
        TypeKind.Ia5String => Alphabets.IsIa5(octets),
        TypeKind.VisibleString => Alphabets.IsVisible(octets),
        TypeKind.GraphicString or TypeKind.ObjectDescriptor => Alphabets.IsGraphic(octets),
        TypeKind.BmpString => Alphabets.IsBmp(octets),
        TypeKind.UniversalString => Alphabets.IsUniversal(octets),
        >= TypeKind.Time and <= TypeKind.Duration => IsoTexts.IsValid(kind, octets),
        _ => true,
    };

    /// <summary>Gives the text of the octets.</summary>
    internal static string Text(TypeKind kind, ReadOnlySpan<byte> octets) => kind is >= TypeKind.Time and <= TypeKind.Duration
        ? IsoTexts.Text(kind, octets)
        : (Of(kind) ?? Alphabets.Latin1).GetString(octets);

    /// <summary>Gives the octets of a text; null where it holds a character outside the alphabet.</summary>
    internal static byte[]? Octets(TypeKind kind, string text)
    {
        if (kind is >= TypeKind.Time and <= TypeKind.Duration)
            return IsoTexts.Octets(kind, text);
        try
        {
            var octets = (Of(kind) ?? Alphabets.Latin1).GetBytes(text);
            return IsValid(kind, octets) ? octets : null;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? Of(TypeKind kind) => kind switch
    {
        TypeKind.Utf8String or TypeKind.OidIri or TypeKind.RelativeOidIri => Alphabets.Utf8,
        TypeKind.BmpString => Alphabets.Utf16,
        TypeKind.UniversalString => Alphabets.Utf32,
        TypeKind.TeletexString or TypeKind.VideotexString or TypeKind.GraphicString or TypeKind.GeneralString or TypeKind.ObjectDescriptor => Alphabets.Latin1,
        TypeKind.NumericString or TypeKind.PrintableString or TypeKind.Ia5String or TypeKind.VisibleString => Alphabets.Ascii,
        TypeKind.UtcTime or TypeKind.GeneralizedTime or (>= TypeKind.Time and <= TypeKind.Duration) => Alphabets.Ascii,
        _ => null,
    };
}
