using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CkiSdk.Transports.Kestrel.Health;

/// <summary>Puts pages into an ASP.NET Core application that say how a party is, for machines that watch it.</summary>
public static class CkiHealthExtensions
{
    /// <summary>Maps <c>/livez</c> and <c>/readyz</c>: 200 where all is good and 503 where something is not, both with one JSON document that names each thing that was looked at.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="live">Looks whether the process does its work; where not, to start it anew makes sense.</param>
    /// <param name="ready">Looks whether it can answer; where not, requests should go elsewhere or wait.</param>
    public static IEndpointRouteBuilder MapCkiHealth(
        this IEndpointRouteBuilder endpoints, Func<CancellationToken, ValueTask<IReadOnlyList<HealthCheck>>> live, Func<CancellationToken, ValueTask<IReadOnlyList<HealthCheck>>> ready)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(live);
        ArgumentNullException.ThrowIfNull(ready);
        endpoints.MapGet("/livez", context => AnswerAsync(context, live, "alive", "not alive"));
        endpoints.MapGet("/readyz", context => AnswerAsync(context, ready, "ready", "not ready"));
        return endpoints;
    }

    private static async Task AnswerAsync(HttpContext context, Func<CancellationToken, ValueTask<IReadOnlyList<HealthCheck>>> look, string good, string bad)
    {
        var checks = await look(context.RequestAborted).ConfigureAwait(false);
        var isGood = checks.All(check => check.IsGood);
        context.Response.StatusCode = isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("status", isGood ? good : bad);
        writer.WriteStartArray("checks");
        foreach (var check in checks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", check.Name);
            writer.WriteBoolean("ok", check.IsGood);
            writer.WriteString("text", check.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
