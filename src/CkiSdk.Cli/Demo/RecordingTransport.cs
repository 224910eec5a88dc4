using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol;

namespace CkiSdk.Cli.Demo;

/// <summary>Leaves the DER of every message that passes in the demo's folder.</summary>
/// <param name="inner">What carries the messages.</param>
/// <param name="folder">The folder.</param>
internal sealed class RecordingTransport(ICkiTransport inner, DemoFolder folder) : ICkiTransport
{
    /// <inheritdoc/>
    public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        Record(request);
        var answer = await inner.ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Message is { } message)
        {
            Record(message);
        }

        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
    {
        var announcement = await inner.NextAnnouncementAsync(acknowledgesPrevious, cancellationToken).ConfigureAwait(false);
        if (announcement is not null)
        {
            Record(announcement.Octets);
        }

        return announcement;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Record(ReadOnlyMemory<byte> message)
    {
        var body = PKIMessage.TryDecode(message, out var decoded) ? decoded.Body.GetType().Name : "message";
        folder.WriteMessage(char.ToLowerInvariant(body[0]) + body[1..], message);
    }
}
