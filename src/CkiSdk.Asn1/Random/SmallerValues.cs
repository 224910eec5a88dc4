namespace CkiSdk.Asn1;

/// <summary>Makes values smaller: without what may be absent, with fewer elements, shorter contents and lesser numbers.</summary>
internal static class SmallerValues
{
    private const int MostElements = 300;

    /// <summary>Returns encodings that are smaller than the one given and keep to the constraints, the smallest steps last.</summary>
    internal static IEnumerable<byte[]> Of(TypeDescriptor type, ReadOnlyMemory<byte> der)
    {
        var count = Math.Min(Flatten(type.Parse(der, isBer: false)).Count(), MostElements);
        for (var i = 0; i < count; i++)
        {
            for (var step = 0; Try(type, der, i, step) is var (exists, smaller) && exists; step++)
            {
                if (smaller is not null)
                    yield return smaller;
            }
        }
    }

    // One step at one element of a tree that is read anew; whether there is such a step, and what came of it.
    private static (bool Exists, byte[]? Der) Try(TypeDescriptor type, ReadOnlyMemory<byte> der, int index, int step)
    {
        var root = type.Parse(der, isBer: false);
        var element = Flatten(root).ElementAt(index);
        if (!(element.Children.Count > 0 ? Remove(element, step) : Shorten(element, step)))
            return (false, null);
        var smaller = ElementEncoder.Encode(root);
        try
        {
            type.Check(smaller);
            return (true, smaller.Length < der.Length || smaller.AsSpan().SequenceCompareTo(der.Span) < 0 ? smaller : null);
        }
        catch (DerException)
        {
            return (true, null);
        }
    }

    private static bool Remove(Element element, int step)
    {
        var children = element.Children;
        if (element.Type is { IsList: true })
        {
            // Half of a list first, then each element alone.
            if (step > children.Count)
                return false;
            element.Replace(step == 0 ? [.. children.Take(children.Count / 2)] : [.. children.Take(step - 1), .. children.Skip(step)]);
            return true;
        }

        if (element.Type is not { IsStructure: true })
            return false;
        var absent = children.Where(child => child.Component is null or { MayBeAbsent: true }).Skip(step).FirstOrDefault();
        if (absent is null)
            return false;
        var group = absent.Component is { Group: > 0 } member ? member.Group : -1;
        element.Replace([.. children.Where(child => child != absent && child.Component?.Group != group)]);
        return true;
    }

    private static bool Shorten(Element element, int step)
    {
        var content = element.Content;
        if (element.IsConstructed || content.IsEmpty || step > 1)
            return false;
        element.Content = (element.Kind, step) switch
        {
            (TypeKind.Integer or TypeKind.Enumerated, 0) => new byte[1],
            (TypeKind.Integer or TypeKind.Enumerated, _) => content.Length > 1 ? content[..^1] : new[] { (byte)((sbyte)content.Span[0] / 2) },
            (TypeKind.Boolean, _) => new byte[1],
            (TypeKind.BitString, 0) => new byte[1],
            (TypeKind.BitString, _) => content.Length > 2 ? (byte[])[0, .. content.Span[1..(1 + (content.Length / 2))]] : content,
            (_, 0) => default,
            _ => content[..(content.Length / 2)],
        };
        return true;
    }

    // What stands in a string is a part of its content and stays as it is.
    private static IEnumerable<Element> Flatten(Element root)
    {
        var waiting = new Stack<Element>([root]);
        while (waiting.TryPop(out var next))
        {
            yield return next;
            if (next.Kind is TypeKind.OctetString or TypeKind.BitString)
                continue;
            for (var i = next.Children.Count - 1; i >= 0; i--)
                waiting.Push(next.Children[i]);
        }
    }
}
