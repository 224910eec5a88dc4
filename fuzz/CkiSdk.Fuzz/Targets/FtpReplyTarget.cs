using System.Buffers;
using System.Text;
using CkiSdk.Transports.Ftp;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the reading of FTP replies to its laws; the input is what a server sends until it closes.</summary>
/// <remarks>Nothing throws; the text goes to any terminal; the beginning of a reply always needs more; what is refused stays refused; a port is one.</remarks>
internal sealed class FtpReplyTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "ftp";

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var rest = input.AsMemory();
        while (true)
        {
            var received = new ReadOnlySequence<byte>(rest);
            var status = FtpReplies.Read(ref received, out var reply);
            if (reply is not null != (status == FtpReplyStatus.Reply)) throw new FuzzException($"{status} with the reply {reply}");
            if (reply is null)
            {
                if (received.Length != rest.Length) throw new FuzzException($"{status} took octets");
                if (status == FtpReplyStatus.Violation && Status((byte[])[.. rest.Span, (byte)'\n']) != FtpReplyStatus.Violation) throw new FuzzException("one octet more mended a violation");
                return rest.IsEmpty && input.Length > 0;
            }

            var used = rest[..(int)(rest.Length - received.Length)];
            if (reply.Code is < 100 or > 599 || reply.Text.Any(char.IsControl)) throw new FuzzException($"the reply {reply}");
            if ((FtpReplies.ExtendedPassivePort(reply) ?? FtpReplies.PassivePort(reply)) is < 1 or > 65535) throw new FuzzException($"the port of {reply}");
            foreach (var cut in new[] { 0, 1, 2, 3, 4, used.Length / 2, used.Length - 1 }.Where(cut => cut < used.Length))
            {
                if (Status(used[..cut]) != FtpReplyStatus.NeedMore) throw new FuzzException($"complete after {cut} of {used.Length} octets: {Encoding.Latin1.GetString(used.Span)}");
            }

            rest = rest[used.Length..];
        }
    }

    private static FtpReplyStatus Status(ReadOnlyMemory<byte> octets)
    {
        var received = new ReadOnlySequence<byte>(octets);
        return FtpReplies.Read(ref received, out _);
    }
}
