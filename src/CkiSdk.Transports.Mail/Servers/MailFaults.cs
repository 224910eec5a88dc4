using System.Net.Sockets;
using CkiSdk.Transports.Mail.Mime;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Pop3;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Says in the words of transports what went wrong with a mail server.</summary>
internal static class MailFaults
{
    /// <summary>Does something with a server; what fails, fails as a transport does.</summary>
    /// <param name="server">The server.</param>
    /// <param name="action">What to do; its token ends it after the server's time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">It failed.</exception>
    public static async ValueTask<T> RunAsync<T>(MailServer server, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(server.Timeout);
        try
        {
            return await action(ending.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SslHandshakeException { InnerException: OperationCanceledException })
        {
            // A handshake that was given up says nothing about who is there.
            cancellationToken.ThrowIfCancellationRequested();
            throw new CkiTransportException(CkiTransportFault.TimedOut, $"{server.Address} did not answer within {server.Timeout.TotalSeconds:F0} s.", exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not CkiTransportException && FaultOf(exception) is not null)
        {
            throw new CkiTransportException(FaultOf(exception)!.Value, $"{server.Address}: {ReasonOf(exception)}", exception);
        }
    }

    /// <summary>Does something with a server; what fails, fails as a transport does.</summary>
    /// <param name="server">The server.</param>
    /// <param name="action">What to do; its token ends it after the server's time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">It failed.</exception>
    public static async ValueTask RunAsync(MailServer server, Func<CancellationToken, Task> action, CancellationToken cancellationToken) =>
        _ = await RunAsync(
            server,
            async ending =>
            {
                await action(ending).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    private static CkiTransportFault? FaultOf(Exception exception) => exception switch
    {
        // A handshake that was cut says nothing about who is there.
        SslHandshakeException { InnerException: IOException or SocketException } => CkiTransportFault.Cut,
        AuthenticationException or SslHandshakeException or NotSupportedException or ServiceNotAuthenticatedException => CkiTransportFault.NotAuthenticated,
        TimeoutException => CkiTransportFault.TimedOut,
        SocketException or SmtpCommandException { StatusCode: < (SmtpStatusCode)500 } => CkiTransportFault.Unreachable,
        ImapCommandException or Pop3CommandException or SmtpCommandException or FolderNotFoundException => CkiTransportFault.Violation,
        ProtocolException or IOException or ServiceNotConnectedException or ObjectDisposedException => CkiTransportFault.Cut,
        _ => null,
    };

    // What the server says goes to terminals and logs.
    private static string ReasonOf(Exception exception) => exception switch
    {
        SslHandshakeException { InnerException: IOException or SocketException } => $"the connection was cut in the TLS handshake: {Words.Printable(exception.InnerException.Message)}",
        SslHandshakeException => "TLS failed: its certificate is not trusted, does not name the host or is not valid now, or it is no TLS server at that port",
        NotSupportedException => "it offers no TLS, without which nothing is said to it",
        SmtpCommandException refusal => $"it refuses the mail: {(int)refusal.StatusCode} {Words.Printable(refusal.Message)}",
        AuthenticationException => $"it does not accept the user and the password: {Words.Printable(exception.Message)}",
        _ => Words.Printable(exception.Message),
    };
}
