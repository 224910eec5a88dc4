using CkiSdk.Crypto;
using CkiSdk.Protocol.Client;

namespace CkiSdk.Hosting;

/// <summary>Configures the client that <see cref="CkiServiceCollectionExtensions.AddCkiClient"/> adds.</summary>
public sealed class CkiClientOptions
{
    /// <summary>Gets or sets the user, his CMA and his encryption key. Required.</summary>
    public UserAgentOptions? Agent { get; set; }

    /// <summary>Gets or sets the cryptography. Required.</summary>
    public CryptoProvider? Provider { get; set; }

    /// <summary>Gets or sets what makes the way to the CMA; the client owns it. Required.</summary>
    public Func<IServiceProvider, ICkiTransport>? Transport { get; set; }

    /// <summary>Gets or sets what reads the state of an earlier run; null for none. The state is disposed of after it was taken.</summary>
    public Func<IServiceProvider, AgentState?>? Restore { get; set; }

    /// <summary>Gets or sets what keeps the state (<see cref="UserAgent.Save"/>) after each change; null keeps nothing.</summary>
    public Func<UserAgent, CancellationToken, ValueTask>? Keep { get; set; }
}
