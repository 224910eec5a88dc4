using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Routes;
using CkiSdk.Protocol.Options;
using CkiSdk.Web;
using CkiSdk.Web.Options;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Service;

/// <summary>Is the options of <c>cki cma run</c> about the web pages, and what serves them.</summary>
internal sealed class WebPages
{
    private readonly Option<string?> _web = new("--web")
    {
        Description = "Where to show the web pages of the CMA. On an address of this machine, such as 127.0.0.1, they are without TLS and to read only; on any other, TLS 1.3 asks browsers for certificates. Port 0 is any free one.",
        HelpName = "HOST:PORT",
    };

    private readonly Option<bool> _tls = new("--web-tls") { Description = "Show the web pages with TLS on an address of this machine, too: for changes." };

    private readonly Option<string[]> _operators = new("--web-operator") { Description = "Who may revoke and restore users by the web pages, by his certificate; may be repeated. Who may approve, 'cki cma user add --may-approve' says.", HelpName = "DN" };

    private readonly Option<string[]> _hosts = new("--web-host") { Description = "A further name under which browsers reach the web pages; may be repeated. The HOST of --web is one.", HelpName = "HOST" };

    /// <summary>Gets the options.</summary>
    public IReadOnlyList<Option> Options => [_web, _tls, _operators, _hosts];

    /// <summary>Gets the same as settings.</summary>
    public static IReadOnlyList<Setting> Settings => [new("web"), new("web-tls", SettingKind.Flag), new("web-operator", SettingKind.Texts), new("web-host", SettingKind.Texts)];

    /// <summary>Reads what was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">What the environment and the file say.</param>
    /// <exception cref="CommandException">A name is none, or an option needs <c>--web</c>.</exception>
    public WebSettings? Read(ParseResult parsed, ServiceSettings settings)
    {
        var (isTls, operators, hosts) = (settings.FindFlag("web-tls", parsed.GetValue(_tls)), settings.FindAll("web-operator", parsed.GetValue(_operators)), settings.FindAll("web-host", parsed.GetValue(_hosts)));
        return settings.Find("web", parsed.GetValue(_web)) is { } web ? new WebSettings(web, isTls, [.. operators.Select(PkiOptions.Name)], hosts)
            : isTls || operators.Count > 0 || hosts.Count > 0 ? throw CommandException.Usage("--web-tls, --web-operator and --web-host go with --web HOST:PORT.")
            : null;
    }

    /// <summary>Shows the pages of a CMA until it is disposed of.</summary>
    /// <param name="host">The CMA.</param>
    /// <param name="settings">What was given.</param>
    /// <param name="log">Where warnings go.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CommandException">The address cannot be listened at.</exception>
    public static async Task<Served> ServeAsync(CmaHost host, WebSettings settings, ILoggerFactory log, CancellationToken cancellationToken)
    {
        var listener = await EndPoints.ListenAsync(settings.Address, "--web", endPoint => StartAsync(host, settings, endPoint, log, cancellationToken), cancellationToken).ConfigureAwait(false);
        var served = new Served("web", $"{(IsTls(settings, listener.EndPoint) ? "https" : "http")}://{listener.EndPoint}/", listener);
        host.Own(served);
        return served;
    }

    private static Task<CmaPagesHost> StartAsync(CmaHost host, WebSettings settings, IPEndPoint endPoint, ILoggerFactory log, CancellationToken cancellationToken)
    {
        var isTls = IsTls(settings, endPoint);
        if (!isTls && settings.Operators.Count > 0)
        {
            throw CommandException.Usage("--web-operator: without TLS nobody changes anything; add --web-tls.");
        }

        var pages = new CmaPagesOptions
        {
            Cma = host.Authority,
            Store = host.Store,
            Certificates = [.. host.ListCertificates().Select(row => new ShownCertificate($"{row.Name}.pem", row.Certificate, row.IsFollowed))],
            Hosts = HostsOf(settings, endPoint.Address),
            Clients = isTls ? host.Routes.Clients : null,
            Operators = settings.Operators,
            Recovery = host.Home.Configuration.Recovery ? new RecoveryOptions() : null,
        };
        var options = new CmaPagesHostOptions { EndPoint = endPoint, Certificate = isTls ? host.Identity.Party.Tls.Tls : null, LoggerFactory = log };
        return CmaPagesHost.StartAsync(pages, options, cancellationToken);
    }

    private static bool IsTls(WebSettings settings, IPEndPoint endPoint) => settings.IsTls || !IPAddress.IsLoopback(endPoint.Address);

    private static string[] HostsOf(WebSettings settings, IPAddress address)
    {
        var host = EndPoints.Parse(settings.Address, "--web").Host;
        IEnumerable<string> local = IPAddress.IsLoopback(address) ? ["localhost", "127.0.0.1", "[::1]"] : [];
        return [.. local, IPAddress.TryParse(host, out var number) && number.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{number}]" : host, .. settings.Hosts];
    }
}
