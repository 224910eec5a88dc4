namespace CkiSdk.Asn1;

/// <content>Components of a SET, which stand in the order of their tags (X.690 10.3).</content>
public static partial class ViewElement
{
    /// <summary>Gives the component of a SET whose order only the octets show; nothing if it is absent.</summary>
    /// <param name="content">The content of the SET.</param>
    /// <param name="table">Its components.</param>
    /// <param name="component">The position of the component among them.</param>
    public static ReadOnlySpan<byte> FindInSet(ReadOnlySpan<byte> content, ReadOnlySpan<uint> table, int component)
    {
        var row = table;
        for (var i = 0; i < component; i++)
            row = row[(1 + Tags(row).Length)..];
        var tags = Tags(row);
        while (!content.IsEmpty)
        {
            var length = LengthOf(content);
            if (Begins(content, tags))
                return content[..length];
            content = content[length..];
        }

        return default;
    }

    /// <summary>Says whether an element begins as one of the components does.</summary>
    internal static bool IsKnown(ReadOnlySpan<byte> element, ReadOnlySpan<uint> table)
    {
        for (; !table.IsEmpty; table = table[(1 + Tags(table).Length)..])
        {
            if (Begins(element, Tags(table)))
                return true;
        }

        return false;
    }
}
