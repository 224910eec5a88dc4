namespace CkiSdk.Asn1;

/// <summary>Reads a NULL where it lies.</summary>
public readonly ref struct NullView : IDerView<NullView>
{
    private NullView(Null value) => Value = value;

    /// <inheritdoc/>
    public static string Asn1Name => "NULL";

    /// <summary>Gets the value.</summary>
    public Null Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator Null(NullView view) => view.Value;

    /// <inheritdoc/>
    public static NullView Wrap(ReadOnlySpan<byte> element) => new(default(Null));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipNull(Tag.Null);
}
