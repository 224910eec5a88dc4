namespace CkiSdk.Asn1;

/// <summary>Reads a SEQUENCE OF or SET OF where it lies (X.680 26, 28), in the order of the encoding.</summary>
/// <typeparam name="T">The view of an element.</typeparam>
public readonly ref struct ListView<T> : IElementView<ListView<T>>
    where T : IElementView<T>, allows ref struct
{
    private readonly ReadOnlySpan<byte> _content;
    private readonly int _wrappers;

    /// <summary>Lays the view over elements, without a check.</summary>
    /// <param name="content">Whole elements that were validated, one after the other.</param>
    /// <param name="wrappers">How many explicit tags each element has around it.</param>
    public ListView(ReadOnlySpan<byte> content, int wrappers = 0)
    {
        _content = content;
        _wrappers = wrappers;
    }

    /// <summary>Gets the octets of all elements, one after the other.</summary>
    public ReadOnlySpan<byte> Content => _content;

    /// <summary>Gets a value indicating whether there is no element.</summary>
    public bool IsEmpty => _content.IsEmpty;

    /// <summary>Counts the elements, in time proportional to their number.</summary>
    public int Count => ViewElement.Count(_content);

    /// <summary>Gets one element, in time proportional to its position.</summary>
    /// <param name="index">Its position, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            var enumerator = GetEnumerator();
            while (enumerator.MoveNext())
            {
                if (index-- == 0)
                    return enumerator.Current;
            }

            throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    /// <inheritdoc/>
    public static ListView<T> Wrap(ReadOnlySpan<byte> element) => new(ViewElement.Strip(element, 1));

    /// <summary>Enumerates the elements.</summary>
    public Enumerator GetEnumerator() => new(_content, _wrappers);

    /// <summary>Enumerates the elements of a list without an allocation.</summary>
    public ref struct Enumerator
    {
        private readonly int _wrappers;
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _element;

        internal Enumerator(ReadOnlySpan<byte> content, int wrappers)
        {
            _rest = content;
            _wrappers = wrappers;
        }

        /// <summary>Gets the element that the enumerator stands on.</summary>
        public readonly T Current => T.Wrap(ViewElement.Strip(_element, _wrappers));

        /// <summary>Goes to the next element, if there is one.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
                return false;
            var length = ViewElement.LengthOf(_rest);
            _element = _rest[..length];
            _rest = _rest[length..];
            return true;
        }
    }
}
