using System.Globalization;
using System.Text;

namespace CkiSdk.Transports.Spool;

/// <summary>Is what became of a message.</summary>
/// <param name="Answer">The octets of the answer; null for a refusal.</param>
/// <param name="CheckBack">When to ask again; null where the answer is final.</param>
/// <param name="Refusal">The words of a refusal; null for an answer.</param>
internal sealed record SpoolReply(byte[]? Answer, DateTimeOffset? CheckBack, string? Refusal)
{
    /// <summary>The octets that are read of a time and of a refusal.</summary>
    public const int TimeLimit = 32;

    /// <inheritdoc cref="TimeLimit"/>
    public const int RefusalLimit = 4096;

    /// <summary>Writes a time to ask again: seconds since 1970.</summary>
    public static byte[] FromTime(DateTimeOffset time) => Encoding.ASCII.GetBytes(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a time to ask again; what is none is now.</summary>
    public static DateTimeOffset ToTime(ReadOnlySpan<byte> octets) =>
        long.TryParse(Encoding.ASCII.GetString(octets), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch;
}
