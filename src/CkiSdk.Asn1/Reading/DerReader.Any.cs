namespace CkiSdk.Asn1;

/// <content>Elements of any type.</content>
public ref partial struct DerReader
{
    private const int UsualDepth = 64;

    /// <summary>Reads one whole element of any tag, in which all headers down to the primitive elements are checked.</summary>
    /// <exception cref="DerException">None follows, or something in it is no well-formed DER, or nested too deep.</exception>
    public AnyValue ReadAny()
    {
        var end = CheckAny();
        Spend(1);
        return AnyValue.Wrap(Take(_position, end - _position));
    }

    // Gives the end of a well-formed element and does not move.
    private readonly int CheckAny()
    {
        var start = HeaderAt(_end, _position, out var end);
        if (IsConstructed(_position))
            Walk(start, end);
        return end;
    }

    // Keeps the ends of the open elements in a list of its own: the depth that a caller admits costs no stack.
    private readonly void Walk(int position, int end)
    {
        if (_depth >= _maxDepth)
            ThrowTooDeep(_position);
        Span<int> ends = stackalloc int[UsualDepth];
        ends[0] = end;
        var limit = end;
        for (var level = 0; ;)
        {
            if (position == limit)
            {
                if (level-- == 0)
                    return;
                limit = ends[level];
                continue;
            }

            var element = position;
            position = HeaderAt(limit, element, out end);
            if (!IsConstructed(element))
            {
                position = end;
                continue;
            }

            if (_depth + ++level >= _maxDepth)
                ThrowTooDeep(element);
            if (level == ends.Length)
                ends = Longer(ends);
            ends[level] = end;
            limit = end;
        }
    }

    private static Span<int> Longer(ReadOnlySpan<int> ends)
    {
        var longer = new int[2 * ends.Length];
        ends.CopyTo(longer);
        return longer;
    }
}
