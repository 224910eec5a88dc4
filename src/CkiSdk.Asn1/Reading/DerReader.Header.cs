using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CkiSdk.Asn1;

/// <content>Identifier and length octets (X.690 8.1.2, 8.1.3, 10.1).</content>
public ref partial struct DerReader
{
    /// <summary>Gives an octet that lies before an end, and so within the input: what was checked when the end was found is not checked again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Octet(int position) => Unsafe.Add(ref MemoryMarshal.GetReference(_input), (nuint)(uint)position);

    /// <summary>Gives content that a header was checked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> Octets(int start, int end) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(_input), (nuint)(uint)start), end - start);

    /// <summary>Checks the header of the next element; gives start and end of its content and does not move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Header(Tag tag, out int end)
    {
        var position = _position;
        var left = _end - position - 2;

        // Nearly every header is one identifier octet and one length octet.
        if (left >= 0 && Octet(position) == tag.Value)
        {
            int length = Octet(position + 1);
            end = position + 2 + length;
            if (length < 0x80 && length <= left)
                return position + 2;
        }

        // Both numbers in one, because a variable whose address is passed on lives in memory.
        var content = AnyHeader(tag);
        end = (int)(content >> 32);
        return (int)content;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly long AnyHeader(Tag tag)
    {
        if (!HasData)
            ThrowMissing(tag.ToString());
        var next = _position + 1;
        if (Octet(_position) != tag.Value)
        {
            var found = TagAt(_end, _position, out next);
            if (found != tag)
                ThrowUnexpectedTag(found, tag);
        }

        return LengthAt(_end, next);
    }

    /// <summary>Checks the header of an element of any tag; a universal type must have its form (X.690 10.2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int HeaderAt(int limit, int position, out int end)
    {
        var left = limit - position - 2;
        if (left >= 0)
        {
            uint octet = Octet(position);
            int length = Octet(position + 1);
            end = position + 2 + length;
            var usual = octet < 0x40 ? (Tag.UniversalOctets >> (int)octet & 1) != 0 : (octet & Tag.HighForm) != Tag.HighForm;
            if (usual && length < 0x80 && length <= left)
                return position + 2;
        }

        var content = AnyHeaderAt(limit, position);
        end = (int)(content >> 32);
        return (int)content;
    }

    /// <summary>Tells whether an element whose header was checked is constructed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsConstructed(int position) => (Octet(position) & Tag.ConstructedBit) != 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly long AnyHeaderAt(int limit, int position)
    {
        var tag = TagAt(limit, position, out var next);
        if (!tag.HasItsForm)
            ThrowForm(tag, position);
        return LengthAt(limit, next);
    }

    private readonly Tag TagAt(int limit, int position, out int next)
    {
        next = position + 1;
        if (position >= limit)
            ThrowAt(DerErrorKind.UnexpectedEnd, position, "unexpected end");
        uint octet = Octet(position);
        if ((octet & Tag.HighForm) == Tag.HighForm)
            return new((NumberAt(limit, ref next) << 8) | octet);
        if ((octet & ~Tag.ConstructedBit) == 0)
            ThrowAt(DerErrorKind.UnexpectedTag, position, "unexpected end-of-contents");
        return new(octet);
    }

    // The high-tag form: groups of seven bits, the first of them not zero, and only from 31 up (X.690 8.1.2.2, 8.1.2.4).
    private readonly uint NumberAt(int limit, ref int next)
    {
        var start = next - 1;
        var number = 0u;
        do
        {
            if (next >= limit)
                ThrowAt(DerErrorKind.UnexpectedEnd, limit, "unexpected end inside a tag");
            if (number > Tag.MaxNumber >> 7)
                ThrowAt(DerErrorKind.TooLarge, start, "tag number too large");
            number = (number << 7) | (Octet(next) & 0x7Fu);
            if (number == 0)
                ThrowAt(DerErrorKind.NonMinimalTag, start, "tag number with a leading zero");
        }
        while (Octet(next++) >= 0x80);
        if (number < Tag.HighForm)
            ThrowAt(DerErrorKind.NonMinimalTag, start, $"tag number {number} in the form of greater ones");
        return number;
    }

    // Gives the start of the content and above it its end, which lies within the limit.
    private readonly long LengthAt(int limit, int position)
    {
        // Most lengths that come here have two octets behind the first.
        if (limit - position >= 3 && Octet(position) == 0x82)
        {
            var twoOctets = (Octet(position + 1) << 8) | Octet(position + 2);
            if (twoOctets >= 0x100 && twoOctets <= limit - position - 3)
                return Content(position + 3, twoOctets);
        }

        if (position >= limit)
            ThrowAt(DerErrorKind.UnexpectedEnd, limit, "unexpected end before a length");
        int length = Octet(position);
        var start = position + 1;
        if (length >= 0x80)
            length = LongLengthAt(limit, ref start);
        if (length > limit - start)
            ThrowAt(DerErrorKind.UnexpectedEnd, position, $"length {length} where {limit - start} octets are left");
        return Content(start, length);
    }

    private static long Content(int start, int length) => ((long)(start + length) << 32) | (uint)start;

    // The long form: only where the short one does not do, without leading zeros (X.690 10.1).
    private readonly int LongLengthAt(int limit, ref int start)
    {
        var position = start - 1;
        var count = Octet(position) & 0x7F;
        if (count == 0)
            ThrowAt(DerErrorKind.IndefiniteLength, position, "indefinite length");
        if (count > limit - start)
            ThrowAt(DerErrorKind.UnexpectedEnd, limit, "unexpected end inside a length");
        if (Octet(start) == 0)
            ThrowAt(DerErrorKind.NonMinimalLength, position, "length with a leading zero");
        if (count > 4 || (count == 4 && Octet(start) >= 0x80))
            ThrowAt(DerErrorKind.LengthTooLarge, position, "length above 2147483647");
        var length = 0;
        for (var last = start + count; start < last; start++)
            length = (length << 8) | Octet(start);
        if (length < 0x80)
            ThrowAt(DerErrorKind.NonMinimalLength, position, $"length {length} in the form of greater ones");
        return length;
    }
}
