using Microsoft.Extensions.Hosting;

namespace CkiSdk.Transports.Kestrel.Listening;

/// <summary>Leaves console and signals to the application that a listener belongs to.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
