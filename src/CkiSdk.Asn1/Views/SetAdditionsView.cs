namespace CkiSdk.Asn1;

/// <summary>Reads the extension additions of a SET that its type does not know, where they lie: between the components that it knows (X.690 10.3).</summary>
public readonly ref struct SetAdditionsView
{
    private readonly ReadOnlySpan<byte> _content;
    private readonly ReadOnlySpan<uint> _table;

    /// <summary>Lays the view over the components, without a check.</summary>
    /// <param name="content">The content of the SET, which was validated.</param>
    /// <param name="table">The components that the type knows, as <see cref="ViewElement"/> has them.</param>
    public SetAdditionsView(ReadOnlySpan<byte> content, ReadOnlySpan<uint> table)
    {
        _content = content;
        _table = table;
    }

    /// <summary>Counts the additions, in time proportional to the number of components.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this)
                count++;
            return count;
        }
    }

    /// <summary>Enumerates the additions.</summary>
    public Enumerator GetEnumerator() => new(_content, _table);

    /// <summary>Enumerates additions without an allocation.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<uint> _table;
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _element;

        internal Enumerator(ReadOnlySpan<byte> content, ReadOnlySpan<uint> table)
        {
            _rest = content;
            _table = table;
        }

        /// <summary>Gets the addition that the enumerator stands on.</summary>
        public readonly AnyView Current => AnyView.Wrap(_element);

        /// <summary>Goes to the next addition, if there is one.</summary>
        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                var length = ViewElement.LengthOf(_rest);
                _element = _rest[..length];
                _rest = _rest[length..];
                if (!ViewElement.IsKnown(_element, _table))
                    return true;
            }

            return false;
        }
    }
}
