using CkiSdk.Web.Options;
using CkiSdk.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CkiSdk.Web;

/// <summary>Puts the web pages of a CMA into an ASP.NET Core application.</summary>
public static class CmaPagesEndpointRouteBuilderExtensions
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Changing = [HttpMethods.Post];

    /// <summary>Maps the pages. Without TLS they are for this machine alone, and to read; else the address has to use TLS 1.3 and ask clients for their certificates, which the pages check themselves, whatever the application's TLS accepts.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="options">The configuration.</param>
    /// <returns>The endpoints, for conventions of the application.</returns>
    /// <exception cref="ArgumentException">There is no certificate to show, or the path does not begin with a slash.</exception>
    public static IEndpointConventionBuilder MapCmaPages(this IEndpointRouteBuilder endpoints, CmaPagesOptions options)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Certificates.Count == 0) throw new ArgumentException("The certificate of the CMA is missing.", nameof(options));
        if (options.Path.Length > 0 && !options.Path.StartsWith('/')) throw new ArgumentException("The path does not begin with a slash.", nameof(options));
        var site = new CmaSite(options);
        var group = endpoints.MapGroup(options.Path.TrimEnd('/'));
        foreach (var page in site.Pages)
        {
            group.MapMethods(page.Path, Reading, context => site.ShowAsync(context, page));
        }

        foreach (var change in site.Changes)
        {
            group.MapMethods(change.Path, Changing, context => site.ChangeAsync(context, change));
        }

        group.MapMethods(TimelinePicture.Path, Reading, site.ShowTimelineAsync);
        group.MapMethods("/style.css", Reading, site.ShowStyleAsync);
        return group;
    }
}
