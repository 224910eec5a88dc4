using CkiSdk.Transports.Http;
using CkiSdk.Transports.Tls;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Configures the endpoint of a party in an ASP.NET Core application.</summary>
public sealed record HttpServerOptions
{
    /// <summary>Gets who is accepted as a client by his TLS certificate. Whoever shows none gets no service of the transport, so that the party refuses nearly everything.</summary>
    public required PeerTrust Clients { get; init; }

    /// <summary>Gets the path.</summary>
    public string Path { get; init; } = HttpMapping.Path;

    /// <summary>Gets the greatest message that is accepted, in octets.</summary>
    public int MessageLimit { get; init; } = HttpMapping.DefaultLimit;

    /// <summary>Gets how long a message may take from its header to its last octet.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how many requests of one client are handled at the same time; each may hold one message in memory. Further ones get 429.</summary>
    public int RequestsPerClient { get; init; } = 64;

    /// <summary>Gets where the log goes; null is the application's.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Gets the clock of the time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
