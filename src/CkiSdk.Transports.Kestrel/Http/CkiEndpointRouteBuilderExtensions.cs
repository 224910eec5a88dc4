using CkiSdk.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Puts a party into an ASP.NET Core application.</summary>
public static class CkiEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Maps the HTTP transport of a party: messages by POST, announcements by GET (CKI profile section 7). The address has to use TLS 1.3 with certificates of the clients, as by
    /// <see cref="CkiListenOptionsExtensions.UseCkiTls"/>; the endpoint checks each of them itself, whatever the application's TLS accepts.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="party">The party that handles messages, often in a <see cref="CkiServer"/>. It stays the caller's and must be of use until the application has stopped.</param>
    /// <param name="options">The configuration.</param>
    /// <returns>The endpoint, for conventions of the application.</returns>
    public static IEndpointConventionBuilder MapCki(this IEndpointRouteBuilder endpoints, IMessageHandler party, HttpServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(options);

        // What is being handled goes on when its client has left: the answer is stored, and he asks for it again.
        var stopped = endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopped ?? CancellationToken.None;
        var loggers = options.LoggerFactory ?? endpoints.ServiceProvider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        return endpoints.MapCki(party, options, loggers, stopped);
    }

    internal static IEndpointConventionBuilder MapCki(this IEndpointRouteBuilder endpoints, IMessageHandler party, HttpServerOptions options, ILoggerFactory loggers, CancellationToken aborting)
    {
        var endpoint = new HttpEndpoint(party, options, loggers.CreateLogger<HttpEndpoint>(), aborting);
        return endpoints.MapMethods(options.Path, Methods, endpoint.ServeAsync).WithDisplayName("CKI");
    }
}
