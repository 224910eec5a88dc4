using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <summary>Reads an ENUMERATED where it lies (X.680 20).</summary>
/// <typeparam name="T">Its enum, of 32 bits.</typeparam>
public readonly ref struct EnumeratedView<T> : IElementView<EnumeratedView<T>>
    where T : struct, Enum
{
    private EnumeratedView(T value) => Value = value;

    /// <summary>Gets the value.</summary>
    public T Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator T(EnumeratedView<T> view) => view.Value;

    /// <inheritdoc/>
    public static EnumeratedView<T> Wrap(ReadOnlySpan<byte> element) => new(Unsafe.BitCast<int, T>((int)Integer.Narrow(ViewElement.Strip(element, 1))));
}
