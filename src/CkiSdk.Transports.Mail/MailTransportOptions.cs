using CkiSdk.Pki.Certificates;

namespace CkiSdk.Transports.Mail;

/// <summary>Configures a client whose messages travel as mail.</summary>
public sealed record MailTransportOptions
{
    /// <summary>Gets the address of the server.</summary>
    public required string ServerAddress { get; init; }

    /// <summary>Gets the certificate that requests are encrypted to; answers count only from its subject.</summary>
    public required Certificate ServerCertificate { get; init; }

    /// <summary>Gets whether the account ends with the transport; otherwise it stays the caller's.</summary>
    public bool EndsAccount { get; init; }

    /// <summary>Gets how long to wait for an answer. One that comes later answers the same request when it is sent again.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
