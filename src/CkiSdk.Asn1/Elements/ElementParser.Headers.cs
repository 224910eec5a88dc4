namespace CkiSdk.Asn1;

/// <content>Identifier and length octets, definite and indefinite (X.690 8.1).</content>
internal sealed partial class ElementParser
{
    private const int Indefinite = -1;

    /// <summary>Says where the elements that are read end: at an offset, or at end-of-contents octets before it.</summary>
    private readonly record struct Frame(int End, bool IsIndefinite);

    private readonly record struct Header(int Start, Tag Tag, int Content, int Length);

    private bool AtEnd(Frame frame)
    {
        if (!frame.IsIndefinite)
            return _position >= frame.End;
        if (_position + 2 > frame.End)
            Throw(DerErrorKind.UnexpectedEnd, _position, "unexpected end before end-of-contents");
        return Input[_position] == 0 && Input[_position + 1] == 0;
    }

    private Frame Enter(Tag tag, Frame frame, Element? element = null)
    {
        if (AtEnd(frame))
            Throw(DerErrorKind.UnexpectedEnd, _position, "unexpected end", $"expected {tag}");
        var header = ReadHeader(frame);
        if (header.Tag != tag)
            Throw(DerErrorKind.UnexpectedTag, header.Start, $"unexpected tag {header.Tag}", $"expected {tag}");
        if (element is not null)
            element.ContentStart = header.Content;
        return Open(header, frame);
    }

    private Frame Open(Header header, Frame frame)
    {
        if (_depth++ >= _limits.MaxDepth)
            Throw(DerErrorKind.TooDeep, header.Start, $"more than {_limits.MaxDepth} levels of nesting");
        return header.Length == Indefinite ? new Frame(frame.End, true) : new Frame(header.Content + header.Length, false);
    }

    private void Leave(Frame frame)
    {
        if (!AtEnd(frame))
            Throw(DerErrorKind.TrailingData, _position, frame.IsIndefinite ? $"unexpected tag {PeekTag(frame)}" : $"{frame.End - _position} octets too many");
        _depth--;
        if (frame.IsIndefinite)
            _position += 2;
    }

    private ReadOnlyMemory<byte> Take(Header header)
    {
        _position = header.Content + header.Length;
        return _memory.Slice(header.Content, header.Length);
    }

    private Tag PeekTag(Frame frame)
    {
        var position = _position;
        return TagAt(ref position, frame.End);
    }

    private Header ReadHeader(Frame frame)
    {
        var start = _position;
        var tag = TagAt(ref _position, frame.End);
        var length = LengthAt(ref _position, frame.End);
        if (length == Indefinite && !tag.IsConstructed)
            Throw(DerErrorKind.IndefiniteLength, start, "indefinite length of a primitive element");
        return new Header(start, tag, _position, length);
    }

    private Tag TagAt(ref int position, int end)
    {
        var start = position;
        if (position >= end)
            Throw(DerErrorKind.UnexpectedEnd, position, "unexpected end");
        uint octet = Input[position++];
        if ((octet & Tag.HighForm) != Tag.HighForm)
        {
            if ((octet & ~Tag.ConstructedBit) == 0)
                Throw(DerErrorKind.UnexpectedTag, start, "unexpected end-of-contents");
            return new(octet);
        }

        var number = 0u;
        do
        {
            if (position >= end)
                Throw(DerErrorKind.UnexpectedEnd, end, "unexpected end inside a tag");
            if (number > Tag.MaxNumber >> 7)
                Throw(DerErrorKind.TooLarge, start, "tag number too large");
            number = (number << 7) | (Input[position] & 0x7Fu);
            if (number == 0)
                Throw(DerErrorKind.NonMinimalTag, start, "tag number with a leading zero");
        }
        while (Input[position++] >= 0x80);
        if (number < Tag.HighForm)
            Throw(DerErrorKind.NonMinimalTag, start, $"tag number {number} in the form of greater ones");
        return new((number << 8) | octet);
    }

    private int LengthAt(ref int position, int end)
    {
        var start = position;
        if (position >= end)
            Throw(DerErrorKind.UnexpectedEnd, end, "unexpected end before a length");
        long length = Input[position++];
        if (length == 0x80 && _isBer)
            return Indefinite;
        if (length >= 0x80)
            length = LongLength((int)length & 0x7F, ref position, start, end);
        if (length > end - position)
            Throw(DerErrorKind.UnexpectedEnd, start, $"length {length} where {end - position} octets are left");
        return (int)length;
    }

    // BER may pad a length with zeros (X.690 8.1.3.5 c), DER not.
    private long LongLength(int count, ref int position, int start, int end)
    {
        if (count == 0)
            Throw(DerErrorKind.IndefiniteLength, start, "indefinite length");
        if (count > end - position || count == 0x7F)
            Throw(DerErrorKind.UnexpectedEnd, end, "unexpected end inside a length");
        if (!_isBer && Input[position] == 0)
            Throw(DerErrorKind.NonMinimalLength, start, "length with a leading zero");
        var length = 0L;
        for (var last = position + count; position < last; position++)
        {
            length = (length << 8) | Input[position];
            if (length > int.MaxValue)
                Throw(DerErrorKind.LengthTooLarge, start, "length above 2147483647");
        }

        if (!_isBer && length < 0x80)
            Throw(DerErrorKind.NonMinimalLength, start, $"length {length} in the form of greater ones");
        return length;
    }
}
