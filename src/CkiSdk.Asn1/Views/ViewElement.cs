using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <summary>Finds elements in octets that were validated; generated views call it.</summary>
/// <remarks>
/// A table describes the components of a SEQUENCE or the alternatives of a CHOICE: for each of them the number of tags that it can begin with,
/// plus <see cref="Mandatory"/> where it is always there, and then these tags as <see cref="Pack"/> gives them; no tags stand for any tag.
/// </remarks>
public static partial class ViewElement
{
    /// <summary>Marks a component that is neither OPTIONAL nor DEFAULT in a table.</summary>
    public const uint Mandatory = 0x8000_0000;

    /// <summary>Gives a tag as it stands in a table.</summary>
    /// <param name="tag">The tag.</param>
    public static uint Pack(Tag tag) => tag.Value;

    /// <summary>Lays a view over an element behind explicit tags.</summary>
    /// <typeparam name="T">The view.</typeparam>
    /// <param name="element">The outermost element.</param>
    /// <param name="wrappers">How many explicit tags there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Wrap<T>(ReadOnlySpan<byte> element, int wrappers = 0)
        where T : IElementView<T>, allows ref struct => T.Wrap(wrappers == 0 ? element : Strip(element, wrappers));

    /// <summary>Gives what is left of an element without its outermost headers.</summary>
    /// <param name="element">The outermost element.</param>
    /// <param name="headers">How many headers are taken off.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> element, int headers) =>
        headers == 1 && element.Length >= 2 && (element[0] & Tag.HighForm) != Tag.HighForm && element[1] < 0x80 ? element[2..] : StripAll(element, headers);

    /// <summary>Gives the component of a SEQUENCE or SET; nothing if it is absent.</summary>
    /// <param name="content">The content of the structure.</param>
    /// <param name="table">Its components.</param>
    /// <param name="component">The position of the component among them.</param>
    /// <param name="unknownAt">The component before which unknown extension additions stand; -1 for none.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> content, ReadOnlySpan<uint> table, int component, int unknownAt = -1)
    {
        var at = 0;
        for (var row = 0; ; row++)
        {
            if (row == unknownAt)
                content = content[UnknownLength(content, table[at..])..];
            var head = table[at];
            var tags = (int)(head & ~Mandatory);
            var present = (head & Mandatory) != 0 || Begins(content, table.Slice(at + 1, tags));
            if (row == component)
                return present ? content[..LengthOf(content)] : default;
            if (present)
                content = content[LengthOf(content)..];
            at += 1 + tags;
        }
    }

    /// <summary>Gives the unknown extension additions of a SEQUENCE or SET.</summary>
    /// <param name="content">The content of the structure.</param>
    /// <param name="table">Its components.</param>
    /// <param name="unknownAt">The component before which they stand.</param>
    public static ListView<AnyView> Unknown(ReadOnlySpan<byte> content, ReadOnlySpan<uint> table, int unknownAt)
    {
        for (var row = 0; row < unknownAt; row++)
        {
            var tags = Tags(table);
            if ((table[0] & Mandatory) != 0 || Begins(content, tags))
                content = content[LengthOf(content)..];
            table = table[(1 + tags.Length)..];
        }

        return new(content[..UnknownLength(content, table)]);
    }

    /// <summary>Gives the position of the alternative that an element is; the number of all for one that is unknown.</summary>
    /// <param name="element">The element.</param>
    /// <param name="table">The alternatives.</param>
    public static int Choose(ReadOnlySpan<byte> element, ReadOnlySpan<uint> table)
    {
        var wildcard = -1;
        for (var row = 0; ; row++)
        {
            if (table.IsEmpty)
                return wildcard >= 0 ? wildcard : row;
            var tags = Tags(table);
            if (tags.IsEmpty)
                wildcard = row;
            else if (Begins(element, tags))
                return row;
            table = table[(1 + tags.Length)..];
        }
    }

    /// <summary>Requires that an optional component is present.</summary>
    /// <param name="element">The component, or nothing.</param>
    /// <param name="component">Its identifier.</param>
    /// <exception cref="InvalidOperationException">It is absent.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Present(ReadOnlySpan<byte> element, string component)
    {
        if (element.IsEmpty)
            ThrowAbsent(component);
        return element;
    }

