using System.Net;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Says how a mail server is reached, and how it is known.</summary>
public sealed record MailServer
{
    /// <summary>Gets the host, whose certificate must name it.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the port.</summary>
    public required int Port { get; init; }

    /// <summary>Gets how the connection is protected.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Gets the only authorities that may have certified the server; where there are none, those of the system.</summary>
    public IReadOnlyList<Certificate> Authorities { get; init; } = [];

    /// <summary>Gets the user and his password, which are never sent before TLS; null where the server asks for none.</summary>
    public NetworkCredential? Credentials { get; init; }

    /// <summary>Gets how long one step with the server may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets the octets that the server may say to one command.</summary>
    internal long ResponseLimit { get; init; } = 64 << 20;

    /// <summary>Gets the address, for messages.</summary>
    internal string Address => $"{Host}:{Port}";

    /// <summary>Requires what makes sense.</summary>
    /// <param name="parameterName">Where it was given.</param>
    /// <exception cref="ArgumentException">The host or the port is none, or a connection in plain would leave the machine.</exception>
    internal void Validate(string parameterName)
    {
        if (string.IsNullOrWhiteSpace(Host)) throw new ArgumentException("A mail server has a host.", parameterName);
        if (Port is < 1 or > 65535) throw new ArgumentException($"The port {Port} of {Host} is none.", parameterName);
        if (Timeout <= TimeSpan.Zero) throw new ArgumentException($"The time for {Host} must be positive.", parameterName);
        if (Security == MailSecurity.Plain && !IsLoopback) throw new ArgumentException($"A connection to {Host} without TLS would leave this machine.", parameterName);
    }

    private bool IsLoopback => Host is "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
