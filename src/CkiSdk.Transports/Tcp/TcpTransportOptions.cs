using System.Security.Cryptography.X509Certificates;
using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Tcp;

/// <summary>Configures the client of the TCP transport.</summary>
public sealed record TcpTransportOptions
{
    /// <summary>Gets the host name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the port.</summary>
    public int Port { get; init; } = TcpFraming.DefaultPort;

    /// <summary>Gets the own authentication certificate with its private key; null where a bind shows who one is.</summary>
    public required X509Certificate2? Certificate { get; init; }

    /// <summary>Gets the certificates between the own one and an anchor of the server.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>Gets who is accepted as the server; null for connections without TLS, on which a bind authenticates both sides and nothing protects what follows.</summary>
    public required PeerTrust? Server { get; init; }

    /// <summary>Gets what each connection is bound with (CKI Part 2 §III.I); null where TLS authenticates both sides.</summary>
    public BindOptions? Bind { get; init; }

    /// <summary>Gets the greatest frame that is sent and accepted, in octets.</summary>
    public int FrameLimit { get; init; } = TcpFraming.DefaultLimit;

    /// <summary>Gets how long the TCP connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long the TLS handshake may take.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long an answer may take, sending included; afterwards the connection is given up with all that is in flight on it.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
