namespace CkiSdk.Asn1;

/// <summary>Enumerates the elements of a SEQUENCE OF or SET OF without an allocation.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public struct ElementEnumerator<T>
{
    private readonly T[]? _items;
    private readonly T _single;
    private readonly int _count;
    private int _index;

    internal ElementEnumerator(T[] items)
    {
        _items = items;
        _single = default!;
        _count = items.Length;
        _index = -1;
    }

    internal ElementEnumerator(T single)
    {
        _single = single;
        _count = 1;
        _index = -1;
    }

    /// <summary>Gets the element that the enumerator stands on.</summary>
    public readonly T Current => _items is null ? _single : _items[_index];

    /// <summary>Goes to the next element, if there is one.</summary>
    public bool MoveNext() => ++_index < _count;
}
