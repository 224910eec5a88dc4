namespace CkiSdk.Asn1;

/// <summary>Reads a UTCTime where it lies.</summary>
public readonly ref struct UtcTimeView : IDerView<UtcTimeView>
{
    private UtcTimeView(DateTimeOffset value) => Value = value;

    /// <inheritdoc/>
    public static string Asn1Name => "UTCTime";

    /// <summary>Gets the value.</summary>
    public DateTimeOffset Value { get; }

    /// <summary>Gives the value.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator DateTimeOffset(UtcTimeView view) => view.Value;

    /// <inheritdoc/>
    public static UtcTimeView Wrap(ReadOnlySpan<byte> element) => new(TimeText.ToUtc(ViewElement.Strip(element, 1)));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipUtcTime(Tag.UtcTime);
}
