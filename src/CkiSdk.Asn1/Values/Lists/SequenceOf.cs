using System.Collections;
using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <summary>Holds a SEQUENCE OF (X.680 26): an immutable list.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <remarks>Two values are equal if their elements are, one by one. The default value is empty.</remarks>
[CollectionBuilder(typeof(SequenceOf), nameof(SequenceOf.Create))]
public readonly struct SequenceOf<T> : IReadOnlyList<T>, IEquatable<SequenceOf<T>>
{
    private readonly T[]? _items;

    private SequenceOf(T[] items) => _items = items;

    /// <summary>Gets the number of elements.</summary>
    public int Count => Items.Length;

    private T[] Items => _items ?? [];

    /// <summary>Gets one element.</summary>
    /// <param name="index">Its position, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public T this[int index] => Items[index];

    /// <summary>Copies elements.</summary>
    /// <param name="items">The elements.</param>
    public static implicit operator SequenceOf<T>(T[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new((T[])items.Clone());
    }

    /// <summary>Compares the elements.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(SequenceOf<T> left, SequenceOf<T> right) => left.Equals(right);

    /// <summary>Compares the elements.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(SequenceOf<T> left, SequenceOf<T> right) => !left.Equals(right);

    /// <summary>Gives the elements without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <summary>Enumerates the elements.</summary>
    public ElementEnumerator<T> GetEnumerator() => new(Items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(SequenceOf<T> other) => AsSpan().SequenceEqual(other.AsSpan(), null);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SequenceOf<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Lists the elements in brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", Items)}]";

    internal static SequenceOf<T> Wrap(T[] items) => new(items);
}
