using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <content>SEQUENCE OF and SET OF (X.690 8.10, 8.12).</content>
public ref partial struct DerWriter
{
    /// <summary>Writes a SEQUENCE OF.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The elements.</param>
    /// <param name="element">Writes one element.</param>
    public void WriteSequenceOf<T>(Tag tag, SequenceOf<T> value, DerEncoder<T> element)
    {
        var mark = Length;
        var items = value.AsSpan();
        for (var i = items.Length - 1; i >= 0; i--)
            element(ref this, items[i]);
        End(tag.AsConstructed(), mark);
    }

    /// <summary>Writes a SET OF, its elements in ascending order of their encodings (X.690 11.6).</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The elements, in any order.</param>
    /// <param name="element">Writes one element.</param>
    public void WriteSetOf<T>(Tag tag, SetOf<T> value, DerEncoder<T> element)
    {
        if (!value.TryGetSingle(out var single))
        {
            WriteAscending(tag, value, element);
            return;
        }

        var mark = Length;
        element(ref this, single);
        End(tag.AsConstructed(), mark);
    }

    /// <summary>Writes a SET OF with its elements in the order that they have, for a type that is told to admit any.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The elements.</param>
    /// <param name="element">Writes one element.</param>
    public void WriteUnsortedSetOf<T>(Tag tag, SetOf<T> value, DerEncoder<T> element)
    {
        var mark = Length;
        for (var i = value.Count - 1; i >= 0; i--)
            element(ref this, value[i]);
        End(tag.AsConstructed(), mark);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteAscending<T>(Tag tag, SetOf<T> value, DerEncoder<T> element)
    {
        var mark = Length;
        var items = value.AsSpan();
        var ascending = true;
        var previous = 0;
        for (var i = items.Length - 1; i >= 0; i--)
        {
            var before = Length;
            element(ref this, items[i]);
            if (!IsCounting && previous != 0)
                ascending &= Written(before, Length).SequenceCompareTo(Written(before - previous, before)) <= 0;
            previous = Length - before;
        }

        if (!ascending && !IsCounting)
            Sort(_buffer[^Length..^mark], static (left, right) => left.Encoded.Span.SequenceCompareTo(right.Encoded.Span));
        End(tag.AsConstructed(), mark);
    }

    // What was written between two lengths.
    private readonly ReadOnlySpan<byte> Written(int before, int after) => _buffer[^after..^before];

    private static void Sort(Span<byte> content, Comparison<AnyValue> comparison)
    {
        var elements = new List<AnyValue>();
        var reader = new DerReader(content.ToArray(), new DerLimits { MaxLength = int.MaxValue, MaxDepth = int.MaxValue, MaxElements = int.MaxValue });
        while (reader.HasData)
            elements.Add(reader.ReadAny());
        elements.Sort(comparison);
        foreach (var element in elements)
        {
            element.Encoded.Span.CopyTo(content);
            content = content[element.Encoded.Length..];
        }
    }
}
