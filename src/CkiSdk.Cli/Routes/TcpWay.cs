using System.CommandLine;
using System.Net;
using CkiSdk.Cli.Homes;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Cli.Routes;

/// <summary>Is the way over TCP with TLS 1.3, where both sides show certificates: HOST:PORT.</summary>
internal sealed class TcpWay : Way
{
    /// <inheritdoc/>
    public override string Form => "HOST:PORT, such as 127.0.0.1:829, cma.example:829 or [::1]:829";

    /// <inheritdoc/>
    public override Route? Read(string text, string place) => EndPoints.TryParse(text) is var (host, port) ? new TcpRoute(text, host, port) : null;

    /// <inheritdoc/>
    public override Option<string?> CreateOption() => new("--listen") { Description = "Where to listen; default: what 'init' was told. Port 0 is any free one.", HelpName = "HOST:PORT" };

    /// <inheritdoc/>
    public override string? Usual(HomeConfiguration configuration) => configuration.Listen;

    /// <inheritdoc/>
    public override async Task<Served> ServeAsync(Serving serving, string value, CancellationToken cancellationToken)
    {
        var listener = await EndPoints.ListenAsync(value, "--listen", endPoint => TcpListenerHost.StartAsync(serving.Server, Options(serving, endPoint), cancellationToken), cancellationToken).ConfigureAwait(false);
        return new Served("listening", listener.EndPoint.ToString(), listener);
    }

    private static TcpListenerOptions Options(Serving serving, IPEndPoint endPoint) => new()
    {
        EndPoint = endPoint,
        Certificate = serving.Identity.Tls.Tls,
        Clients = serving.Peers.Clients,
        LoggerFactory = serving.Log,
    };

    private sealed record TcpRoute(string Text, string Host, int Port) : Route(Text)
    {
        public override ICkiTransport Connect(Reach reach)
        {
            var options = new TcpTransportOptions { Host = Host, Port = Port, Certificate = reach.Identity.Tls.Tls, Server = reach.Trust() };
            return new TcpCkiTransport(reach.Patience is { } patience ? options with { AnswerTimeout = patience } : options);
        }
    }
}
