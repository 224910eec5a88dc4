namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Says how a mailbox is read.</summary>
public enum MailboxProtocol
{
    /// <summary>IMAP (RFC 9051); with IDLE (RFC 2177) the server tells of new mail at once.</summary>
    Imap,

    /// <summary>POP3 (RFC 1939): one looks again and again.</summary>
    Pop3,
}
