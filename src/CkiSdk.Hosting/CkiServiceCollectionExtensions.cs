using CkiSdk.Protocol.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CkiSdk.Hosting;

/// <summary>Adds clients and servers of the CKI to a host.</summary>
public static class CkiServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="CkiClient"/> with its <see cref="UserAgent"/>, each one for the whole host. The options are validated when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddCkiClient(this IServiceCollection services, Action<CkiClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<CkiClientOptions>().Configure(configure)
            .Validate(options => options.Agent is not null, "CkiClientOptions.Agent is missing: the user, his CMA certificate and his encryption key.")
            .Validate(options => options.Provider is not null, "CkiClientOptions.Provider is missing, such as CryptoProviders.Software.")
            .Validate(options => options.Transport is not null, "CkiClientOptions.Transport is missing: the way to the CMA.")
            .ValidateOnStart();
        AddShared(services);
        services.AddSingleton(MakeAgent);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CkiClientOptions>>().Value.Transport!(provider));
        services.AddSingleton(MakeClient);
        return services;
    }

    /// <summary>Adds a CMA that runs while the host does (<see cref="CkiServerService"/>): it listens, brings announcements and renews what ends. The options are validated when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddCkiServer(this IServiceCollection services, Action<CkiServerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<CkiServerOptions>().Configure(configure)
            .Validate(options => options.Cma is not null, "CkiServerOptions.Cma is missing: certificate, keys and policy of the CMA.")
            .Validate(options => options.Provider is not null, "CkiServerOptions.Provider is missing, such as CryptoProviders.Software.")
            .Validate(options => options.Store is not null, "CkiServerOptions.Store is missing, such as SqliteCmaStore.")
            .Validate(options => options.DeliveryInterval > TimeSpan.Zero && options.MaintenanceInterval > TimeSpan.Zero, "CkiServerOptions: an interval is not positive.")
            .ValidateOnStart();
        AddShared(services);
        services.AddSingleton<CkiServerService>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<CkiServerService>());
        return services;
    }

    private static void AddShared(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
    }

    private static UserAgent MakeAgent(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<CkiClientOptions>>().Value;
        var agent = new UserAgent(options.Agent!, options.Provider!, provider.GetRequiredService<TimeProvider>());
        using var state = options.Restore?.Invoke(provider);
        if (state is not null)
        {
            agent.Restore(state);
        }

        return agent;
    }

    private static CkiClient MakeClient(IServiceProvider provider)
    {
        var keep = provider.GetRequiredService<IOptions<CkiClientOptions>>().Value.Keep;
        var agent = provider.GetRequiredService<UserAgent>();
        return new CkiClient(agent, provider.GetRequiredService<ICkiTransport>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger<CkiClient>())
        {
            Keep = keep is null ? null : stop => keep(agent, stop),
        };
    }
}
