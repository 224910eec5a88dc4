using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Hosting;

/// <summary>Says how an authority is opened.</summary>
/// <param name="Log">Where warnings go.</param>
internal sealed record HostSettings(ILoggerFactory Log)
{
    /// <summary>Gets what is put in front of each way to another party; null for nothing.</summary>
    public Func<ICkiTransport, ICkiTransport>? Wrap { get; init; }
}
