using System.Text;
using CkiSdk.Transports.Mail.Mime;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the framing of mail to its laws; the input is a mail, an entity inside a signature, or what stands inside the encryption.</summary>
/// <remarks>Nothing throws; nothing is longer than it may be; what was read and is written again reads the same; an address or identifier that was read can stand in a header.</remarks>
internal sealed class MailTarget : IFuzzTarget
{
    private const int Limit = 4096;

    /// <inheritdoc/>
    public string Name => "mail";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. new[]
        {
            "Content-Type: application/pkixcmp\r\n", "Content-Type: application/x-pkcs7-mime; smime-type=signed-data\r\n", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n", "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Type: message/delivery-status\r\n", "Content-Type: message/rfc822\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Message-ID: <a.b@c>\r\n", "In-Reply-To: <a.b@c>\r\n",
            "From: a@b\r\n", "Reply-To: g:a@b,c@d;\r\n", "Cki-Check-Back: 1900000000\r\n", "Action: failed\r\n", "\r\n\r\n", "\r\n--b\r\n", "\r\n--b--\r\n", "MAMCAQU=", "=?utf-8?b?", "*0*=utf-8''%41", "(", "\r\n ",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds =>
    [
        MailFraming.Write(new byte[100], "a@b", "c@d", "k.1@b", "q.1@d", DateTimeOffset.UnixEpoch),
        MailContentFraming.Write(new MailContent { Octets = new byte[] { 0x30, 0x00 }, MessageId = "k.1@b", InReplyTo = "q.1@d", From = "a@b", CheckBack = DateTimeOffset.UnixEpoch }),
        MailContentFraming.Write(new MailContent { Refusal = "no", MessageId = "k.1@b", InReplyTo = "q.1@d", From = "a@b" }),
        MailContentFraming.Nesting.Wrap(new byte[] { 0x30, 0x80 }),
    ];

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        if (MailContentFraming.Nesting.Unwrap(input) is { } inside && inside.Length > input.Length) throw new FuzzException("more inside than there was");
        var content = MailContentFraming.Read(input, Limit);
        if (content is not null) Require(content);
        switch (MailFraming.Read(input, Limit))
        {
            case ArrivedMail.Plain plain:
                Require(plain.Content);
                return true;
            case ArrivedMail.Protected read:
                RequireFields(read.Around);
                var written = MailFraming.Write(read.Cms, "a@b", "c@d", "k.1@b", null, DateTimeOffset.UnixEpoch);
                if (MailFraming.Read(written, Limit) is ArrivedMail.Protected again && !again.Cms.Span.SequenceEqual(read.Cms.Span)) throw new FuzzException("another content when written again");
                return true;
            case ArrivedMail.Bounce bounce:
                if (MailContentFraming.Identifier(bounce.MessageId) is null) throw new FuzzException("a bounce of no mail");
                return true;
            default:
                return content is not null;
        }
    }

    private static void Require(MailContent content)
    {
        RequireFields(content);
        if (content.Octets is null == content.Refusal is null) throw new FuzzException("neither a message nor a refusal, or both");
        if (content.Octets?.Length > Limit) throw new FuzzException("too long");
        if (MailContentFraming.Read(MailContentFraming.Write(content), Limit) is not { } again) throw new FuzzException("not read again");
        if (again with { Octets = null } != content with { Octets = null } || again.Octets?.Span.SequenceEqual(content.Octets!.Value.Span) == false) throw new FuzzException($"{again} after {content}");
    }

    private static void RequireFields(MailContent content)
    {
        if (content.From is { } from && !MailAddress.IsUsable(from)) throw new FuzzException($"the address {from}");
        foreach (var identifier in new[] { content.MessageId, content.InReplyTo })
        {
            if (identifier is not null && MailContentFraming.Identifier(identifier) is null) throw new FuzzException($"the identifier {identifier}");
        }
    }
}
