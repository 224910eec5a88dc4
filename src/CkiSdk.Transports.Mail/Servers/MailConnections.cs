using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Security;

namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Connects to mail servers: TLS first, then the certificate, then the password.</summary>
internal static class MailConnections
{
    /// <summary>Connects and authenticates.</summary>
    /// <param name="service">The client.</param>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task ConnectAsync(MailService service, MailServer server, CancellationToken cancellationToken)
    {
        service.Timeout = (int)Math.Min(server.Timeout.TotalMilliseconds, int.MaxValue);
        service.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;

        // Nothing is downloaded to decide about a certificate.
        service.CheckCertificateRevocation = false;
        service.ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(server, certificate, chain, errors);
        var security = server.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.Plain => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        var connection = await OpenAsync(server, cancellationToken).ConfigureAwait(false);
        await service.ConnectAsync(connection, server.Host, server.Port, security, cancellationToken).ConfigureAwait(false);
        if (server.Security != MailSecurity.Plain && !service.IsSecure) throw new NotSupportedException();
        if (server.Credentials is { } credentials) await service.AuthenticateAsync(credentials, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<MeteredStream> OpenAsync(MailServer server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, cancellationToken).ConfigureAwait(false);
            return new MeteredStream(new NetworkStream(socket, ownsSocket: true), server.ResponseLimit);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsTrusted(MailServer server, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (server.Authorities.Count == 0) return errors == SslPolicyErrors.None;
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.DisableCertificateDownloads = true;
        foreach (var authority in server.Authorities) own.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(authority.Encoded.Span));
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(presented);
    }
}
