using CkiSdk.Crypto;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Hosting;

/// <summary>Configures the CMA that <see cref="CkiServiceCollectionExtensions.AddCkiServer"/> adds.</summary>
public sealed class CkiServerOptions
{
    /// <summary>Gets or sets what the CMA is. Required.</summary>
    public CmaOptions? Cma { get; set; }

    /// <summary>Gets or sets the cryptography; its Diffie–Hellman must be constant-time. Required.</summary>
    public CryptoProvider? Provider { get; set; }

    /// <summary>Gets or sets what opens the store; the server owns it. Required.</summary>
    public Func<IServiceProvider, CancellationToken, Task<ICmaStore>>? Store { get; set; }

    /// <summary>Gets or sets what starts a listener for a party, such as <c>TcpListenerHost.StartAsync</c>; null for a CMA that nobody connects to. The server owns it.</summary>
    public Func<IServiceProvider, IMessageHandler, CancellationToken, Task<IAsyncDisposable>>? Listen { get; set; }

    /// <summary>Gets or sets the way to a party by its name in canonical form; null for parties that ask for their announcements themselves.</summary>
    public Func<string, ICkiTransport?>? Route { get; set; }

    /// <summary>Gets or sets how often announcements are brought; a second by default.</summary>
    public TimeSpan DeliveryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how often the CMA does what is due by the clock; an hour by default.</summary>
    public TimeSpan MaintenanceInterval { get; set; } = TimeSpan.FromHours(1);
}
