namespace CkiSdk.Asn1;

/// <content>Elements of any type.</content>
public ref partial struct DerReader
{
    private const int UsualDepth = 64;

    /// <summary>Reads one whole element of any tag, in which all headers down to the primitive elements are checked.</summary>
    /// <exception cref="DerException">None follows, or something in it is no well-formed DER, or nested too deep.</exception>
    public AnyValue ReadAny()
    {
        var start = HeaderAt(_frame, _position, out var tag, out var end);
        if (tag.IsConstructed)
            Walk(_position, start, end);
        return AnyValue.Wrap(Take(_position, end - _position));
    }

    // Keeps the ends of the open elements in a list of its own: the depth that a caller admits costs no stack.
    private readonly void Walk(int element, int position, int end)
    {
        Span<int> ends = stackalloc int[UsualDepth];
        ends[0] = end;
        for (var level = 0; ;)
        {
            if (_depth + level >= _maxDepth)
                ThrowTooDeep(element);
            while (position == ends[level])
            {
                if (level-- == 0)
                    return;
            }

            element = position;
            position = HeaderAt(_input[..ends[level]], position, out var tag, out end);
            if (!tag.IsConstructed)
            {
                position = end;
                continue;
            }

            if (++level == ends.Length)
                ends = Longer(ends);
            ends[level] = end;
        }
    }

    private static Span<int> Longer(ReadOnlySpan<int> ends)
    {
        var longer = new int[2 * ends.Length];
        ends.CopyTo(longer);
        return longer;
    }
}
