using System.Net;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Http;

/// <summary>Configures the client of the HTTP transport.</summary>
public sealed record HttpTransportOptions
{
    /// <summary>Gets the address of the server, such as https://cma.example:8443; without a path it is <see cref="HttpMapping.Path"/>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the own authentication certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Gets the certificates between the own one and an anchor of the server.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>Gets who is accepted as the server; it names one party, because connections are made and left as the pool likes.</summary>
    public required PeerTrust Server { get; init; }

    /// <summary>Gets the greatest message that is sent and accepted, in octets.</summary>
    public int MessageLimit { get; init; } = HttpMapping.DefaultLimit;

    /// <summary>Gets how long a connection may take, the TLS handshake included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long an answer may take, connecting and sending included.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long a connection is used before another one takes its place.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets the greatest version that is spoken, 1.1 or 2.0; a server that does not know it gets 1.1.</summary>
    public Version Version { get; init; } = HttpVersion.Version20;

    /// <summary>Gets the proxy; null for none, whatever the environment says.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets where messages are posted to.</summary>
    internal Uri Target => Address.AbsolutePath == "/" ? new Uri(Address, HttpMapping.Path) : Address;

    /// <summary>Finds out what no transport can do with; null for nothing.</summary>
    internal string? FindFault()
    {
        if (!Address.IsAbsoluteUri || Address.Scheme != Uri.UriSchemeHttps || Address.UserInfo.Length > 0 || Address.Query.Length > 0 || Address.Fragment.Length > 0)
            return $"{nameof(Address)} is no address such as https://cma.example:8443; only HTTPS protects messages.";
        if (!Certificate.HasPrivateKey) return $"{nameof(Certificate)}: the own certificate has no private key.";
        return Server.Name is null ? $"{nameof(Server)}: the trust has to name the one party that is expected." : null;
    }
}
