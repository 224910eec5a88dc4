using System.Numerics;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Reads and writes the subidentifiers of object identifiers (X.690 8.19.2): base 128, the last octet below 80.</summary>
internal static class Subidentifiers
{
    /// <summary>The octets that a reader accepts in one identifier: some hundred arcs, or one of 2,000 digits. Longer ones take strangely long to write in decimal.</summary>
    internal const int MostOctets = 1024;

    // Eighteen decimal digits always fit into 64 bits.
    private const int DigitsOfUInt64 = 18;

    // Of seven bits each.
    private const int GroupsOfUInt64 = 9;

    /// <summary>Tells whether the octets are one or more whole subidentifiers without a leading zero group.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty || octets[^1] >= 0x80)
            return false;
        var previous = 0;
        foreach (int octet in octets)
        {
            if (octet == 0x80 && previous < 0x80)
                return false;
            previous = octet;
        }

        return true;
    }

    /// <summary>Takes the first subidentifier off the octets.</summary>
    internal static BigInteger Take(ref ReadOnlySpan<byte> octets)
    {
        var groups = TakeGroups(ref octets);
        return groups.Length <= GroupsOfUInt64 ? Narrow(groups) : Wide(groups);
    }

    /// <summary>Takes the first subidentifier off the octets and writes it in decimal.</summary>
    internal static void Write(StringBuilder text, ref ReadOnlySpan<byte> octets)
    {
        var groups = TakeGroups(ref octets);
        _ = groups.Length <= GroupsOfUInt64 ? text.Append(Narrow(groups)) : text.Append(Wide(groups));
    }

    /// <summary>Appends a subidentifier.</summary>
    internal static void Append(List<byte> octets, BigInteger value)
    {
        var start = octets.Count;
        if (value <= long.MaxValue)
        {
            var narrow = (long)value;
            do
                octets.Add((byte)(narrow & 0x7F | 0x80));
            while ((narrow >>= 7) != 0);
        }
        else
        {
            AppendWide(octets, value.ToByteArray(isUnsigned: true));
        }

        octets.Reverse(start, octets.Count - start);
        octets[^1] &= 0x7F;
    }

    /// <summary>Reads the arc up to the next dot: digits, no leading zero.</summary>
    internal static bool TryTakeArc(ref ReadOnlySpan<char> text, out BigInteger arc)
    {
        arc = default;
        var dot = text.IndexOf('.');
        var digits = dot < 0 ? text : text[..dot];
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
            return false;
        if (dot == text.Length - 1)
            return false;
        arc = digits.Length <= DigitsOfUInt64
            ? ulong.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
            : BigInteger.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
        text = dot < 0 ? default : text[(dot + 1)..];
        return true;
    }

    private static ReadOnlySpan<byte> TakeGroups(ref ReadOnlySpan<byte> octets)
    {
        var length = 1;
        while (octets[length - 1] >= 0x80)
            length++;
        var groups = octets[..length];
        octets = octets[length..];
        return groups;
    }

    private static ulong Narrow(ReadOnlySpan<byte> groups)
    {
        var value = 0UL;
        foreach (var group in groups)
            value = (value << 7) | (group & 0x7FU);
        return value;
    }

    // Packs the groups into octets from the last one up, in time proportional to their number.
    private static BigInteger Wide(ReadOnlySpan<byte> groups)
    {
        var octets = new byte[((groups.Length * 7) / 8) + 1];
        for (var i = 0; i < groups.Length; i++)
        {
            var bit = 7 * i;
            var group = (groups[groups.Length - 1 - i] & 0x7F) << (bit & 7);
            octets[bit >> 3] |= (byte)group;
            if (group > 0xFF)
                octets[(bit >> 3) + 1] |= (byte)(group >> 8);
        }

        return new BigInteger(octets, isUnsigned: true);
    }

    private static void AppendWide(List<byte> groups, ReadOnlySpan<byte> littleEndian)
    {
        var bits = (8 * (littleEndian.Length - 1)) + (8 - (BitOperations.LeadingZeroCount(littleEndian[^1]) - 24));
        for (var bit = 0; bit < bits; bit += 7)
        {
            int pair = littleEndian[bit >> 3];
            if ((bit >> 3) + 1 < littleEndian.Length)
                pair |= littleEndian[(bit >> 3) + 1] << 8;
            groups.Add((byte)((pair >> (bit & 7)) & 0x7F | 0x80));
        }
    }
}
