using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CkiSdk.Asn1;

/// <summary>Holds a SET OF (X.680 28): an immutable collection whose order says nothing.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <remarks>Two values are equal if they have the same elements the same number of times. The default value is empty.</remarks>
[CollectionBuilder(typeof(SetOf), nameof(SetOf.Create))]
public readonly struct SetOf<T> : IReadOnlyList<T>, IEquatable<SetOf<T>>
{
    // An array, or the one element itself: most sets of names have one, for which an array would be the greater part.
    private readonly object? _items;

    private SetOf(object? items) => _items = items;

    /// <summary>Gets the number of elements.</summary>
    public int Count => _items is null ? 0 : IsSingle ? 1 : Unsafe.As<T[]>(_items).Length;

    // No element that is kept without an array is an array itself: to ask for Array is cheaper than for T[] in code that many T share.
    private bool IsSingle => !typeof(T).IsValueType && _items is not null and not Array;

    private T Single => Unsafe.As<object?, T>(ref Unsafe.AsRef(in _items));

    private T[] Items => _items is null ? [] : IsSingle ? [Single] : Unsafe.As<T[]>(_items);

    /// <summary>Gets one element: as received in the order of the encoding, otherwise as given.</summary>
    /// <param name="index">Its position, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public T this[int index] => IsSingle && index == 0 ? Single : Items[index];

    /// <summary>Copies elements.</summary>
    /// <param name="items">The elements, in any order.</param>
    public static implicit operator SetOf<T>(T[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new((T[])items.Clone());
    }

    /// <summary>Compares the elements as a multiset.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(SetOf<T> left, SetOf<T> right) => left.Equals(right);

    /// <summary>Compares the elements as a multiset.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(SetOf<T> left, SetOf<T> right) => !left.Equals(right);

    /// <summary>Gives the element of a set that has only one, as most sets of a name do.</summary>
    /// <param name="single">The element, or the default value.</param>
    /// <returns>Whether there is exactly one element.</returns>
    public bool TryGetSingle([MaybeNullWhen(false)] out T single)
    {
        var items = _items;
        if (!typeof(T).IsValueType && items is not null and not Array)
        {
            single = Unsafe.As<object, T>(ref items);
            return true;
        }

        var hasOne = items is not null && Unsafe.As<T[]>(items).Length == 1;
        single = hasOne ? Unsafe.As<T[]>(items)![0] : default;
        return hasOne;
    }

    /// <summary>Gives the elements without a copy, but for a single one.</summary>
    public ReadOnlySpan<T> AsSpan() => Items;

    /// <summary>Enumerates the elements.</summary>
    public ElementEnumerator<T> GetEnumerator() => IsSingle ? new(Single) : new(Items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(SetOf<T> other) => IsSingle && other.IsSingle
        ? EqualityComparer<T>.Default.Equals(Single, other.Single)
        : Count == other.Count && (AsSpan().SequenceEqual(other.AsSpan(), null) || (Count > 1 && HasSameElements(other)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SetOf<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var sum = Count;
        foreach (var item in this)
            sum = unchecked(sum + (item?.GetHashCode() ?? 0));
        return sum;
    }

    /// <summary>Lists the elements in braces.</summary>
    public override string ToString() => $"{{{string.Join(", ", Items)}}}";

    internal static SetOf<T> Wrap(T[] items) => new(items);

    internal static SetOf<T> Wrap(T single) => typeof(T).IsValueType || single is null or Array ? new(new[] { single }) : new(single);

    // Elements sit in a tuple, because a dictionary takes no null as a key and T may be one.
    private bool HasSameElements(SetOf<T> other)
    {
        var balance = new Dictionary<ValueTuple<T>, int>(Count);
        foreach (var item in Items)
            CollectionsMarshal.GetValueRefOrAddDefault(balance, new(item), out _)++;
        foreach (var item in other.Items)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(balance, new(item));
            if (Unsafe.IsNullRef(ref count) || count-- == 0)
                return false;
        }

        return true;
    }
}
