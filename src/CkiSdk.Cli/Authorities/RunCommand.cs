using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Service;
using CkiSdk.Transports.Kestrel.Health;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma run</c> and <c>cki tlcma run</c>: serves until a signal comes.</summary>
internal static class RunCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="kind">One of <see cref="HomeKind"/>.</param>
    /// <param name="output">Where the line about the address goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(string kind, TextWriter output, TextWriter error)
    {
        var home = HomeOptions.Home($"the {kind.ToUpperInvariant()}");
        var service = new ServiceOptions();
        var web = kind == HomeKind.Cma ? new WebPages() : null;
        var json = new Option<bool>("--json") { Description = "Print the line about where it listens as one JSON document." };
        var command = new ExampleCommand("run", "Serves over TCP with TLS 1.3, brings announcements and renews keys, until Ctrl-C or SIGTERM. Prints 'listening HOST:PORT' when it is ready.", $"cki {kind} run --home {(kind == HomeKind.Cma ? "a" : "top")}") { home };
        service.AddTo(command);
        foreach (var option in (IEnumerable<Option>)[.. web?.Options ?? [], json])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(
            async () =>
            {
                var opened = Home.Open(parsed.GetValue(home)!, kind);
                var settings = service.ReadSettings(opened, parsed, web is null ? [] : WebPages.Settings);
                await ServeAsync(opened, service.Read(opened, parsed, settings), web?.Read(parsed, settings), parsed.GetValue(json), output, error, cancellationToken).ConfigureAwait(false);
            },
            parsed.GetValue(json),
            output,
            error));
        return command;
    }

    /// <summary>Opens the authority of a home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="log">Where warnings go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<AuthorityHost> OpenAsync(Home home, WarningLog log, CancellationToken cancellationToken) => home.Configuration.Kind == HomeKind.Cma
        ? await CmaHost.OpenAsync(home, new HostSettings(log), cancellationToken).ConfigureAwait(false)
        : await TlcmaHost.OpenAsync(home, new HostSettings(log), cancellationToken).ConfigureAwait(false);

    private static async Task<int> RunAsync(Func<Task> serve, bool isJson, TextWriter output, TextWriter error)
    {
        try
        {
            await serve().ConfigureAwait(false);
            return ExitCodes.Ok;
        }
        catch (Exception exception)
        {
            await Failures.WriteAsync(exception, error).ConfigureAwait(false);
            if (isJson)
            {
                await output.WriteLineAsync(JsonText.Error(Failures.Code(exception), Failures.Line(exception))).ConfigureAwait(false);
            }

            return Failures.ExitCode(exception);
        }
    }

    private static async Task ServeAsync(Home home, ServiceConfiguration service, WebSettings? web, bool isJson, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var telemetry = Telemetry.Start(service.Otlp, $"cki-{home.Configuration.Kind}", home.Configuration.Name);
        using var log = new WarningLog(error, service.Log);
        await using var host = await OpenAsync(home, log, cancellationToken).ConfigureAwait(false);
        if (host is CmaHost cma)
        {
            cma.RequireCertified();
            await cma.ResumeAsync(cancellationToken).ConfigureAwait(false);
        }

        List<(string What, string Place)> places = [];
        foreach (var (way, value) in service.Ways)
        {
            var served = await host.ServeAsync(way, value, cancellationToken).ConfigureAwait(false);
            places.Add((served.What, served.Place));
        }

        if (web is not null)
        {
            var pages = await WebPages.ServeAsync((CmaHost)host, web, log, cancellationToken).ConfigureAwait(false);
            places.Add((pages.What, pages.Place));
        }

        await using var health = await WatchAsync(host, service.Health, places, cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(isJson ? Json(home, places) : string.Join(Environment.NewLine, places.Select(place => $"{place.What} {place.Place}"))).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        SystemdNotice.Send(SystemdNotice.Ready);

        // Only a signal ends it; that is the way to stop a service and no failure.
        await host.WorkAsync(cancellationToken).ConfigureAwait(false);
        SystemdNotice.Send(SystemdNotice.Stopping);
        await host.StopServingAsync().ConfigureAwait(false);
    }

    private static async Task<HealthListener?> WatchAsync(AuthorityHost host, string? address, List<(string What, string Place)> places, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            return null;
        }

        var readiness = new Readiness(host, TimeProvider.System);
        var listener = await EndPoints.ListenAsync(address, "--health", endPoint => HealthListener.StartAsync(endPoint, readiness.LiveAsync, readiness.ReadyAsync, cancellationToken), cancellationToken).ConfigureAwait(false);
        places.Add(("health", listener.EndPoint.ToString()));
        return listener;
    }

    private static string Json(Home home, IEnumerable<(string What, string Place)> places)
    {
        var document = new JsonObject { ["ok"] = true, ["name"] = home.Configuration.Name };
        foreach (var (what, place) in places)
        {
            document[what] = place;
        }

        return document.ToJsonString();
    }
}
