using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;

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
        (Way Way, Option<string?> Option)[] ways = [.. Way.All.Reverse().Select(way => (way, way.CreateOption()))];
        var web = kind == HomeKind.Cma ? new WebPages() : null;
        var json = new Option<bool>("--json") { Description = "Print the line about where it listens as one JSON document." };
        var command = new ExampleCommand("run", "Serves over TCP with TLS 1.3, brings announcements and renews keys, until Ctrl-C or SIGTERM. Prints 'listening HOST:PORT' when it is ready.", $"cki {kind} run --home {(kind == HomeKind.Cma ? "a" : "top")}") { home };
        foreach (var option in (IEnumerable<Option>)[.. ways.Select(way => way.Option), .. web?.Options ?? [], json])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
            RunAsync(kind, parsed.GetValue(home)!, [.. ways.Select(way => (way.Way, parsed.GetValue(way.Option)))], () => web?.Read(parsed), parsed.GetValue(json), output, error, cancellationToken));
        return command;
    }

    /// <summary>Opens the authority of a home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="log">Where warnings go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<AuthorityHost> OpenAsync(Home home, WarningLog log, CancellationToken cancellationToken) => home.Configuration.Kind == HomeKind.Cma
        ? await CmaHost.OpenAsync(home, new HostSettings(log), cancellationToken).ConfigureAwait(false)
        : await TlcmaHost.OpenAsync(home, new HostSettings(log), cancellationToken).ConfigureAwait(false);

    private static async Task<int> RunAsync(string kind, string path, IReadOnlyList<(Way Way, string? Value)> ways, Func<WebSettings?> web, bool isJson, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(Home.Open(path, kind), ways, web(), isJson, output, error, cancellationToken).ConfigureAwait(false);
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

    private static async Task ServeAsync(Home home, IReadOnlyList<(Way Way, string? Value)> ways, WebSettings? web, bool isJson, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var log = new WarningLog(error);
        await using var host = await OpenAsync(home, log, cancellationToken).ConfigureAwait(false);
        (host as CmaHost)?.RequireCertified();
        List<Served> served = [];
        foreach (var (way, value) in ways.Select(way => (way.Way, way.Value ?? way.Way.Usual(home.Configuration))))
        {
            if (value is not null)
            {
                served.Add(await host.ServeAsync(way, value, cancellationToken).ConfigureAwait(false));
            }
        }

        if (web is not null)
        {
            served.Add(await WebPages.ServeAsync((CmaHost)host, web, log, cancellationToken).ConfigureAwait(false));
        }

        await output.WriteLineAsync(isJson ? Json(home, served) : string.Join(Environment.NewLine, served.Select(way => $"{way.What} {way.Place}"))).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);

        // Only a signal ends it; that is the way to stop a service and no failure.
        await host.WorkAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Json(Home home, IEnumerable<Served> served)
    {
        var document = new JsonObject { ["ok"] = true, ["name"] = home.Configuration.Name };
        foreach (var way in served)
        {
            document[way.What] = way.Place;
        }

        return document.ToJsonString();
    }
}
