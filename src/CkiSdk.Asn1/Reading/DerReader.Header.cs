using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <content>Identifier and length octets (X.690 8.1.2, 8.1.3, 10.1).</content>
public ref partial struct DerReader
{
    /// <summary>Checks the header of the next element; gives start and end of its content and does not move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Header(Tag tag, out int end)
    {
        var position = _position;

        // Nearly every header is one identifier octet and one length octet. An end beyond 2^31 is negative, which as an unsigned number is beyond every other.
        if (position + 1 < _end && _input[position] == tag.Value)
        {
            int length = _input[position + 1];
            end = position + 2 + length;
            if (length < 0x80 && (uint)end <= (uint)_end)
                return position + 2;
        }

        return AnyHeader(tag, out end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int AnyHeader(Tag tag, out int end)
    {
        if (!HasData)
            ThrowMissing(tag.ToString());
        var found = TagAt(_end, _position, out var position);
        if (found != tag)
            ThrowUnexpectedTag(found, tag);
        return LengthAt(_end, position, out end);
    }

    /// <summary>Checks the header of an element of any tag; a universal type must have its form (X.690 10.2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int HeaderAt(int limit, int position, out bool constructed, out int end)
    {
        if (position + 1 < limit)
        {
            uint octet = _input[position];
            int length = _input[position + 1];
            end = position + 2 + length;
            constructed = (octet & Tag.ConstructedBit) != 0;
            var usual = octet < 0x40 ? (Tag.UniversalOctets >> (int)octet & 1) != 0 : (octet & Tag.HighForm) != Tag.HighForm;
            if (usual && length < 0x80 && (uint)end <= (uint)limit)
                return position + 2;
        }

        return AnyHeaderAt(limit, position, out constructed, out end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int AnyHeaderAt(int limit, int position, out bool constructed, out int end)
    {
        var tag = TagAt(limit, position, out var next);
        constructed = tag.IsConstructed;
        if (!tag.HasItsForm)
            ThrowAt(DerErrorKind.UnexpectedTag, position, $"unexpected {(constructed ? "constructed" : "primitive")} form of {tag}");
        return LengthAt(limit, next, out end);
    }

    private readonly Tag TagAt(int limit, int position, out int next)
    {
        next = position + 1;
        if (position >= limit)
            ThrowAt(DerErrorKind.UnexpectedEnd, position, "unexpected end");
        uint octet = _input[position];
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
            number = (number << 7) | (_input[next] & 0x7Fu);
            if (number == 0)
                ThrowAt(DerErrorKind.NonMinimalTag, start, "tag number with a leading zero");
        }
        while (_input[next++] >= 0x80);
        if (number < Tag.HighForm)
            ThrowAt(DerErrorKind.NonMinimalTag, start, $"tag number {number} in the form of greater ones");
        return number;
    }

    // Gives start and end of the content, which lies within the limit.
    private readonly int LengthAt(int limit, int position, out int end)
    {
        if (position >= limit)
            ThrowAt(DerErrorKind.UnexpectedEnd, limit, "unexpected end before a length");
        int length = _input[position];
        var start = position + 1;
        if (length >= 0x80)
            length = LongLengthAt(limit, ref start);
        if (length > limit - start)
            ThrowAt(DerErrorKind.UnexpectedEnd, position, $"length {length} where {limit - start} octets are left");
        end = start + length;
        return start;
    }

    // The long form: only where the short one does not do, without leading zeros (X.690 10.1).
    private readonly int LongLengthAt(int limit, ref int start)
    {
        var position = start - 1;
        var count = _input[position] & 0x7F;
        if (count == 0)
            ThrowAt(DerErrorKind.IndefiniteLength, position, "indefinite length");
        if (count > limit - start)
            ThrowAt(DerErrorKind.UnexpectedEnd, limit, "unexpected end inside a length");
        if (_input[start] == 0)
            ThrowAt(DerErrorKind.NonMinimalLength, position, "length with a leading zero");
        if (count > 4 || (count == 4 && _input[start] >= 0x80))
            ThrowAt(DerErrorKind.LengthTooLarge, position, "length above 2147483647");
        var length = 0;
        for (var last = start + count; start < last; start++)
            length = (length << 8) | _input[start];
        if (length < 0x80)
            ThrowAt(DerErrorKind.NonMinimalLength, position, $"length {length} in the form of greater ones");
        return length;
    }
}
