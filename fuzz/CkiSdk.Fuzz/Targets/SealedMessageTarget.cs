using CkiSdk.Asn1;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Protocol.Sealing;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Opens anything as a protected message: only DerException escapes, and nothing is released but a content that was really sealed.</summary>
internal sealed class SealedMessageTarget : IFuzzTarget
{
    /// <summary>The content of every message in the corpus.</summary>
    public static readonly byte[] Content = "a sealed content"u8.ToArray();

    private readonly Lazy<SealedMessageWorld> _world = new(SealedMessageWorld.Create);

    /// <inheritdoc/>
    public string Name => "sealed";

    /// <inheritdoc/>
    public bool Try(byte[] input) => Open(input, SealingScheme.TokenKey) | Open(input, SealingScheme.OpenSsl);

    private bool Open(byte[] input, SealingScheme scheme)
    {
        var (world, last) = (_world.Value, default(Stage));
        OpenedMessage result;
        try
        {
            using var message = new MemoryStream(input);
            result = MessageOpener.OpenAsync(message, () => last = new Stage(), world.Opener(scheme), world.Provider, world.Time).GetAwaiter().GetResult();
        }
        catch (DerException)
        {
            return last?.Released is null ? false : throw new FuzzException("refused, but released");
        }

        if (result.IsOpened != (last?.Released is not null)) throw new FuzzException("opened without a content, or a content without being opened");
        if (last?.Released is { } released && !released.AsSpan().SequenceEqual(Content)) throw new FuzzException("opened to a content that nobody sealed");
        return result.IsOpened;
    }

    private sealed class Stage : IStagedOutput
    {
        private readonly MemoryStream _stream = new();

        public byte[]? Released { get; private set; }

        public Stream Stream => _stream;

        public ValueTask CommitAsync(CancellationToken cancellationToken = default)
        {
            Released = _stream.ToArray();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
