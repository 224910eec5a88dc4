using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CkiSdk.Transports.Ftp;

/// <summary>Protects the connections to one FTP server by TLS (RFC 4217).</summary>
internal sealed class FtpTls(FtpOptions options)
{
    private readonly SslClientAuthenticationOptions _tls = new()
    {
        TargetHost = options.Host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,

        // .NET keeps one session for a host name, whichever connection it was of: a data connection could not resume that of its own control connection.
        AllowTlsResume = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = options.Authorities is null ? null : Policy(options.Authorities),
    };

    /// <summary>Begins TLS on a connection, which is disposed of where that fails.</summary>
    public async Task<SslStream> ProtectAsync(Stream stream, CancellationToken cancellationToken)
    {
        var ssl = new SslStream(stream);
        try
        {
            await ssl.AuthenticateAsClientAsync(_tls, cancellationToken).ConfigureAwait(false);
            return ssl;
        }
        catch (Exception exception)
        {
            await ssl.DisposeAsync().ConfigureAwait(false);
            throw exception is AuthenticationException ? new FtpException($"{options.Host} is not the server that is expected: {(exception.InnerException ?? exception).Message}", exception) : exception;
        }
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
