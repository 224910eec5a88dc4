namespace CkiSdk.Asn1;

/// <content>The order of the components of a SET (X.690 10.3).</content>
public ref partial struct DerWriter
{
    /// <summary>Puts the components of a SET that were written into the order of their tags (X.690 10.3).</summary>
    /// <param name="mark">The <see cref="Length"/> before the last of them was written.</param>
    /// <exception cref="InvalidOperationException">Two of them have the same tag: an extension addition that the type does not know has one that is taken.</exception>
    public readonly void SortSet(int mark)
    {
        if (IsCounting || Length == mark)
            return;
        var content = _buffer[^Length..^mark];
        if (Ascends(content))
            return;
        Sort(content, static (left, right) => ElementOrder.Compare(left.Tag, right.Tag));
        if (!Ascends(content))
            throw new InvalidOperationException("Two components of a SET have the same tag.");
    }

    private static bool Ascends(ReadOnlySpan<byte> content)
    {
        var previous = default(Tag);
        for (; !content.IsEmpty; content = content[ViewElement.LengthOf(content)..])
        {
            var tag = ViewElement.TagOf(content);
            if (ElementOrder.Compare(previous, tag) >= 0)
                return false;
            previous = tag;
        }

        return true;
    }
}