    /// <summary>Requires that a CHOICE holds an alternative.</summary>
    /// <param name="isChosen">Whether it does.</param>
    /// <param name="alternative">Its identifier.</param>
    /// <exception cref="InvalidOperationException">It holds another one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Chosen(bool isChosen, string alternative)
    {
        if (!isChosen)
            ThrowOther(alternative);
    }

    /// <summary>Counts elements.</summary>
    /// <param name="content">Whole elements, one after the other.</param>
    public static int Count(ReadOnlySpan<byte> content)
    {
        var count = 0;
        for (; !content.IsEmpty; count++)
            content = content[LengthOf(content)..];
        return count;
    }

    internal static Tag TagOf(ReadOnlySpan<byte> element)
    {
        uint octet = element[0];
        if ((octet & Tag.HighForm) != Tag.HighForm)
            return new(octet);
        var (number, at) = (0u, 1);
        do
            number = (number << 7) | (element[at] & 0x7Fu);
        while (element[at++] >= 0x80);
        return new((number << 8) | octet);
    }

    /// <summary>Counts the octets of the first element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LengthOf(ReadOnlySpan<byte> element) =>
        element.Length >= 2 && (element[0] & Tag.HighForm) != Tag.HighForm && element[1] < 0x80 ? 2 + element[1] : LongLengthOf(element);

    private static ReadOnlySpan<byte> StripAll(ReadOnlySpan<byte> element, int headers)
    {
        for (; headers > 0; headers--)
            element = element[HeaderLength(element)..];
        return element;
    }

    private static int HeaderLength(ReadOnlySpan<byte> element)
    {
        var at = 1;
        if ((element[0] & Tag.HighForm) == Tag.HighForm)
        {
            while (element[at++] >= 0x80)
            {
            }
        }

        return at + 1 + (element[at] < 0x80 ? 0 : element[at] & 0x7F);
    }

    private static int LongLengthOf(ReadOnlySpan<byte> element)
    {
        var header = HeaderLength(element);
        var at = (element[0] & Tag.HighForm) == Tag.HighForm ? 2 : 1;
        while (at > 1 && element[at - 1] >= 0x80)
            at++;
        int length = element[at];
        if (length >= 0x80)
        {
            length = 0;
            for (at++; at < header; at++)
                length = (length << 8) | element[at];
        }

        return header + length;
    }

    private static ReadOnlySpan<uint> Tags(ReadOnlySpan<uint> table) => table.Slice(1, (int)(table[0] & ~Mandatory));

    // Any tag begins a component without tags.
    private static bool Begins(ReadOnlySpan<byte> content, ReadOnlySpan<uint> tags)
    {
        if (content.IsEmpty)
            return false;
        if (tags.IsEmpty || tags[0] == content[0])
            return true;
        var tag = TagOf(content).Value;
        foreach (var candidate in tags)
        {
            if (candidate == tag)
                return true;
        }

        return false;
    }

    // Unknown additions go on up to what begins one of the components that can come next: up to the first mandatory one.
    private static int UnknownLength(ReadOnlySpan<byte> content, ReadOnlySpan<uint> table)
    {
        var rest = content;
        while (!rest.IsEmpty && !BeginsNext(rest, table))
            rest = rest[LengthOf(rest)..];
        return content.Length - rest.Length;
    }

    private static bool BeginsNext(ReadOnlySpan<byte> content, ReadOnlySpan<uint> table)
    {
        while (!table.IsEmpty)
        {
            var tags = Tags(table);
            if (Begins(content, tags))
                return true;
            if ((table[0] & Mandatory) != 0)
                return false;
            table = table[(1 + tags.Length)..];
        }

        return false;
    }

    [DoesNotReturn]
    private static void ThrowAbsent(string component) => throw new InvalidOperationException($"The component {component} is absent.");

    [DoesNotReturn]
    private static void ThrowOther(string alternative) => throw new InvalidOperationException($"The CHOICE does not hold the alternative {alternative}.");
}
