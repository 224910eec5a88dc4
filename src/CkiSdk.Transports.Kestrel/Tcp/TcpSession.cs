using System.IO.Pipelines;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Serves one connection: reads a frame, lets it be answered, writes the answer, and only then reads the next one.</summary>
/// <remarks>
/// So a client's requests are handled in the order in which it sent them, its answers come in that order, and what it sends ahead waits
/// in buffers of bounded size, then on its own side. One deadline at a time ends a connection that does not get on.
/// </remarks>
internal sealed class TcpSession(IDuplexPipe transport, ITcpDialogue dialogue, TcpListenerOptions options, CancellationToken stopping, CancellationToken aborting)
    : IDisposable
{
    // How long a refused client may take to read why, before the rest of what it sends makes the system reset the connection.
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(1);
    // A bind is a token with some certificates. Who has not shown yet who he is fills no more memory than that.
    private const int BindLimit = 64 * 1024;

    private readonly CancellationTokenSource _deadline = new(Timeout.InfiniteTimeSpan, options.Time);

    /// <summary>Serves until the client closes, breaks the rules or is too slow, or the listener stops.</summary>
    /// <returns>Why the connection ends, in words for the log.</returns>
    public async Task<string> RunAsync()
    {
        // A read that waits for the next frame ends when the listener stops; what is being handled is answered first.
        await using var stop = stopping.Register(transport.Input.CancelPendingRead).ConfigureAwait(false);
        while (!stopping.IsCancellationRequested)
        {
            var (frame, end) = await ReadAsync().ConfigureAwait(false);
            if (frame is null) return end;

            _deadline.CancelAfter(Timeout.InfiniteTimeSpan);
            var (answer, ends) = await dialogue.AnswerAsync(frame, aborting).ConfigureAwait(false);
            await WriteAsync(answer).ConfigureAwait(false);
            if (ends) return await DismissAsync((answer as TcpFrame.ErrorMsgRep)?.Text).ConfigureAwait(false);
        }

        return "the listener stops";
    }

    /// <inheritdoc/>
    public void Dispose() => _deadline.Dispose();

    private async ValueTask<(TcpFrame? Frame, string End)> ReadAsync()
    {
        _deadline.CancelAfter(dialogue.IsOpen ? options.IdleTimeout : options.HandshakeTimeout);
        var limit = dialogue.IsOpen ? options.FrameLimit : Math.Min(options.FrameLimit, BindLimit);
        var begun = false;
        while (true)
        {
            var result = await transport.Input.ReadAsync(_deadline.Token).ConfigureAwait(false);
            var received = result.Buffer;
            var status = TcpFraming.Read(ref received, limit, out var frame, out var violation);
            transport.Input.AdvanceTo(received.Start, status == TcpFrameStatus.Frame ? received.Start : received.End);
            if (status == TcpFrameStatus.Frame) return (frame, "");
            if (status == TcpFrameStatus.Violation) return (null, await RefuseAsync(violation!).ConfigureAwait(false));
            if (result.IsCompleted) return (null, received.IsEmpty ? "the client closed it" : "the client closed it in the middle of a frame");
            if (result.IsCanceled) return (null, "the listener stops");
            if (!begun && !received.IsEmpty)
            {
                begun = true;
                _deadline.CancelAfter(options.FrameTimeout);
            }
        }
    }

    private async ValueTask WriteAsync(TcpFrame frame)
    {
        _deadline.CancelAfter(options.WriteTimeout);
        TcpFraming.Write(frame, transport.Output);
        await transport.Output.FlushAsync(_deadline.Token).ConfigureAwait(false);
    }

    private async ValueTask<string> RefuseAsync(string violation)
    {
        await WriteAsync(new TcpFrame.ErrorMsgRep(violation)).ConfigureAwait(false);
        return await DismissAsync(violation).ConfigureAwait(false);
    }

    // Closing while octets of the client lie unread would reset the connection and could destroy the refusal on its way.
    private async ValueTask<string> DismissAsync(string? reason)
    {
        _deadline.CancelAfter(FarewellTimeout);
        try
        {
            ReadResult result;
            do
            {
                result = await transport.Input.ReadAsync(_deadline.Token).ConfigureAwait(false);
                transport.Input.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted && !result.IsCanceled);
        }
        catch (OperationCanceledException)
        {
            // The client has had its time.
        }

        return $"refused: {reason}";
    }
}
