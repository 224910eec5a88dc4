namespace CkiSdk.Asn1;

/// <content>SEQUENCE OF and SET OF (X.690 8.10, 8.12).</content>
public ref partial struct DerReader
{
    /// <summary>Reads a SEQUENCE OF.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="tag">The tag that it must have.</param>
    /// <param name="element">Reads one element.</param>
    /// <exception cref="DerException">Another element follows, or something in it is not the DER of its type.</exception>
    public SequenceOf<T> ReadSequenceOf<T>(Tag tag, DerDecoder<T> element) =>
        SequenceOf<T>.Wrap(ReadList(tag, element, ordered: false, out var single) ?? [single!]);

    /// <summary>Reads a SET OF, whose elements ascend as octet strings (X.690 11.6).</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="tag">The tag that it must have.</param>
    /// <param name="element">Reads one element.</param>
    /// <exception cref="DerException">Another element follows, or one in it is not the DER of its type, or the order is wrong.</exception>
    public SetOf<T> ReadSetOf<T>(Tag tag, DerDecoder<T> element) =>
        ReadList(tag, element, ordered: true, out var single) is { } items ? SetOf<T>.Wrap(items) : SetOf<T>.Wrap(single!);

    /// <summary>Reads a SET OF whose elements may stand in any order, which they keep: for a type that is told to admit that.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="tag">The tag that it must have.</param>
    /// <param name="element">Reads one element.</param>
    /// <exception cref="DerException">Another element follows, or something in it is not the DER of its type.</exception>
    public SetOf<T> ReadUnsortedSetOf<T>(Tag tag, DerDecoder<T> element) =>
        ReadList(tag, element, ordered: false, out var single) is { } items ? SetOf<T>.Wrap(items) : SetOf<T>.Wrap(single!);

    /// <summary>Counts the elements of the list entered last, for a decoder that has read the first of them; generated code calls it.</summary>
    /// <param name="start">The <see cref="Position"/> of the first element.</param>
    /// <param name="isOrdered">Whether they must ascend as octet strings (X.690 11.6).</param>
    /// <exception cref="DerException">The order is wrong, or a header is malformed, or there are more elements than the limit.</exception>
    public int CountItems(int start, bool isOrdered)
    {
        // Most lists are those of a name, with one element, for which nothing needs to be counted or compared.
        if (!HasData)
            return 1;
        var count = HeadersFrom(start, isOrdered);
        Spend(count);
        return count;
    }

    /// <summary>Returns behind a SEQUENCE OF, all of whose elements were read; generated code calls it.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="mark">What <see cref="Enter"/> gave.</param>
    /// <param name="items">The elements, which nobody may change any more.</param>
    public SequenceOf<T> LeaveSequenceOf<T>(int mark, T[] items)
    {
        Leave(mark);
        return SequenceOf<T>.Wrap(items);
    }

    /// <summary>Returns behind a SET OF, all of whose elements were read; generated code calls it.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="mark">What <see cref="Enter"/> gave.</param>
    /// <param name="items">The elements, which nobody may change any more; empty where there is only one.</param>
    /// <param name="first">The first element, if there is one.</param>
    /// <param name="count">The number of elements.</param>
    public SetOf<T> LeaveSetOf<T>(int mark, T[] items, T first, int count)
    {
        Leave(mark);
        return count == 1 ? SetOf<T>.Wrap(first) : SetOf<T>.Wrap(items);
    }

    // Gives a list of one element as that element, without an array.
    private T[]? ReadList<T>(Tag tag, DerDecoder<T> element, bool ordered, out T? single)
    {
        var (start, depth) = (_position, _depth);
        var mark = Enter(tag.AsConstructed());
        try
        {
            var items = ReadElements(element, ordered, out single);
            Leave(mark);
            return items;
        }
        catch
        {
            _end = mark;
            _position = start;
            _depth = depth;
            throw;
        }
    }

    private T[]? ReadElements<T>(DerDecoder<T> element, bool ordered, out T? single)
    {
        single = default;
        if (!HasData)
            return [];

        // Most lists are those of a name, with one element, for which nothing needs to be counted or compared.
        var start = _position;
        Element(0);
        var first = element(ref this);
        if (!HasData)
        {
            single = first;
            return null;
        }

        var items = new T[CountItems(start, ordered)];
        items[0] = first;
        for (var i = 1; i < items.Length; i++)
        {
            Element(i);
            items[i] = element(ref this);
        }

        return items;
    }

    private void Spend(int elements)
    {
        _elementsLeft -= elements;
        if (_elementsLeft < 0)
            ThrowTooMany();
    }

    // Reads the headers only. No element is the beginning of another, so that comparing them as they stand is the order of X.690 11.6.
    private readonly int HeadersFrom(int start, bool ordered)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)_end, nameof(start));
        var count = 0;
        var previous = ReadOnlySpan<byte>.Empty;
        for (var position = start; position < _end; count++)
        {
            Element(count);
            HeaderAt(_end, position, out var end);
            var current = Octets(position, end);
            if (ordered && previous.SequenceCompareTo(current) > 0)
                ThrowAt(DerErrorKind.NotInSetOrder, position, "SET OF with elements out of order");
            previous = current;
            position = end;
        }

        return count;
    }
}
