namespace CkiSdk.Asn1;

/// <summary>Reads a BOOLEAN where it lies.</summary>
public readonly ref struct BooleanView : IDerView<BooleanView>
{
    private BooleanView(bool value) => Value = value;

    /// <inheritdoc/>
    public static string Asn1Name => "BOOLEAN";

    /// <summary>Gets the value.</summary>
    public bool Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator bool(BooleanView view) => view.Value;

    /// <inheritdoc/>
    public static BooleanView Wrap(ReadOnlySpan<byte> element) => new(ViewElement.Strip(element, 1)[0] != 0);

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipBoolean(Tag.Boolean);
}
