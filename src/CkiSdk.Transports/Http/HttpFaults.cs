using System.Net.Sockets;
using System.Security.Authentication;

namespace CkiSdk.Transports.Http;

/// <summary>Says what went wrong on the wire in the words of transports.</summary>
internal static class HttpFaults
{
    /// <summary>Translates what a request ended with.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="authority">The host and port.</param>
    public static CkiTransportException Translate(Exception exception, string authority)
    {
        var fault = FaultOf(exception);
        var words = fault switch
        {
            CkiTransportFault.Unreachable => $"{authority} cannot be reached: {exception.Message}",
            CkiTransportFault.NotAuthenticated when exception.InnerException is AuthenticationException => exception.Message,
            CkiTransportFault.NotAuthenticated => $"{authority} ended the connection before its first answer; perhaps it does not accept the certificate of this side",
            CkiTransportFault.Violation => $"{authority} sent what is no answer: {exception.Message}",
            _ => $"The connection to {authority} was cut: {exception.Message}",
        };
        return new CkiTransportException(fault, words, exception);
    }

    private static CkiTransportFault FaultOf(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: AuthenticationException } => CkiTransportFault.NotAuthenticated,
        _ when IsAlert(exception) => CkiTransportFault.NotAuthenticated,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => CkiTransportFault.Unreachable,
        _ when IsCut(exception) => CkiTransportFault.Cut,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.VersionNegotiationError } => CkiTransportFault.Violation,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => CkiTransportFault.Violation,
        _ => CkiTransportFault.Cut,
    };

    // What .NET calls an invalid answer may be one that did not come to its end.
    private static bool IsCut(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } or (IOException and not HttpIOException)) return true;
        }

        return false;
    }

    // Under TLS 1.3 a server refuses the client's certificate after the client has finished the handshake. If it says so by an alert,
    // that shows on reading, as an error that is not the socket's.
    private static bool IsAlert(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is IOException and not HttpIOException && exception.InnerException is not (null or IOException or SocketException or OperationCanceledException or InvalidOperationException)) return true;
        }

        return false;
    }
}
