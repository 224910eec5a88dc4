namespace CkiSdk.Asn1;

/// <content>The order of the components of a SET (X.690 10.3).</content>
public ref partial struct DerReader
{
    /// <summary>Requires that the next element of a SET has a greater tag than the one before it (X.690 10.3).</summary>
    /// <param name="previous">The tag of the one before it, and then that of the next; the default value before the first.</param>
    /// <exception cref="DerException">It has a smaller one or the same, or its identifier octets are malformed.</exception>
    public readonly void CheckSetTag(ref Tag previous)
    {
        var tag = PeekTag();
        var order = ElementOrder.Compare(previous, tag);
        if (order == 0)
            ThrowAt(DerErrorKind.DuplicateComponent, _position, $"component {tag} of a SET a second time");
        if (order > 0)
            ThrowAt(DerErrorKind.NotInSetOrder, _position, $"component {tag} of a SET after {previous}");
        previous = tag;
    }
}
