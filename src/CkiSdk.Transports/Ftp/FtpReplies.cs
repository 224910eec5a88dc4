using System.Buffers;
using System.Globalization;
using System.Text;

namespace CkiSdk.Transports.Ftp;

/// <summary>Reads replies of FTP servers (RFC 959 §4.2, RFC 2428). It does no I/O.</summary>
internal static class FtpReplies
{
    /// <summary>The octets that a reply may have.</summary>
    public const int Limit = 16 * 1024;

    private static readonly SearchValues<char> Numbers = SearchValues.Create("0123456789,");

    /// <summary>Reads a reply off the beginning of what was received.</summary>
    /// <param name="received">What was received; a reply that was read is taken off it.</param>
    /// <param name="reply">The reply.</param>
    public static FtpReplyStatus Read(ref ReadOnlySequence<byte> received, out FtpReply? reply)
    {
        reply = null;
        var rest = received;
        var text = new StringBuilder();
        var code = 0;
        while (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end);
            if (received.Length - rest.Length + line.Length >= Limit || !ReadLine(line.IsSingleSegment ? line.FirstSpan : line.ToArray(), ref code, text, out var isLast)) return FtpReplyStatus.Violation;
            rest = rest.Slice(rest.GetPosition(1, end));
            if (!isLast) continue;
            received = rest;
            reply = new FtpReply(code, text.ToString());
            return FtpReplyStatus.Reply;
        }

        return received.Length >= Limit || !MayBegin(rest, code) ? FtpReplyStatus.Violation : FtpReplyStatus.NeedMore;
    }

    /// <summary>Reads the port of a data connection from the reply to EPSV, as in <c>229 Entering Extended Passive Mode (|||6446|)</c>; null where it says none.</summary>
    public static int? ExtendedPassivePort(FtpReply reply)
    {
        var (begin, end) = (reply.Text.IndexOf('(', StringComparison.Ordinal), reply.Text.LastIndexOf(')'));
        if (reply.Code != 229 || begin < 0 || end - begin < 6) return null;
        var parts = reply.Text[(begin + 1)..end].Split(reply.Text[begin + 1]);
        return parts is ["", "", "", var port, ""] ? Port(port) : null;
    }

    /// <summary>Reads the port of a data connection from the reply to PASV, as in <c>227 Entering Passive Mode (127,0,0,1,25,46)</c>; null where it says none. Which host it says is nobody's business.</summary>
    public static int? PassivePort(FtpReply reply)
    {
        if (reply.Code != 227) return null;
        var begin = reply.Text.AsSpan().IndexOfAnyInRange('0', '9');
        if (begin < 0) return null;
        var end = reply.Text.AsSpan(begin).IndexOfAnyExcept(Numbers);
        var numbers = (end < 0 ? reply.Text[begin..] : reply.Text[begin..(begin + end)]).Split(',');
        return numbers.Length == 6 && Array.TrueForAll(numbers, number => byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? Port(((byte.Parse(numbers[4], CultureInfo.InvariantCulture) << 8) + byte.Parse(numbers[5], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture))
            : null;
    }

    private static int? Port(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;

    // The first line begins with the code; lines between may hold anything; the last one begins with the same code and a blank.
    private static bool ReadLine(ReadOnlySpan<byte> line, ref int code, StringBuilder text, out bool isLast)
    {
        line = line is [.., (byte)'\r'] ? line[..^1] : line;
        isLast = false;
        var found = CodeOf(line);
        if (code == 0)
        {
            if (found is not { } first || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-'))) return false;
            code = first;
            isLast = line.Length == 3 || line[3] == ' ';
        }
        else
        {
            isLast = found == code && (line.Length == 3 || line[3] == ' ');
        }

        var words = found == code && line.Length >= 3 ? line[Math.Min(4, line.Length)..] : line;
        if (text.Length > 0 && words.Length > 0) text.Append(' ');
        foreach (var octet in words) text.Append(octet is >= (byte)' ' and < 127 ? (char)octet : '?');
        return true;
    }

    private static int? CodeOf(ReadOnlySpan<byte> line) =>
        line.Length >= 3 && line[0] is >= (byte)'1' and <= (byte)'5' && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2])
            ? ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0')
            : null;

    // What cannot be the beginning of a first line is told at once.
    private static bool MayBegin(ReadOnlySequence<byte> rest, int code)
    {
        if (code != 0) return true;
        Span<byte> begin = stackalloc byte[4];
        var length = (int)Math.Min(4, rest.Length);
        rest.Slice(0, length).CopyTo(begin);
        return (length < 1 || begin[0] is >= (byte)'1' and <= (byte)'5') && (length < 2 || char.IsAsciiDigit((char)begin[1])) && (length < 3 || char.IsAsciiDigit((char)begin[2]))
            && (length < 4 || begin[3] is (byte)' ' or (byte)'-' or (byte)'\r');
    }
}
