using System.Globalization;
using System.Text;
using CkiSdk.Transports.Cms;
using MimeKit;
using MimeKit.Utils;

namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Is the framing inside the signature: an entity <c>application/pkixcmp</c>, or words of a refusal, with fields that say what it answers.</summary>
/// <remarks>These fields are signed, unlike those of the mail around: by them, and not by the others, an answer finds its request.</remarks>
internal static class MailContentFraming
{
    private const string CheckBackField = "Cki-Check-Back";
    private const int LongestRefusal = 4096;
    private const byte Sequence = 0x30;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Gets what stands around the signature: an entity of S/MIME (RFC 8551 §3.5.2).</summary>
    public static CmsNesting Nesting { get; } = new(
        signed => MimeOctets.Write(Part(MediaTypes.Cms("signed-data"), signed)),
        inside => MimeOctets.Read(inside)?.Body is MimePart part && MediaTypes.IsCms(part.ContentType) && MimeOctets.Content(part, inside.Length) is { } signed
            ? new ReadOnlyMemory<byte>(signed)
            : default(ReadOnlyMemory<byte>?));

    /// <summary>Writes an entity.</summary>
    /// <param name="content">What it says.</param>
    public static byte[] Write(MailContent content)
    {
        using var mail = new MimeMessage();
        mail.Headers.Clear();
        if (content.From is { } from) mail.From.Add(new MailboxAddress(null, from));
        if (content.MessageId is { } id) mail.MessageId = id;
        if (content.InReplyTo is { } question) mail.InReplyTo = question;
        if (content.CheckBack is { } time) mail.Headers.Add(CheckBackField, time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        mail.Body = content.Octets is { } octets
            ? Part(MediaTypes.Message, octets)
            : Part(new ContentType("text", "plain") { Charset = "utf-8" }, Utf8.GetBytes(content.Refusal ?? ""));
        return MimeOctets.Write(mail);
    }

    /// <summary>Reads an entity; null where it is none of ours. Never throws.</summary>
    /// <param name="octets">Its octets; those of a PKIMessage alone are taken, too.</param>
    /// <param name="limit">The octets that a message may have.</param>
    public static MailContent? Read(ReadOnlyMemory<byte> octets, int limit)
    {
        if (!octets.IsEmpty && octets.Span[0] == Sequence)
            return octets.Length <= limit ? new MailContent { Octets = octets, MessageId = null, From = null } : null;
        if (MimeOctets.Read(octets) is not { Body: MimePart part } mail) return null;
        using (mail)
        {
            return Read(mail, part, limit);
        }
    }

    /// <summary>Reads what a mail says that holds one entity of ours; null where that is another one.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="part">The entity.</param>
    /// <param name="limit">The octets that a message may have.</param>
    public static MailContent? Read(MimeMessage mail, MimePart part, int limit)
    {
        var content = Fields(mail);
        if (MediaTypes.IsMessage(part.ContentType)) return MimeOctets.Content(part, limit) is { } message ? content with { Octets = message } : null;
        return part.ContentType.IsMimeType("text", "plain") && content.InReplyTo is not null && MimeOctets.Content(part, LongestRefusal) is { } words
            ? content with { Refusal = Utf8.GetString(words) }
            : null;
    }

    /// <summary>Reads the fields of a mail, or of an entity with such fields.</summary>
    /// <param name="mail">The mail.</param>
    public static MailContent Fields(MimeMessage mail) => new()
    {
        MessageId = Identifier(mail.MessageId),
        InReplyTo = Identifier(mail.InReplyTo),
        From = mail.ReplyTo.Mailboxes.Concat(mail.From.Mailboxes).Select(mailbox => mailbox.Address).FirstOrDefault(MailAddress.IsUsable),
        CheckBack = Time(mail.Headers[CheckBackField]),
    };

    /// <summary>Takes an identifier as it is; null where it could not stand in a header as it is, or another parser might read another one.</summary>
    /// <param name="identifier">The identifier without angle brackets.</param>
    public static string? Identifier(string? identifier) =>
        identifier is { Length: > 0 and <= 250 } && identifier.All(character => character is > ' ' and <= '~' and not ('<' or '>'))
            && identifier.Split('@') is [var left, var right] && IsDotted(left) && IsDotted(right) && MimeUtils.EnumerateReferences($"<{identifier}>").SequenceEqual([identifier]) ? identifier : null;

    private static bool IsDotted(string half) => half.Split('.').All(atom => atom.Length > 0 && atom.All(MailAddress.IsAtom));

    private static DateTimeOffset? Time(string? field) => field is null ? null
        : long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch;

    private static MimePart Part(ContentType type, ReadOnlyMemory<byte> octets) => new(type)
    {
        ContentTransferEncoding = ContentEncoding.Base64,
        Content = new MimeKit.MimeContent(new MemoryStream(octets.ToArray())),
    };
}
