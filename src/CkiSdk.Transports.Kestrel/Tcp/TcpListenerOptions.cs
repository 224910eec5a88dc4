using System.Net;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Configures a listener of the TCP transport.</summary>
public sealed record TcpListenerOptions
{
    /// <summary>Gets the address and port to listen at; port 0 is any free one.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.IPv6Any, TcpFraming.DefaultPort);

    /// <summary>Gets the own authentication certificate with its private key; null for connections without TLS, on which a bind authenticates both sides and nothing protects what follows.</summary>
    public required X509Certificate2? Certificate { get; init; }

    /// <summary>Gets the certificates between the own one and an anchor of the clients.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>Gets who is accepted as a client by his TLS certificate; null where everyone binds.</summary>
    public required PeerTrust? Clients { get; init; }

    /// <summary>Gets what answers the binds of clients that show no TLS certificate (CKI Part 2 §III.I); null where each must show one.</summary>
    public BindResponder? Bind { get; init; }

    /// <summary>Gets the greatest frame that is accepted, in octets.</summary>
    public int FrameLimit { get; init; } = TcpFraming.DefaultLimit;

    /// <summary>Gets how many connections may be open at once, those in their handshake included; further ones are closed on arrival.</summary>
    public int ConnectionLimit { get; init; } = 16384;

    /// <summary>Gets how many connections one authenticated client may have at the same time; each may hold one frame in memory.</summary>
    public int ConnectionsPerClient { get; init; } = 64;

    /// <summary>Gets how long the TLS handshake may take, and afterwards the bind.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a frame may take from its first octet to its last.</summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long a connection may be silent between two frames.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how long a client may take to accept an answer.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long what is being handled may go on when the listener stops.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how many waiting answers are remembered for each client; the oldest is forgotten first, and its request may be sent again.</summary>
    public int ReferencesPerClient { get; init; } = 64;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets where the log goes.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
