using System.Globalization;
using System.Net.Http.Headers;

namespace CkiSdk.Transports.Http;

/// <summary>Writes and reads what carries a message over HTTP, without I/O: path, media type, numbers and states (CKI profile section 7, RFC 9811).</summary>
public static class HttpMapping
{
    /// <summary>The path that messages are posted to and announcements are got from.</summary>
    public const string Path = "/.well-known/cmp/p/cki";

    /// <summary>The media type of a PKIMessage, both ways.</summary>
    public const string MediaType = "application/pkixcmp";

    /// <summary>The header with the number of an announcement.</summary>
    public const string AnnouncementHeader = "Cki-Announcement";

    /// <summary>The parameter of the query with the number of the announcement that is acknowledged.</summary>
    public const string AfterParameter = "after";

    /// <summary>The default limit of a message, in octets; the same as that of a frame over TCP.</summary>
    public const int DefaultLimit = 1024 * 1024;

    private const int Ok = 200;
    private const int Accepted = 202;
    private const int NoContent = 204;
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int NotFound = 404;
    private const int MethodNotAllowed = 405;
    private const int RequestTimeout = 408;
    private const int Gone = 410;
    private const int TooManyRequests = 429;

    /// <summary>Tells whether a content is a PKIMessage by its type; parameters are allowed and mean nothing.</summary>
    /// <param name="contentType">The value of the header Content-Type; null for none.</param>
    public static bool IsMessage(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && string.Equals(type.MediaType, MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the number of an announcement.</summary>
    /// <param name="number">The number.</param>
    public static string WriteNumber(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the number of an announcement: decimal digits of ASCII and nothing else, at most 2^63 - 1.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <param name="number">The number.</param>
    public static bool TryReadNumber(string? text, out long number)
    {
        number = 0;
        // TryParse alone takes zero octets at the end.
        return text is not null && text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Writes when to ask again, as the header Retry-After has it: a whole second, not before the time (RFC 9110 §10.2.3).</summary>
    /// <param name="time">The time.</param>
    public static string WriteTime(DateTimeOffset time)
    {
        var rest = time.UtcTicks % TimeSpan.TicksPerSecond;
        return (rest == 0 ? time : time.AddTicks(TimeSpan.TicksPerSecond - rest)).UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads when to ask again.</summary>
    /// <param name="header">The header Retry-After; null for none.</param>
    /// <param name="now">The present, which a number of seconds counts from.</param>
    /// <returns>The time; null where there is none that can be read.</returns>
    public static DateTimeOffset? ReadTime(RetryConditionHeaderValue? header, DateTimeOffset now) => header switch
    {
        { Date: { } date } => date,
        { Delta: { } delta } => now + delta,
        _ => null,
    };

    /// <summary>Tells what an answer to a posted message is.</summary>
    /// <param name="status">The state.</param>
    /// <param name="contentType">The value of the header Content-Type; null for none.</param>
    public static HttpReply ReadPosted(int status, string? contentType) => status switch
    {
        Ok or (>= 400 and < 600) when IsMessage(contentType) => HttpReply.Message,
        Accepted => HttpReply.Nothing,
        _ => ReadFailure(status),
    };

    /// <summary>Tells what an answer to the question for an announcement is.</summary>
    /// <param name="status">The state.</param>
    /// <param name="contentType">The value of the header Content-Type; null for none.</param>
    /// <param name="number">The value of the header <see cref="AnnouncementHeader"/>; null for none.</param>
    public static HttpReply ReadGot(int status, string? contentType, string? number) => status switch
    {
        Ok => IsMessage(contentType) && TryReadNumber(number, out var read) && read > 0 ? HttpReply.Message : HttpReply.Violation,
        NoContent => HttpReply.Nothing,
        _ => ReadFailure(status),
    };

    private static HttpReply ReadFailure(int status) => status switch
    {
        Unauthorized or Forbidden => HttpReply.NotAuthenticated,
        NotFound or MethodNotAllowed or Gone => HttpReply.Violation,
        RequestTimeout or TooManyRequests or (>= 500 and < 600) => HttpReply.Unavailable,
        >= 400 and < 500 => HttpReply.Refusal,
        _ => HttpReply.Violation,
    };
}
