namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Is what the octets of a mail turn out to be, before any signature is looked at.</summary>
internal abstract record ArrivedMail
{
    private ArrivedMail()
    {
    }

    /// <summary>Is nothing of ours: it is left alone.</summary>
    public sealed record Foreign : ArrivedMail;

    /// <summary>Is S/MIME that may hold a message.</summary>
    /// <param name="Cms">The ContentInfo, or what claims to be one.</param>
    /// <param name="Around">What the fields around say, which nothing protects; it has no octets.</param>
    public sealed record Protected(ReadOnlyMemory<byte> Cms, MailContent Around) : ArrivedMail;

    /// <summary>Is a message that nothing protects.</summary>
    /// <param name="Content">The message.</param>
    public sealed record Plain(MailContent Content) : ArrivedMail;

    /// <summary>Tells that a mail could not be delivered (RFC 3464). Anybody may have written it.</summary>
    /// <param name="MessageId">The identifier of that mail.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Bounce(string MessageId, string Reason) : ArrivedMail;
}
