namespace CkiSdk.Asn1;

/// <summary>Reads a REAL where it lies.</summary>
public readonly ref struct RealView : IDerView<RealView>
{
    private RealView(double value) => Value = value;

    /// <inheritdoc/>
    public static string Asn1Name => "REAL";

    /// <summary>Gets the double that is nearest to the value.</summary>
    public double Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator double(RealView view) => view.Value;

    /// <inheritdoc/>
    public static RealView Wrap(ReadOnlySpan<byte> element) => new(RealContent.ToDouble(ViewElement.Strip(element, 1)));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipReal(Tag.Real);
}
