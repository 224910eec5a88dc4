using MimeKit;
using MimeKit.Utils;

namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Is the framing of a mail: S/MIME around a message, and what else arrives in a mailbox. Without I/O; nothing throws on input.</summary>
internal static class MailFraming
{
    private const string Subject = "CKI message";
    private const int LongestReason = 300;

    /// <summary>Tells how many octets a mail may have for a message of a length: three times base64, and what stands around.</summary>
    /// <param name="messageLimit">The octets that a message may have.</param>
    public static int Limit(int messageLimit) => (3 * messageLimit) + (256 * 1024);

    /// <summary>Writes a mail.</summary>
    /// <param name="cms">The AuthEnvelopedData.</param>
    /// <param name="from">The sender's address.</param>
    /// <param name="to">The recipient's address.</param>
    /// <param name="messageId">The identifier of the mail, without angle brackets.</param>
    /// <param name="inReplyTo">The identifier of the mail that this one answers; null where it answers none.</param>
    /// <param name="date">The time of the mail.</param>
    public static byte[] Write(ReadOnlyMemory<byte> cms, string from, string to, string messageId, string? inReplyTo, DateTimeOffset date)
    {
        using var mail = new MimeMessage();
        mail.From.Add(new MailboxAddress(null, from));
        mail.To.Add(new MailboxAddress(null, to));
        (mail.Subject, mail.Date, mail.MessageId) = (Subject, date, messageId);
        if (inReplyTo is not null) mail.InReplyTo = inReplyTo;

        // Nobody's answering machine shall answer (RFC 3834 §5).
        mail.Headers.Add(HeaderId.AutoSubmitted, inReplyTo is null ? "auto-generated" : "auto-replied");

        mail.Body = new MimePart(MediaTypes.Cms("authEnveloped-data"))
        {
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "smime.p7m" },
            Content = new MimeKit.MimeContent(new MemoryStream(cms.ToArray())),
        };
        return MimeOctets.Write(mail);
    }

    /// <summary>Reads a mail.</summary>
    /// <param name="octets">Its octets.</param>
    /// <param name="messageLimit">The octets that a message may have.</param>
    public static ArrivedMail Read(ReadOnlyMemory<byte> octets, int messageLimit)
    {
        var limit = Limit(messageLimit);

        // By the type first: of what does not concern us, no part is read.
        if (octets.Length > limit || !MediaTypes.MayConcern(MimeOctets.ReadHeader(octets)?[HeaderId.ContentType])) return new ArrivedMail.Foreign();
        using var mail = MimeOctets.Read(octets) ?? MimeOctets.ReadReport(octets);
        return mail?.Body switch
        {
            MimePart part when MediaTypes.IsCms(part.ContentType) && MimeOctets.Content(part, limit) is { Length: > 0 } cms => new ArrivedMail.Protected(cms, MailContentFraming.Fields(mail)),
            MimePart part when MediaTypes.IsMessage(part.ContentType) && MailContentFraming.Read(mail, part, messageLimit) is { } content => new ArrivedMail.Plain(content),
            Multipart report when MediaTypes.IsReport(report.ContentType) && ReadBounce(report) is { } bounce => bounce,
            _ => new ArrivedMail.Foreign(),
        };
    }

    // Only what failed for good: a delay is no end (RFC 3464 §2.3.3).
    private static ArrivedMail.Bounce? ReadBounce(Multipart report)
    {
        if (report.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status) return null;
        var failed = status.StatusGroups.FirstOrDefault(group => string.Equals(group["Action"]?.Trim(), "failed", StringComparison.OrdinalIgnoreCase));
        var identifier = MailContentFraming.Identifier(report.Select(Original).FirstOrDefault(found => found is not null));
        if (failed is null || identifier is null) return null;
        var reason = failed["Diagnostic-Code"] ?? failed["Status"] ?? "no reason is given";
        return new ArrivedMail.Bounce(identifier, reason.Length > LongestReason ? reason[..LongestReason] : reason);
    }

    private static string? Original(MimeEntity part) => part switch
    {
        MessagePart { Message: { } mail } => mail.MessageId,
        MimePart header when header.ContentType.IsMimeType("text", "rfc822-headers") && MimeOctets.Content(header, MimeOctets.HeaderLimit) is { } octets =>
            MimeOctets.ReadHeader((byte[])[.. octets, .. "\r\n\r\n"u8])?[HeaderId.MessageId] is { } identifier ? MimeUtils.ParseMessageId(identifier) : null,
        _ => null,
    };
}
