using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds the alphabets of the character string types (X.680 41) and what their constructors share.</summary>
internal static class Alphabets
{
    internal static readonly Encoding Ascii = Encoding.GetEncoding(
        "us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback);
    internal static readonly Encoding Latin1 = Encoding.GetEncoding(
        "iso-8859-1", EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback);
    internal static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    internal static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    internal static readonly Encoding Utf32 = new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);

    // X.680 41.2, Table 9.
    private static readonly SearchValues<byte> Numeric = SearchValues.Create(" 0123456789"u8);

    // X.680 41.4, Table 10.
    private static readonly SearchValues<byte> Printable =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?"u8);

    // All G sets and SPACE, no control function but those that choose a set: SO, SI and ESC (X.680 41.1, Table 8).
    private static readonly SearchValues<byte> NotGraphic = SearchValues.Create(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127);

    internal static bool IsNumeric(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExcept(Numeric);

    internal static bool IsPrintable(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExcept(Printable);

    internal static bool IsIa5(ReadOnlySpan<byte> octets) => System.Text.Ascii.IsValid(octets);

    internal static bool IsVisible(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);

    internal static bool IsGraphic(ReadOnlySpan<byte> octets) => !octets.ContainsAny(NotGraphic);

    internal static bool IsUtf8(ReadOnlySpan<byte> octets) => System.Text.Unicode.Utf8.IsValid(octets);

    /// <summary>Tells whether the octets are pairs, none of them a surrogate, which is no character of the plane (X.680 41.15).</summary>
    internal static bool IsBmp(ReadOnlySpan<byte> octets)
    {
        if (octets.Length % 2 != 0)
            return false;
        for (var i = 0; i < octets.Length; i += 2)
        {
            if ((octets[i] & 0xF8) == 0xD8)
                return false;
        }

        return true;
    }

    internal static bool IsUniversal(ReadOnlySpan<byte> octets)
    {
        if (octets.Length % 4 != 0)
            return false;
        for (; !octets.IsEmpty; octets = octets[4..])
        {
            if (!Rune.IsValid(BinaryPrimitives.ReadUInt32BigEndian(octets)))
                return false;
        }

        return true;
    }

    /// <summary>Counts the characters of valid UTF-8: every octet but those that continue one.</summary>
    internal static int CountUtf8(ReadOnlySpan<byte> octets)
    {
        var count = octets.Length;
        foreach (var octet in octets)
            count -= (octet & 0xC0) == 0x80 ? 1 : 0;
        return count;
    }

    /// <summary>Checks the octets that a constructor got.</summary>
    /// <exception cref="ArgumentException">They lie outside the alphabet.</exception>
    internal static ReadOnlyMemory<byte> Check<T>(ReadOnlyMemory<byte> octets)
        where T : struct, ICharacterString<T>
    {
        if (!T.IsValid(octets.Span))
            Refuse(T.TypeName, nameof(octets));
        return octets;
    }

    /// <summary>Encodes the text that a constructor got.</summary>
    /// <exception cref="ArgumentException">It lies outside the alphabet.</exception>
    internal static ReadOnlyMemory<byte> Encode<T>(string text)
        where T : struct, ICharacterString<T>
    {
        ArgumentNullException.ThrowIfNull(text);
        return Check<T>(T.TextEncoding.GetBytes(text));
    }

    [DoesNotReturn]
    private static void Refuse(string type, string parameter) =>
        throw new ArgumentException($"The value holds a character that is none of {type}.", parameter);
}
