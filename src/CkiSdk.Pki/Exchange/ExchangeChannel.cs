using System.Buffers.Binary;
using CkiSdk.Asn1.Modules.SecureExchange;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Exchange;

/// <summary>Is the last state of an exchange: messages go both ways, numbered, encrypted and authenticated by AES-256-GCM.</summary>
/// <remarks>A message that was changed, repeated, left out or that changed places is refused, and with it everything after it.</remarks>
public sealed class ExchangeChannel : IDisposable
{
    /// <summary>The longest message in octets.</summary>
    public const int MaxMessage = 1024 * 1024;

    private const int TagLength = 16;
    private const int Overhead = 64;

    private readonly Secret _sendKey;
    private readonly Secret _receiveKey;
    private readonly CryptoProvider _provider;
    private bool _isRefused;

    internal ExchangeChannel(Secret sendKey, Secret receiveKey, CryptoProvider provider) => (_sendKey, _receiveKey, _provider) = (sendKey, receiveKey, provider);

    /// <summary>Gets how many messages were sealed.</summary>
    public long Sent { get; private set; }

    /// <summary>Gets how many messages were opened.</summary>
    public long Received { get; private set; }

    /// <summary>Gets whether the own last message was sealed.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets whether the peer's last message was opened; without it, somebody may have cut the rest off.</summary>
    public bool HasPeerEnded { get; private set; }

    /// <summary>Encrypts the next message.</summary>
    /// <param name="content">The message, at most <see cref="MaxMessage"/> octets.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <returns>The octets for the peer.</returns>
    /// <exception cref="ArgumentException">The message is too long.</exception>
    /// <exception cref="InvalidOperationException">The last message was sealed, or there were 2^32.</exception>
    public byte[] Seal(ReadOnlySpan<byte> content, bool isLast = false)
    {
        if (content.Length > MaxMessage)
            throw new ArgumentException("The message is too long.", nameof(content));
        if (HasEnded || Sent > uint.MaxValue)
            throw new InvalidOperationException("The channel has ended in this direction.");
        var ciphertext = new byte[content.Length + TagLength];
        _provider.ContentCipher.Encrypt(_sendKey, Nonce(Sent), content, Context(Sent, isLast), ciphertext.AsSpan(0, content.Length), ciphertext.AsSpan(content.Length));
        var message = new ExchangeMessage { Number = Sent, Last = isLast, Ciphertext = ciphertext };
        Sent++;
        HasEnded = isLast;
        return message.Encode();
    }

    /// <summary>Checks and decrypts the peer's next message.</summary>
    /// <param name="message">The octets from the peer.</param>
    /// <param name="refusal">Why it was refused, where the answer is <see langword="null"/>.</param>
    /// <returns>The message, owned by the caller; <see langword="null"/> if it was refused, and from then on for all others.</returns>
    public Secret? Open(ReadOnlyMemory<byte> message, out ExchangeRefusal refusal)
    {
        var opened = TryOpen(message, out refusal);
        _isRefused |= opened is null;
        return opened;
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        _sendKey.Dispose();
        _receiveKey.Dispose();
    }

    private Secret? TryOpen(ReadOnlyMemory<byte> octets, out ExchangeRefusal refusal)
    {
        refusal = ExchangeRefusal.Closed;
        if (_isRefused || HasPeerEnded)
            return null;
        refusal = ExchangeRefusal.Malformed;
        if (octets.Length > MaxMessage + Overhead || !ExchangeMessage.TryDecode(octets, out var message) || message.Ciphertext.Length < TagLength)
            return null;
        if (message.Number != Received)
        {
            refusal = message.Number < Received ? ExchangeRefusal.Replayed : ExchangeRefusal.OutOfOrder;
            return null;
        }

        refusal = ExchangeRefusal.NotAuthentic;
        var ciphertext = message.Ciphertext.Span;
        var content = _provider.ContentCipher.Decrypt(_receiveKey, Nonce(Received), ciphertext[..^TagLength], ciphertext[^TagLength..], Context(Received, message.Last));
        if (content is null)
            return null;
        Received++;
        HasPeerEnded = message.Last;
        refusal = ExchangeRefusal.None;
        return content;
    }

    // Each direction has a key of its own, so that a number never meets a key twice.
    private static byte[] Nonce(long number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }

    private static byte[] Context(long number, bool isLast) => new ExchangeMessageContext { Number = number, Last = isLast }.Encode();
}
