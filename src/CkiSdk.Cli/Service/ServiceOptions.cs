using System.CommandLine;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Service;

/// <summary>Is the options of a service: each may stand on the command line, in the environment or in the file of settings.</summary>
internal sealed class ServiceOptions
{
    private const string LogNames = "warning, information or debug";

    private readonly (Way Way, Option<string?> Option)[] _ways = [.. Way.All.Reverse().Select(way => (way, way.CreateOption()))];
    private readonly Option<string?> _health = new("--health") { Description = "Where to say over plain HTTP how it is, at /livez and /readyz; best an address of this machine alone. Port 0 is any free one.", HelpName = "HOST:PORT" };
    private readonly Option<string?> _otlp = new("--otlp") { Description = "The collector that gets traces and metrics by OTLP over HTTP, such as http://127.0.0.1:4318.", HelpName = "URL" };
    private readonly Option<string?> _log = new("--log") { Description = $"What the log tells on standard error: {LogNames}; default: warning.", HelpName = "LEVEL" };
    private readonly Option<string?> _file = new("--settings") { Description = $"A JSON file with these options, such as {{ \"health\": \"127.0.0.1:8081\" }}; default: {ServiceSettings.FileName} in the home, if it is there. The environment (CKI_HEALTH) goes before the file, the command line before both.", HelpName = "FILE" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[.. All, _file])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads what the environment and the file say.</summary>
    /// <param name="home">The home.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="more">Further settings than those of every service.</param>
    /// <exception cref="CommandException">The file cannot be used.</exception>
    public ServiceSettings ReadSettings(Home home, ParseResult parsed, IEnumerable<Setting> more) =>
        ServiceSettings.Read(home, parsed.GetValue(_file), [.. All.Select(option => new Setting(NameOf(option))), .. more], Environment.GetEnvironmentVariable);

    /// <summary>Reads them.</summary>
    /// <param name="home">The home.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">What the environment and the file say.</param>
    /// <exception cref="CommandException">One is wrong.</exception>
    public ServiceConfiguration Read(Home home, ParseResult parsed, ServiceSettings settings)
    {
        return new ServiceConfiguration(
            [.. _ways.Select(way => (way.Way, Value: Find(way.Option) ?? way.Way.Usual(home.Configuration))).Where(way => way.Value is not null).Select(way => (way.Way, way.Value!))],
            Find(_health),
            Find(_otlp),
            Find(_log) switch
            {
                null or "warning" => LogLevel.Warning,
                "information" => LogLevel.Information,
                "debug" => LogLevel.Debug,
                _ => throw CommandException.Usage($"--log: {LogNames}."),
            });

        string? Find(Option<string?> option) => settings.Find(NameOf(option), parsed.GetValue(option));
    }

    private IEnumerable<Option<string?>> All => [.. _ways.Select(way => way.Option), _health, _otlp, _log];

    private static string NameOf(Option option) => option.Name.TrimStart('-');
}
