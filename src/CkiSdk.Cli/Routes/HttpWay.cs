using System.CommandLine;
using System.Net;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Http;

namespace CkiSdk.Cli.Routes;

/// <summary>Is the way over HTTP with TLS 1.3, where both sides show certificates: https://HOST:PORT.</summary>
internal sealed class HttpWay : Way
{
    private const string Scheme = "https://";

    /// <inheritdoc/>
    public override string Form => "https://HOST:PORT, such as https://cma.example:8443";

    /// <inheritdoc/>
    public override Route? Read(string text, string place)
    {
        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"{place}: '{text}' is without TLS, which nothing would protect; write {Form}.");
        }

        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0 && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? new HttpRoute(address)
            : throw CommandException.Usage($"{place}: '{(text.Contains('@', StringComparison.Ordinal) ? "https://…" : text)}' is no address of this kind; write {Form}, with a path where the CKI is not at {HttpMapping.Path}.");
    }

    /// <inheritdoc/>
    public override Option<string?> CreateOption() =>
        new("--http") { Description = $"Where to listen for HTTP/2 and 1.1 besides, at {HttpMapping.Path}; others reach it as https://HOST:PORT. Port 0 is any free one.", HelpName = "HOST:PORT" };

    /// <inheritdoc/>
    public override async Task<Served> ServeAsync(Serving serving, string value, CancellationToken cancellationToken)
    {
        var listener = await EndPoints.ListenAsync(value, "--http", endPoint => HttpListenerHost.StartAsync(serving.Server, Options(serving, endPoint), cancellationToken), cancellationToken).ConfigureAwait(false);
        return new Served("http", listener.EndPoint.ToString(), listener);
    }

    private static HttpListenerOptions Options(Serving serving, IPEndPoint endPoint) => new()
    {
        EndPoint = endPoint,
        Certificate = serving.Identity.Tls.Tls,
        Clients = serving.Peers.Clients,
        LoggerFactory = serving.Log,
    };

    private sealed record HttpRoute(Uri Address) : Route(Address.AbsolutePath == "/" ? $"{Scheme}{Address.Authority}" : Address.AbsoluteUri)
    {
        public override ICkiTransport Connect(Reach reach)
        {
            var options = new HttpTransportOptions { Address = Address, Certificate = reach.Identity.Tls.Tls, Server = reach.Trust() };
            return new HttpCkiTransport(reach.Patience is { } patience ? options with { AnswerTimeout = patience } : options);
        }
    }
}
