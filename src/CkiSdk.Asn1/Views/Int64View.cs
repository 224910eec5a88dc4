namespace CkiSdk.Asn1;

/// <summary>Reads an INTEGER of at most 64 bits where it lies.</summary>
public readonly ref struct Int64View : IDerView<Int64View>
{
    private Int64View(long value) => Value = value;

    /// <inheritdoc/>
    public static string Asn1Name => "INTEGER";

    /// <summary>Gets the value.</summary>
    public long Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator long(Int64View view) => view.Value;

    /// <inheritdoc/>
    public static Int64View Wrap(ReadOnlySpan<byte> element) => new(Integer.Narrow(ViewElement.Strip(element, 1)));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipInt64(Tag.Integer);
}
