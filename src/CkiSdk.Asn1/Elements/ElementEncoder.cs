namespace CkiSdk.Asn1;

/// <summary>Writes values of described types as DER, also such as were read from BER, JSON or made by chance: sets are sorted, defaults left out.</summary>
internal static class ElementEncoder
{
    /// <summary>Returns the DER.</summary>
    internal static byte[] Encode(Element element)
    {
        var der = new byte[Count(element)];
        var rest = der.AsSpan();
        Write(element, ref rest);
        return der;
    }

    /// <summary>Returns the content octets of the DER; those of a CHOICE or an open type are the encoding of what is in it.</summary>
    internal static byte[] Content(Element element)
    {
        Arrange(element);
        return element.IsConstructed ? [.. element.Children.SelectMany(Encode)] : element.Content.ToArray();
    }

    /// <summary>Puts the elements of a SET OF into ascending order (X.690 11.6).</summary>
    internal static void SortElements(Element set)
    {
        if (set.Children.Count < 2)
            return;
        var encoded = set.Children.Select(child => (Child: child, Der: Encode(child))).ToList();
        encoded.Sort(static (left, right) => left.Der.AsSpan().SequenceCompareTo(right.Der));
        set.Replace([.. encoded.Select(pair => pair.Child)]);
    }

    // The length of the whole encoding; what is not encoded or stands in another order in DER is arranged on the way.
    private static int Count(Element element)
    {
        if (element.EncodedLength >= 0)
            return element.EncodedLength;
        Arrange(element);
        var length = ContentLength(element);
        if (element.HasOwnTag)
            length += HeaderLength(element.Tag, length);
        for (var i = element.Wrappers - 1; i >= 0; i--)
            length += HeaderLength(element.Type!.Tags[i], length);
        return element.EncodedLength = length;
    }

    /// <summary>Gives the length of what stands in one of the explicit tags of an element that was read.</summary>
    internal static int InnerLength(Element element, int wrapper)
    {
        var length = element.End - element.CoreStart;
        for (var i = element.Wrappers - 1; i > wrapper; i--)
            length += HeaderLength(element.Type!.Tags[i], length);
        return length;
    }

    private static void Arrange(Element element)
    {
        if (element.Type is not { } type || element.Children.Count == 0)
            return;
        if (type.IsStructure && element.Children.Any(HasDefaultValue))
            element.Replace([.. element.Children.Where(child => !HasDefaultValue(child))]);
        if (type.Kind == TypeKind.Set)
            ElementOrder.SortComponents(element);
        else if (type.Kind == TypeKind.SetOf && !type.AdmitsAnyOrder)
            SortElements(element);
    }

    private static bool HasDefaultValue(Element child) =>
        child.Component is { Default.IsEmpty: false, AdmitsEncodedDefault: false } component && Count(child) == component.Default.Length && Encode(child).AsSpan().SequenceEqual(component.Default.Span);

    private static int ContentLength(Element element)
    {
        if (!element.IsConstructed)
            return element.Content.Length;
        var length = 0;
        foreach (var child in element.Children)
            length = checked(length + Count(child));
        return length;
    }

    private static void Write(Element element, ref Span<byte> rest)
    {
        var content = ContentLength(element);
        var own = element.HasOwnTag ? content + HeaderLength(element.Tag, content) : content;
        WriteWrappers(element, 0, own, ref rest);
        if (element.HasOwnTag)
            WriteHeader(element.Tag, content, ref rest);
        if (!element.IsConstructed)
        {
            element.Content.Span.CopyTo(rest);
            rest = rest[content..];
            return;
        }

        foreach (var child in element.Children)
            Write(child, ref rest);
    }

    private static int WriteWrappers(Element element, int index, int length, ref Span<byte> rest)
    {
        // The outer lengths are known from the inner ones.
        var lengths = new int[element.Wrappers];
        for (var i = lengths.Length - 1; i >= index; i--)
        {
            lengths[i] = length;
            length += HeaderLength(element.Type!.Tags[i], length);
        }

        for (var i = index; i < lengths.Length; i++)
            WriteHeader(element.Type!.Tags[i], lengths[i], ref rest);
        return length;
    }

    private static int HeaderLength(Tag tag, int length)
    {
        var count = 2;
        for (var number = tag.IsHighForm ? tag.Number : 0; number > 0; number >>= 7)
            count++;
        for (var more = length >= 0x80 ? length : 0; more > 0; more >>= 8)
            count++;
        return count;
    }

    private static void WriteHeader(Tag tag, int length, ref Span<byte> rest)
    {
        var size = HeaderLength(tag, length);
        var writer = new DerWriter(rest[..size]);
        writer.End(tag, writer.Length - length);
        rest = rest[size..];
    }
}
