namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Says how a connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>It begins in plain and must change to TLS before anything is said (RFC 3207, RFC 2595).</summary>
    StartTls,

    /// <summary>It is TLS from the first octet (RFC 8314).</summary>
    Tls,

    /// <summary>It stays in plain; only to a server on the same machine.</summary>
    Plain,
}
