using System.Diagnostics;
using CkiSdk.Cli.Invocation;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CkiSdk.Cli.Service;

/// <summary>Sends traces and metrics to a collector by OTLP over HTTP while it lives. Neither holds octets of a message.</summary>
internal sealed class Telemetry : IDisposable
{
    /// <summary>The variable of the environment that names the collector for all commands.</summary>
    public const string Variable = "CKI_OTLP";

    private const string CommandSource = "cki";
    private const string RuntimeMeter = "System.Runtime"; // the runtime's own: memory, collections, threads
    private const int FlushMilliseconds = 5000;
    private static readonly ActivitySource Commands = new(CommandSource);

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private Activity? _command;

    private Telemetry(Uri collector, string service, string? instance)
    {
        var resource = ResourceBuilder.CreateEmpty().AddTelemetrySdk().AddService(service, serviceInstanceId: instance);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(CkiDiagnostics.ActivitySourceName, CommandSource).AddOtlpExporter(options => Configure(options, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(CkiDiagnostics.MeterName, RuntimeMeter).AddOtlpExporter(options => Configure(options, "v1/metrics")).Build();

        void Configure(OtlpExporterOptions options, string path) => (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(collector, path));
    }

    /// <summary>Starts it.</summary>
    /// <param name="collector">The address of the collector, such as http://127.0.0.1:4318; null for none.</param>
    /// <param name="service">The name of the service.</param>
    /// <param name="instance">Which one of them; null for any.</param>
    /// <returns>It; null without a collector.</returns>
    /// <exception cref="CommandException">It is no address.</exception>
    public static Telemetry? Start(string? collector, string service, string? instance = null)
    {
        if (string.IsNullOrEmpty(collector))
        {
            return null;
        }

        return Uri.TryCreate(collector.EndsWith('/') ? collector : collector + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { UserInfo: "", Query: "" }
            ? new Telemetry(address, service, instance)
            : throw CommandException.Usage($"--otlp, {Variable}: the address of a collector of OTLP over HTTP, such as http://127.0.0.1:4318.");
    }

    /// <summary>Starts it for one command, all whose requests are one trace.</summary>
    /// <param name="command">The words of the command, without its options.</param>
    /// <exception cref="CommandException">The environment names no address.</exception>
    public static Telemetry? StartCommand(string command)
    {
        var telemetry = Start(Environment.GetEnvironmentVariable(Variable), "cki");
        telemetry?._command = Commands.StartActivity(command);
        return telemetry;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _command?.Dispose();

        // At once: a collector that takes nothing holds up a command for that long, and not twice.
        Parallel.Invoke(() => _traces.ForceFlush(FlushMilliseconds), () => _metrics.ForceFlush(FlushMilliseconds));
        _traces.Dispose();
        _metrics.Dispose();
    }
}
