using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Writes and reads the times of certificates and revocation lists (RFC 5280 §4.1.2.5).</summary>
public static class Times
{
    /// <summary>Makes a time: UTCTime until 2049, GeneralizedTime afterwards.</summary>
    /// <param name="time">The moment; fractions of a second are cut.</param>
    /// <returns>The time.</returns>
    public static Time From(DateTimeOffset time) => time.UtcDateTime.Year is >= 1950 and < 2050
        ? new Time.UtcTime(Asn1.UtcTime.From(time))
        : new Time.GeneralizedTime(Asn1.GeneralizedTime.From(time));

    /// <summary>Reads a time.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The moment.</returns>
    public static DateTimeOffset Read(Time time) => time switch
    {
        Time.UtcTime utc => utc.Value.ToDateTimeOffset(),
        Time.GeneralizedTime general => general.Value.ToDateTimeOffset(),
        _ => throw new ArgumentNullException(nameof(time)),
    };
}
