using CkiSdk.Transports.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Reads the message of a request: of the right type, whole, and neither too large nor too slow.</summary>
internal sealed class HttpBody(HttpServerOptions options)
{
    private const int FirstBuffer = 4096;
    private const int RoomForChunks = 64 * 1024;

    /// <summary>Reads it.</summary>
    /// <returns>The message; where it is none, the state of the answer and why.</returns>
    /// <exception cref="BadHttpRequestException">The content is not as HTTP has it.</exception>
    public async ValueTask<(ReadOnlyMemory<byte> Octets, int Status, string? Words)> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMapping.IsMessage(request.ContentType)) return Refuse(StatusCodes.Status415UnsupportedMediaType, $"A message has the type {HttpMapping.MediaType}.");
        if (request.Headers.ContentEncoding.Count > 0) return Refuse(StatusCodes.Status415UnsupportedMediaType, "A message has no content encoding.");
        if (request.ContentLength > options.MessageLimit) return TooLarge();

        // The limit of Kestrel counts what is around chunks, too.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = (2L * options.MessageLimit) + RoomForChunks;
        using var timer = new CancellationTokenSource(options.MessageTimeout, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, context.RequestAborted);
        try
        {
            var octets = new byte[(int?)request.ContentLength ?? Math.Min(FirstBuffer, options.MessageLimit)];
            var count = 0;
            while (true)
            {
                if (count == octets.Length && count < options.MessageLimit) Array.Resize(ref octets, (int)Math.Min(options.MessageLimit, Math.Max(2L * count, FirstBuffer)));
                var read = await request.Body.ReadAsync(count < octets.Length ? octets.AsMemory(count) : new byte[1], both.Token).ConfigureAwait(false);
                if (read == 0) return count == 0 ? Refuse(StatusCodes.Status400BadRequest, "The message is empty.") : (octets.AsMemory(0, count), 0, null);
                if (count == octets.Length) return TooLarge();
                count += read;
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            return Refuse(StatusCodes.Status408RequestTimeout, $"The message has not come within {options.MessageTimeout}.");
        }
    }

    private (ReadOnlyMemory<byte> Octets, int Status, string? Words) TooLarge() =>
        Refuse(StatusCodes.Status413PayloadTooLarge, $"A message has at most {options.MessageLimit} octets.");

    private static (ReadOnlyMemory<byte> Octets, int Status, string? Words) Refuse(int status, string words) => (default, status, words);
}
