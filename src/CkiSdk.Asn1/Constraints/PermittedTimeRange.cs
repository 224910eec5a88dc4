namespace CkiSdk.Asn1;

/// <summary>Is a range of times, of durations or of recurrences (X.680 51.11 to 51.13). What has no order with its ends is not in it.</summary>
/// <remarks>Where months meet days, a month counts as the mean of the Gregorian calendar, 30.436875 days.</remarks>
/// <param name="minimum">The earliest or shortest, in value notation; null for no end.</param>
/// <param name="minimumOpen">Whether it is left out itself.</param>
/// <param name="maximum">The latest or longest, in value notation; null for no end.</param>
/// <param name="maximumOpen">Whether it is left out itself.</param>
public sealed class PermittedTimeRange(string? minimum, bool minimumOpen, string? maximum, bool maximumOpen)
{
    /// <summary>Says whether a time lies in the range.</summary>
    /// <param name="value">The time.</param>
    public bool Permits(IsoTime value) => Permits(value.ToString());

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoDate value) => Permits(value.ToString());

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoTimeOfDay value) => Permits(value.ToString());

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoDateTime value) => Permits(value.ToString());

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(IsoDuration value) => Permits(value.ToString());

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(UtcTime value) => Permits(value.ToString());

    /// <inheritdoc cref="Permits(IsoTime)"/>
    public bool Permits(GeneralizedTime value) => Permits(value.ToString());

    private bool Permits(string text) => TimeOrder.IsBetween(text, minimum, minimumOpen, maximum, maximumOpen);
}
