using System.Security.Cryptography;

namespace CkiSdk.Protocol.Binding;

/// <summary>Is the connection below a bind, as each side sees it for itself: a token names it, so that nobody can relay the token to another one (profile section 6).</summary>
public sealed class BindChannel
{
    private BindChannel(ReadOnlyMemory<byte> hash, SecurityServices services) => (Hash, Services) = (hash, services);

    /// <summary>Gets a connection without TLS: a bind on it tells who the peers are, but protects no message that follows.</summary>
    public static BindChannel Plain { get; } = new(default, SecurityServices.None);

    /// <summary>Gets the services that messages on the connection have once it is bound (profile section 7).</summary>
    public SecurityServices Services { get; }

    /// <summary>Gets the SHA-256 of the TLS server's certificate; empty without TLS.</summary>
    internal ReadOnlyMemory<byte> Hash { get; }

    /// <summary>Makes the channel of a TLS connection.</summary>
    /// <param name="serverCertificate">The DER of the certificate that the server presented on it.</param>
    public static BindChannel Tls(ReadOnlyMemory<byte> serverCertificate) => new(SHA256.HashData(serverCertificate.Span), SecurityServices.All);
}
