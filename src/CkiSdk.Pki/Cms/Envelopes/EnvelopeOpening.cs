using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens one message, if need be in two passes: the attributes that GCM authenticates stand behind the content, and it needs them before.</summary>
internal static class EnvelopeOpening
{
    /// <summary>Opens the message and releases the content if it is good.</summary>
    public static async Task<OpenedEnvelope> RunAsync(
        Stream message, EnvelopeKey key, IStagedOutput content, CryptoProvider provider, OpeningOptions options, CancellationToken cancellationToken)
    {
        var start = message.CanSeek ? message.Position : 0;
        var reader = new EnvelopeReader(message, key, content.Stream, provider, options);
        var opened = await reader.ReadAsync(options.RequiredAttributes, cancellationToken).ConfigureAwait(false);
        var isSurprising = options.RequiredAttributes is null && opened is { IsOpened: false, IsAddressed: true } && !Equals(reader.AssumedAttributes, opened.AuthenticatedAttributes);
        if (isSurprising && message.CanSeek)
        {
            message.Position = start;
            content.Stream.SetLength(0);
            var actual = opened.AuthenticatedAttributes;
            reader = new EnvelopeReader(message, key, content.Stream, provider, options);
            opened = await reader.ReadAsync((_, _) => actual, cancellationToken).ConfigureAwait(false);
        }

        if (opened.IsOpened)
            await content.CommitAsync(cancellationToken).ConfigureAwait(false);
        else
            content.Stream.SetLength(0);
        return opened;
    }
}
