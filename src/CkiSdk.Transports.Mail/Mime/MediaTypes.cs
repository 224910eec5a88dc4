using MimeKit;

namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Knows the media types that concern this transport, under their names of today and of before.</summary>
internal static class MediaTypes
{
    /// <summary>Makes the type of a PKIMessage (CKI profile section 7).</summary>
    public static ContentType Message => new("application", "pkixcmp");

    /// <summary>Says whether a part is a PKIMessage.</summary>
    /// <param name="type">Its type.</param>
    public static bool IsMessage(ContentType type) => type.IsMimeType("application", "pkixcmp") || type.IsMimeType("application", "x-pkixcmp");

    /// <summary>Says whether a part is CMS (RFC 8551 §3.2).</summary>
    /// <param name="type">Its type.</param>
    public static bool IsCms(ContentType type) => type.IsMimeType("application", "pkcs7-mime") || type.IsMimeType("application", "x-pkcs7-mime");

    /// <summary>Says whether a part tells what became of another mail (RFC 3464).</summary>
    /// <param name="type">Its type.</param>
    public static bool IsReport(ContentType type) =>
        type.IsMimeType("multipart", "report") && string.Equals(type.Parameters["report-type"], "delivery-status", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the type of S/MIME.</summary>
    /// <param name="kind">What the CMS is, such as <c>signed-data</c>.</param>
    public static ContentType Cms(string kind)
    {
        var type = new ContentType("application", "pkcs7-mime");
        type.Parameters.Add("smime-type", kind);
        type.Parameters.Add("name", "smime.p7m");
        return type;
    }

    /// <summary>Says by its type alone whether a mail can concern this transport.</summary>
    /// <param name="header">The field Content-Type; null where the mail has none.</param>
    public static bool MayConcern(string? header) =>
        header is not null && ContentType.TryParse(header, out var type) && (IsCms(type) || IsMessage(type) || type.IsMimeType("multipart", "report"));
}
