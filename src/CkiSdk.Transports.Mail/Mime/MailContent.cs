namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Is the innermost MIME entity of a mail: a message or the words of a refusal, and beside it, under the same signature, what it answers.</summary>
internal sealed record MailContent
{
    /// <summary>Gets the octets of the message, which may be none; null for a refusal.</summary>
    public ReadOnlyMemory<byte>? Octets { get; init; }

    /// <summary>Gets the words of a refusal; null for a message.</summary>
    public string? Refusal { get; init; }

    /// <summary>Gets the identifier of the mail, without angle brackets; null where a stranger gave none.</summary>
    public required string? MessageId { get; init; }

    /// <summary>Gets the identifier of the mail that this one answers; null where it answers none.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Gets the address to which answers go; null where there is none that can be used.</summary>
    public required string? From { get; init; }

    /// <summary>Gets when to ask again; null where an answer is final.</summary>
    public DateTimeOffset? CheckBack { get; init; }
}
