using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CkiSdk.Transports.Http;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the reading of what carries a message over HTTP to its laws; the input is a state, then the values of three headers, an octet 10 between them.</summary>
/// <remarks>Nothing throws; a message is one only by its type; a number is written as it was read, and never below zero; a redirection is followed by nobody.</remarks>
internal sealed class HttpTarget : IFuzzTarget
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Name => "http";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Tokens { get; } =
        [.. new[] { "200", "204", "302", "403", "503", "\n", "application/pkixcmp", "application/pkixcmp; q=\"\\\"\"", "9223372036854775807", "9223372036854775808", "٣", "0", "120", "Sun, 17 May 2026 12:00:00 GMT" }.Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds => ["200\napplication/pkixcmp\n17\n120"u8.ToArray(), "204\n\n\n"u8.ToArray(), "503\ntext/plain\n\nSun, 17 May 2026 12:00:00 GMT"u8.ToArray()];

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var parts = Encoding.UTF8.GetString(input).Split('\n');
        var (type, number, time) = (parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2), parts.ElementAtOrDefault(3));
        var isState = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var state);
        if (HttpMapping.TryReadNumber(number, out var read) && (read < 0 || HttpMapping.WriteNumber(read).TrimStart('0') != number!.TrimStart('0'))) throw new FuzzException($"{number} was read as {read}");
        if (HttpMapping.ReadTime(RetryConditionHeaderValue.TryParse(time, out var header) ? header : null, Now) is { } again) _ = HttpMapping.WriteTime(again);
        if (!isState) return false;
        var (posted, got) = (HttpMapping.ReadPosted(state, type), HttpMapping.ReadGot(state, type, number));
        if ((posted == HttpReply.Message || got == HttpReply.Message) && !HttpMapping.IsMessage(type)) throw new FuzzException($"{state} {type} is a message");
        if (state is >= 300 and < 400 && (posted, got) != (HttpReply.Violation, HttpReply.Violation)) throw new FuzzException($"{state} is {posted} and {got}");
        return posted is HttpReply.Message or HttpReply.Nothing;
    }
}
