using System.Net;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Tls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Configures a listener of the HTTP transport.</summary>
public sealed record HttpListenerOptions
{
    /// <summary>The usual port of HTTPS.</summary>
    public const int DefaultPort = 443;

    /// <summary>Gets the address and port to listen at; port 0 is any free one.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.IPv6Any, DefaultPort);

    /// <summary>Gets the own authentication certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Gets the certificates between the own one and an anchor of the clients.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>Gets who is accepted as a client by his TLS certificate.</summary>
    public required PeerTrust Clients { get; init; }

    /// <summary>Gets the greatest message that is accepted, in octets.</summary>
    public int MessageLimit { get; init; } = HttpMapping.DefaultLimit;

    /// <summary>Gets how many connections may be open at once; further ones are closed on arrival.</summary>
    public int ConnectionLimit { get; init; } = 16384;

    /// <summary>Gets how many connections one authenticated client may have at the same time.</summary>
    public int ConnectionsPerClient { get; init; } = 64;

    /// <summary>Gets how many requests of one client are handled at the same time; each may hold one message in memory.</summary>
    public int RequestsPerClient { get; init; } = 64;

    /// <summary>Gets how long the header of a request may take.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a message may take from its header to its last octet.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long a connection may be silent between two requests.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how long what is being handled may go on when the listener stops.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets where the log goes.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
