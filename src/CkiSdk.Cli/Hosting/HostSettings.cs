using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Hosting;

/// <summary>Says how an authority is opened.</summary>
/// <param name="Log">Where warnings go.</param>
internal sealed record HostSettings(ILoggerFactory Log)
{
    /// <summary>Gets whether the store is made; it must be there otherwise.</summary>
    public bool IsNew { get; init; }

    /// <summary>Gets what is put in front of each way to another party; null for nothing.</summary>
    public Func<ICkiTransport, ICkiTransport>? Wrap { get; init; }
}
