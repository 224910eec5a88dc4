using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Exchange;

namespace CkiSdk.Cli.Pki;

/// <summary>Sends each line of an input as one message and takes the peer's messages, both at once, until both sides have ended.</summary>
/// <param name="frames">What carries the messages.</param>
/// <param name="channel">What protects them.</param>
internal sealed class ExchangeTalk(ExchangeFrames frames, ExchangeChannel channel)
{
    /// <summary>Talks.</summary>
    /// <param name="input">The lines to send.</param>
    /// <param name="take">Takes each line of the peer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">A message was refused.</exception>
    /// <exception cref="CkiTransportException">The connection broke.</exception>
    public async Task RunAsync(TextReader input, Func<string, Task> take, CancellationToken cancellationToken)
    {
        var sending = SendAsync(input, cancellationToken);
        var receiving = ReceiveAsync(take, cancellationToken);

        // Whoever fails first ends the talk; an input that nobody closes must not keep it.
        await await Task.WhenAny(sending, receiving).ConfigureAwait(false);
        await Task.WhenAll(sending, receiving).ConfigureAwait(false);
    }

    private async Task SendAsync(TextReader input, CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            await frames.WriteAsync(Seal(line), cancellationToken).ConfigureAwait(false);
        }

        await frames.WriteAsync(channel.Seal([], isLast: true), cancellationToken).ConfigureAwait(false);
    }

    private byte[] Seal(string line)
    {
        var octets = Encoding.UTF8.GetBytes(line);
        return octets.Length <= ExchangeChannel.MaxMessage ? channel.Seal(octets) : throw CommandException.Usage("A line is longer than 1 MiB.");
    }

    private async Task ReceiveAsync(Func<string, Task> take, CancellationToken cancellationToken)
    {
        while (!channel.HasPeerEnded)
        {
            var frame = await frames.ReadAsync(cancellationToken).ConfigureAwait(false);
            using var message = channel.Open(frame, out var refusal)
                ?? throw new CommandException(ExitCodes.Rejected, $"The peer's message {channel.Received} was refused: {refusal}.");
            if (!channel.HasPeerEnded)
            {
                await take(Failures.OneLine(Encoding.UTF8.GetString(message.Span))).ConfigureAwait(false);
            }
        }
    }
}
