namespace CkiSdk.Asn1;

/// <summary>Finds the values that decide of open types: in the structures that are being read, or handed on from further out.</summary>
internal sealed class SelectorScope
{
    private readonly Stack<Frame> _frames = new();

    /// <summary>Says what an open type is: a type, nothing at all, or not known.</summary>
    /// <param name="Type">The type; null where it is not known or there may be nothing.</param>
    /// <param name="Fault">The constraint that no value meets; null where one may stand here.</param>
    internal readonly record struct Answer(TypeDescriptor? Type, string? Fault);

    /// <summary>Enters a type: those that take selectors get theirs. Gives the number of levels to leave.</summary>
    internal int Enter(TypeDescriptor type)
    {
        var count = 0;
        IReadOnlyList<Element?> arguments = [];
        for (var current = type; current is not null; current = current.Base)
        {
            if (current.OwnSelectors is { } selectors)
                arguments = [.. selectors.Select(Find)];
            if (current.OwnParameters is { } parameters)
            {
                _frames.Push(new Frame(null, parameters, arguments));
                count++;
            }
        }

        return count;
    }

    /// <summary>Enters a structure, whose components may be selectors.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="levels">The number of levels that its type has entered.</param>
    internal void Push(Element structure, int levels) =>
        _frames.Push(levels > 0 ? _frames.Peek() with { Structure = structure } : new Frame(structure, [], []));

    /// <summary>Leaves levels.</summary>
    internal void Pop(int levels)
    {
        for (; levels > 0; levels--)
            _frames.Pop();
    }

    /// <summary>Says what an open type is here.</summary>
    internal Answer Resolve(TypeDescriptor open)
    {
        if (open.OpenType is not { } table)
            return default;
        var keys = open.Selectors.Select(Find).ToList();
        if (keys.Contains(null))
            return default;
        foreach (var alternative in table.Alternatives)
        {
            if (Matches(alternative, keys!))
                return new Answer(alternative.Type, alternative.Type is null ? table.Notation : null);
        }

        // A selector of another type than identifiers and numbers cannot be looked up here.
        return new Answer(null, table.IsExtensible || table.Alternatives.Any(alternative => alternative.Keys.Contains(null)) ? null : table.Notation);
    }

    private static bool Matches(OpenTypeAlternative alternative, List<Element> keys)
    {
        for (var i = 0; i < keys.Count && i < alternative.Keys.Count; i++)
        {
            if (alternative.Keys[i] is not { } key || !keys[i].Content.Span.SequenceEqual(key.Span))
                return false;
        }

        return true;
    }

    private Element? Find(SelectorPath path)
    {
        if (_frames.Count == 0)
            return null;
        var frame = _frames.Peek();
        if (path.Parameter is { } parameter)
        {
            for (var i = 0; i < frame.Parameters.Count && i < frame.Arguments.Count; i++)
            {
                if (frame.Parameters[i] == parameter)
                    return frame.Arguments[i];
            }

            return null;
        }

        var element = frame.Structure;
        foreach (var step in path.Steps)
            element = element?.Find(step);
        return element;
    }

    private sealed record Frame(Element? Structure, IReadOnlyList<string> Parameters, IReadOnlyList<Element?> Arguments);
}
