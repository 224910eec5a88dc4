using CkiSdk.Transports.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CkiSdk.Hosting;

/// <summary>Adds transports over HTTP to a host.</summary>
public static class CkiHttpServiceCollectionExtensions
{
    /// <summary>The name of the client of IHttpClientFactory, unless another one is said.</summary>
    public const string DefaultName = "cki";

    /// <summary>Adds an <see cref="HttpCkiTransport"/> whose requests go through a named client of IHttpClientFactory: as a service with that name for its key, and the first one without a key, too, such as for <see cref="CkiClientOptions.Transport"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Makes the configuration; called once.</param>
    /// <param name="name">The name of the client.</param>
    /// <returns>The client, for handlers of the application; its primary handler stays an <see cref="HttpPeerHandler"/>, which authenticates the server.</returns>
    public static IHttpClientBuilder AddCkiHttpTransport(this IServiceCollection services, Func<IServiceProvider, HttpTransportOptions> options, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.AddKeyedSingleton(name, (provider, _) => options(provider));
        services.AddKeyedSingleton(name, (provider, _) =>
        {
            var factory = provider.GetRequiredService<IHttpClientFactory>();
            return new HttpCkiTransport(provider.GetRequiredKeyedService<HttpTransportOptions>(name), () => factory.CreateClient(name));
        });
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<HttpCkiTransport>(name));

        // The transport has a time limit of its own, and no log of IHttpClientFactory needs to know of it.
        return services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => new HttpPeerHandler(provider.GetRequiredKeyedService<HttpTransportOptions>(name)));
    }
}
