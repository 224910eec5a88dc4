namespace CkiSdk;

/// <summary>Adds to every transport what follows from its contract.</summary>
public static class CkiTransportExtensions
{
    // A peer whose clock is behind, or that names no time at all, must not make the loop spin.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>Sends a request and, while the answer is waiting, asks for it again at the times that the other side names.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="request">The DER of one PKIMessage.</param>
    /// <param name="patience">How long to keep asking. An answer that would come later is returned as waiting.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The final answer, or the last one that is waiting.</returns>
    /// <exception cref="ArgumentException">The request is empty or longer than the transport carries.</exception>
    /// <exception cref="CkiTransportException">There was no answer.</exception>
    public static async ValueTask<TransportAnswer> ExchangeToEndAsync(
        this ICkiTransport transport, ReadOnlyMemory<byte> request, TimeSpan patience, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        time ??= TimeProvider.System;
        var end = time.GetUtcNow() + patience;
        while (true)
        {
            var answer = await transport.ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.CheckBack is not { } checkBack) return answer;

            var now = time.GetUtcNow();
            var next = checkBack > now + ShortestPause ? checkBack : now + ShortestPause;
            if (next > end) return answer;
            await Task.Delay(next - now, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
