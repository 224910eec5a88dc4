namespace CkiSdk.Asn1;

/// <summary>Reads a GeneralizedTime where it lies.</summary>
public readonly ref struct GeneralizedTimeView : IDerView<GeneralizedTimeView>
{
    private GeneralizedTimeView(DateTimeOffset value) => Value = value;

    /// <inheritdoc/>
    public static string Asn1Name => "GeneralizedTime";

    /// <summary>Gets the value.</summary>
    public DateTimeOffset Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator DateTimeOffset(GeneralizedTimeView view) => view.Value;

    /// <inheritdoc/>
    public static GeneralizedTimeView Wrap(ReadOnlySpan<byte> element) => new(TimeText.ToGeneralized(ViewElement.Strip(element, 1)));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipGeneralizedTime(Tag.GeneralizedTime);
}
