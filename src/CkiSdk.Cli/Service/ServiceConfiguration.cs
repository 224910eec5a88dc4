using CkiSdk.Cli.Routes;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Service;

/// <summary>Is how a service runs.</summary>
/// <param name="Ways">By which ways it is served, and where.</param>
/// <param name="Health">Where it says how it is; null for nowhere.</param>
/// <param name="Otlp">The collector of its traces and metrics; null for none.</param>
/// <param name="Log">What its log tells.</param>
internal sealed record ServiceConfiguration(IReadOnlyList<(Way Way, string Value)> Ways, string? Health, string? Otlp, LogLevel Log);
