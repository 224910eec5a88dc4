using MimeKit;

namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Reads and writes mails and their entities as octets, within bounds that do not depend on who wrote them.</summary>
internal static class MimeOctets
{
    /// <summary>The octets that the header of a mail or an entity may have.</summary>
    public const int HeaderLimit = 64 * 1024;

    // More than the mail servers of today send of a mail that came back, and what stands before it.
    private const int ReportLimit = 128 * 1024;
    private const int MostLines = 8_000;
    private const int MostBoundaries = 64;

    /// <summary>How deep multiparts may lie in each other; what lies deeper is one part.</summary>
    private const int DepthLimit = 6;

    private static readonly ParserOptions Reading = new() { MaxMimeDepth = DepthLimit, MaxAddressGroupDepth = 1 };
    private static readonly FormatOptions Writing = new() { NewLineFormat = NewLineFormat.Dos, EnsureNewLine = true };

    /// <summary>Reads a mail, or an entity with the fields of a mail, that is one part; null where it is none, or has no header of usual size.</summary>
    /// <remarks>Each part of others, and each field of a part, would take hundreds of octets of memory for a few of its own.</remarks>
    /// <param name="octets">The octets.</param>
    public static MimeMessage? Read(ReadOnlyMemory<byte> octets) => TypeOf(octets) is { } type && !type.IsMimeType("multipart", "*") && !type.IsMimeType("message", "*") ? Load(octets) : null;

    /// <summary>Reads a mail of several parts that tells what became of another one, or its beginning; null where it is none, or has more parts or lines than such a mail has.</summary>
    /// <param name="octets">The octets.</param>
    public static MimeMessage? ReadReport(ReadOnlyMemory<byte> octets)
    {
        // What became of the mail stands before the mail itself, which is not needed whole.
        var beginning = octets[..Math.Min(octets.Length, ReportLimit)];
        return TypeOf(beginning) is { } type && MediaTypes.IsReport(type) && beginning.Span.Count((byte)'\n') <= MostLines && beginning.Span.Count("\n--"u8) <= MostBoundaries ? Load(beginning) : null;
    }

    /// <summary>Reads the header of a mail; null where it has none of usual size.</summary>
    /// <param name="octets">The mail, or its beginning.</param>
    public static HeaderList? ReadHeader(ReadOnlyMemory<byte> octets)
    {
        if (!HasHeader(octets.Span)) return null;
        try
        {
            return HeaderList.Load(Reading, new MemoryStream(octets[..Math.Min(octets.Length, HeaderLimit)].ToArray()));
        }
        catch (Exception exception) when (exception is FormatException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Decodes what a part holds; null where it holds nothing, or more than it may.</summary>
    /// <param name="part">The part.</param>
    /// <param name="limit">The octets that it may hold.</param>
    public static byte[]? Content(MimePart part, int limit)
    {
        using var octets = new MemoryStream();
        part.Content?.DecodeTo(octets);
        return octets.Length <= limit ? octets.ToArray() : null;
    }

    /// <summary>Writes a mail.</summary>
    /// <param name="mail">The mail.</param>
    public static byte[] Write(MimeMessage mail)
    {
        using var octets = new MemoryStream();
        mail.WriteTo(Writing, octets);
        return octets.ToArray();
    }

    /// <summary>Writes an entity that has no fields of a mail.</summary>
    /// <param name="entity">The entity.</param>
    public static byte[] Write(MimeEntity entity)
    {
        using var octets = new MemoryStream();
        entity.WriteTo(Writing, octets);
        return octets.ToArray();
    }

    private static MimeMessage? Load(ReadOnlyMemory<byte> octets)
    {
        try
        {
            return MimeMessage.Load(Reading, new MemoryStream(octets.ToArray()));
        }
        catch (Exception exception) when (exception is FormatException or NotSupportedException)
        {
            return null;
        }
    }

    // Where there are two, nobody knows which one another parser takes.
    private static ContentType? TypeOf(ReadOnlyMemory<byte> octets) =>
        ReadHeader(octets) is { } header && header.Count(field => field.Id == HeaderId.ContentType) <= 1 && ContentType.TryParse(header[HeaderId.ContentType] ?? "text/plain", out var type) ? type : null;

    // Before anything else reads it: an end of the header must come soon.
    private static bool HasHeader(ReadOnlySpan<byte> octets)
    {
        var header = octets[..Math.Min(octets.Length, HeaderLimit)];
        return header.IndexOf("\r\n\r\n"u8) > 0 || header.IndexOf("\n\n"u8) > 0;
    }
}
