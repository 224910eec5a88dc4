using System.Formats.Asn1;

namespace CkiSdk.Asn1.Tests;

/// <summary>Reads with System.Formats.Asn1 under the rules of DER.</summary>
internal static class SystemFormatsAsn1
{
    private const AsnEncodingRules Rules = AsnEncodingRules.DER;

    internal static string Boolean(byte[] der) => Try(() => $"{AsnDecoder.ReadBoolean(der, Rules, out var n)} in {n}");

    internal static string Integer(byte[] der) => Try(() => $"{Hex(AsnDecoder.ReadIntegerBytes(der, Rules, out var n))} in {n}");

    internal static string Int32(byte[] der) =>
        Try(() => AsnDecoder.TryReadInt32(der, Rules, out var value, out var n) ? $"{value} in {n}" : Verdict.Refused);

    internal static string Int64(byte[] der) =>
        Try(() => AsnDecoder.TryReadInt64(der, Rules, out var value, out var n) ? $"{value} in {n}" : Verdict.Refused);

    internal static string Enumerated(byte[] der) => Try(() =>
    {
        var content = AsnDecoder.ReadEnumeratedBytes(der, Rules, out var n);
        return content.Length > 4 ? Verdict.Refused : $"{(int)new System.Numerics.BigInteger(content, isBigEndian: true)} in {n}";
    });

    internal static string BitString(byte[] der) => Try(() =>
        AsnDecoder.TryReadPrimitiveBitString(der, Rules, out var unused, out var value, out var n) ? $"{Hex(value)}/{unused} in {n}" : Verdict.Refused);

    internal static string NamedBits(byte[] der) => Try(() =>
    {
        var bits = AsnDecoder.ReadNamedBitList(der, Rules, out var n);
        return $"{string.Join(',', Enumerable.Range(0, bits.Length).Where(i => bits[i]))} in {n}";
    });

    internal static string OctetString(byte[] der) => Try(() =>
        AsnDecoder.TryReadPrimitiveOctetString(der, Rules, out var value, out var n) ? $"{Hex(value)} in {n}" : Verdict.Refused);

    internal static string Null(byte[] der) => Try(() =>
    {
        AsnDecoder.ReadNull(der, Rules, out var n);
        return $"NULL in {n}";
    });

    internal static string ObjectIdentifier(byte[] der) => Try(() => $"{AsnDecoder.ReadObjectIdentifier(der, Rules, out var n)} in {n}");

    internal static string UtcTime(byte[] der) => Try(() => $"{AsnDecoder.ReadUtcTime(der, Rules, out var n, 2049):O} in {n}");

    internal static string GeneralizedTime(byte[] der) => Try(() => $"{AsnDecoder.ReadGeneralizedTime(der, Rules, out var n):O} in {n}");

    internal static string Text(byte[] der, UniversalTagNumber type) =>
        Try(() => $"{AsnDecoder.ReadCharacterString(der, Rules, type, out var n)} in {n}");

    internal static string TextOctets(byte[] der, UniversalTagNumber type) => Try(() =>
        AsnDecoder.TryReadPrimitiveCharacterStringBytes(der, Rules, new Asn1Tag(type), out var value, out var n) ? $"{Hex(value)} in {n}" : Verdict.Refused);

    internal static string SequenceOfIntegers(byte[] der) => Try(() =>
    {
        AsnDecoder.ReadSequence(der, Rules, out var offset, out var length, out var n);
        return $"{Integers(der.AsSpan(offset, length))} in {n}";
    });

    internal static string SetOfIntegers(byte[] der) => Try(() =>
    {
        AsnDecoder.ReadSetOf(der, Rules, out var offset, out var length, out var n);
        return $"{Integers(der.AsSpan(offset, length))} in {n}";
    });

    internal static string Any(byte[] der) => Try(() => $"{Hex(der.AsSpan(0, Walk(der)))}");

    private static string Integers(ReadOnlySpan<byte> content)
    {
        var list = new List<string>();
        while (!content.IsEmpty)
        {
            list.Add(Hex(AsnDecoder.ReadIntegerBytes(content, Rules, out var n)));
            content = content[n..];
        }

        return string.Join(',', list);
    }

    private static int Walk(ReadOnlySpan<byte> der)
    {
        var tag = AsnDecoder.ReadEncodedValue(der, Rules, out var offset, out var length, out var consumed);
        var content = der.Slice(offset, length);
        while (tag.IsConstructed && !content.IsEmpty)
            content = content[Walk(content)..];
        return consumed;
    }

    private static string Hex(ReadOnlySpan<byte> octets) => Convert.ToHexString(octets);

    private static string Try(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (AsnContentException)
        {
            return Verdict.Refused;
        }
    }
}
