using System.Diagnostics;
using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Listening;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Answers the requests of the HTTP transport for one party (CKI profile section 7).</summary>
internal sealed partial class HttpEndpoint(IMessageHandler party, HttpServerOptions options, ILogger<HttpEndpoint> logger, CancellationToken aborting)
{
    private static readonly ActivitySource Activities = new(CkiDiagnostics.ActivitySourceName);

    private readonly HttpClients _clients = new(options.Clients);
    private readonly ClientConnections _inHand = new(options.RequestsPerClient);
    private readonly HttpBody _body = new(options);

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request and its answer.</param>
    public async Task ServeAsync(HttpContext context)
    {
        using var activity = Continue(context.Request);
        var (client, refusal) = _clients.Find(context);
        if (refusal is not null)
        {
            LogNotAccepted(refusal);
            // A header says so in HTTP/1.1, a GOAWAY frame in HTTP/2: else the client would stay on this connection, and be refused when he is accepted again.
            context.Response.Headers.Connection = "close";
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "You are not accepted. Connect anew.").ConfigureAwait(false);
        }
        else if (client is null || _inHand.TryAdd(client.Name))
        {
            try
            {
                await ServeAsync(context, client).ConfigureAwait(false);
            }
            finally
            {
                if (client is not null) _inHand.Remove(client.Name);
            }
        }
        else
        {
            LogTooMany(client.Name, options.RequestsPerClient);
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "You have too many requests in hand. Wait for their answers.").ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(HttpContext context, Peer? client)
    {
        try
        {
            await (HttpMethods.IsPost(context.Request.Method) ? PostAsync(context, client) : GetAsync(context, client)).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            LogEnded(context.Connection.Id, exception.Message);
            await RefuseAsync(context, exception.StatusCode, "The request is not as HTTP has it, or too slow.").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException || (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            LogEnded(context.Connection.Id, "it was cut");
            context.Abort();
        }
        catch (Exception exception)
        {
            // A fault of the party, such as a full disk, is no answer; nor is the end of the application.
            LogFailed(exception, context.Connection.Id);
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The message could not be handled. Send it again.").ConfigureAwait(false);
        }
    }

    private async Task PostAsync(HttpContext context, Peer? client)
    {
        var (octets, status, words) = await _body.ReadAsync(context).ConfigureAwait(false);
        if (words is not null)
        {
            LogEnded(context.Connection.Id, words);
            await RefuseAsync(context, status, words).ConfigureAwait(false);
            return;
        }

        switch (await party.HandleAsync(new DeliveredMessage(octets, ServicesOf(client), client), aborting).ConfigureAwait(false))
        {
            case HandlingResult.Answer answer:
                await SendAsync(context, answer.Message).ConfigureAwait(false);
                break;
            case HandlingResult.Waiting waiting:
                context.Response.Headers.RetryAfter = HttpMapping.WriteTime(waiting.NotBefore);
                await SendAsync(context, waiting.Message).ConfigureAwait(false);
                break;
            case HandlingResult.Refused refused:
                await RefuseAsync(context, StatusCodes.Status400BadRequest, refused.Text).ConfigureAwait(false);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                context.Response.ContentLength = 0;
                break;
        }
    }

    private async Task GetAsync(HttpContext context, Peer? client)
    {
        var asked = context.Request.Query[HttpMapping.AfterParameter];
        long after = 0;
        if (asked.Count > 1 || (asked.Count == 1 && !HttpMapping.TryReadNumber(asked[0], out after)))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "'after' is one number of decimal digits, at most 2^63 - 1.").ConfigureAwait(false);
        }
        else if (client is null)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Announcements wait for who has authenticated himself by a certificate over TLS 1.3.").ConfigureAwait(false);
        }
        else if (await party.AnnouncementAfterAsync(client, ServicesOf(client), after, aborting).ConfigureAwait(false) is { } announcement)
        {
            context.Response.Headers[HttpMapping.AnnouncementHeader] = HttpMapping.WriteNumber(announcement.Number);
            await SendAsync(context, announcement.Message).ConfigureAwait(false);
        }
        else
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static SecurityServices ServicesOf(Peer? client) => client is null ? SecurityServices.None : SecurityServices.All;

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> message)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = HttpMapping.MediaType;
        context.Response.ContentLength = message.Length;
        await context.Response.Body.WriteAsync(message, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string words)
    {
        if (context.Response.HasStarted) return;
        var octets = Encoding.UTF8.GetBytes(words);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = octets.Length;
        try
        {
            await context.Response.Body.WriteAsync(octets, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // Nobody reads it.
        }
    }

    // Where the application does not trace requests itself, what the client traces goes on here all the same (W3C Trace Context).
    private static Activity? Continue(HttpRequest request)
    {
        if (Activity.Current is not null || !Activities.HasListeners()) return null;
        _ = ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent);
        return Activities.StartActivity("cki.http", ActivityKind.Server, parent);
    }

    [LoggerMessage(1, LogLevel.Information, "A client is not accepted: {Reason}")]
    private partial void LogNotAccepted(string reason);

    [LoggerMessage(2, LogLevel.Debug, "A request of connection {Connection} ends: {Reason}")]
    private partial void LogEnded(string connection, string reason);

    [LoggerMessage(3, LogLevel.Error, "A request of connection {Connection} could not be handled")]
    private partial void LogFailed(Exception exception, string connection);

    [LoggerMessage(4, LogLevel.Warning, "A request of {Client} is turned away: {Limit} of his are in hand already")]
    private partial void LogTooMany(object client, int limit);
}
