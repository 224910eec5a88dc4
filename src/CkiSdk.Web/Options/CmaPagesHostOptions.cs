using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Web.Options;

/// <summary>Configures a listener of its own for the pages.</summary>
public sealed record CmaPagesHostOptions
{
    /// <summary>Gets the address and port to listen at; port 0 is any free one. Without TLS it must be one of the machine itself, such as 127.0.0.1.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>Gets the own certificate with its private key; null for no TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Gets how many connections may be open at once; further ones are closed on arrival.</summary>
    public int ConnectionLimit { get; init; } = 100;

    /// <summary>Gets how long answers may go on when the listener stops.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets where the log goes.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
