namespace CkiSdk.Asn1;

/// <summary>Reads an INTEGER of at most 32 bits where it lies.</summary>
public readonly ref struct Int32View : IDerView<Int32View>
{
    private Int32View(int value) => Value = value;

    /// <inheritdoc/>
    public static string Asn1Name => "INTEGER";

    /// <summary>Gets the value.</summary>
    public int Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator int(Int32View view) => view.Value;

    /// <inheritdoc/>
    public static Int32View Wrap(ReadOnlySpan<byte> element) => new((int)Integer.Narrow(ViewElement.Strip(element, 1)));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipInt32(Tag.Integer);
}
