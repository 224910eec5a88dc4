using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.SecureExchange;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Pki.Exchange;

/// <summary>Is the second state of an exchange: the peer's certificate is checked, the own key is ready to be sent, and the peer's is awaited.</summary>
public sealed class ExchangeKeying : IDisposable
{
    private const int KeyLength = 32;
    private const int MaxKeyMessage = 256 * 1024;

    private readonly ExchangeIdentity _identity;
    private readonly ExchangeRole _role;
    private readonly (ReadOnlyMemory<byte> Mine, ReadOnlyMemory<byte> Theirs) _hellos;
    private readonly CryptoProvider _provider;
    private readonly Secret _key;

    private ExchangeKeying(
        ExchangeIdentity identity, Certificate peer, ExchangeRole role, (ReadOnlyMemory<byte> Mine, ReadOnlyMemory<byte> Theirs) hellos, CryptoProvider provider)
    {
        (_identity, Peer, _role, _hellos, _provider) = (identity, peer, role, hellos, provider);
        _key = Secret.Random(KeyLength, provider.Random);
    }

    /// <summary>Gets the peer's certificate, which was checked.</summary>
    public Certificate Peer { get; }

    /// <summary>Gets the second flight: the own key, encrypted to the peer and signed together with both hellos.</summary>
    public ReadOnlyMemory<byte> KeyMessage { get; private set; }

    /// <summary>Verifies the peer's signature, decrypts his key and derives the keys of both directions.</summary>
    /// <param name="keyMessage">The peer's second flight.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The channel, which the caller disposes.</returns>
    /// <exception cref="ExchangeRefusedException">The octets are not signed by the peer for this exchange, or his key does not decrypt.</exception>
    /// <exception cref="CryptoProviderException">A device failed.</exception>
    public async ValueTask<ExchangeChannel> AcceptAsync(ReadOnlyMemory<byte> keyMessage, CancellationToken cancellationToken = default)
    {
        if (keyMessage.Length > MaxKeyMessage)
            throw new ExchangeRefusedException("The peer's key message is too long.");
        var signed = await VerifyAsync(keyMessage, cancellationToken).ConfigureAwait(false);
        using var theirs = await DecryptAsync(signed.EncryptedKey.Memory, cancellationToken).ConfigureAwait(false);
        var isInitiator = _role == ExchangeRole.Initiator;
        using var both = new Secret(2 * KeyLength);
        (isInitiator ? _key : theirs).Span.CopyTo(both.Span);
        (isInitiator ? theirs : _key).Span.CopyTo(both.Span[KeyLength..]);
        var transcript = Transcript(keyMessage);
        using var extracted = Hkdf.Extract(transcript, both);
        return new ExchangeChannel(Derive(extracted, _role, transcript), Derive(extracted, Other, transcript), _provider);
    }

    /// <summary>Zeroes the own key.</summary>
    public void Dispose() => _key.Dispose();

    internal static async ValueTask<ExchangeKeying> StartAsync(
        ExchangeIdentity identity, Certificate peer, ExchangeRole role, ReadOnlyMemory<byte> mine, ReadOnlyMemory<byte> theirs, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var keying = new ExchangeKeying(identity, peer, role, (mine, theirs), provider);
        await keying.SignAsync(cancellationToken).ConfigureAwait(false);
        return keying;
    }

    private ExchangeRole Other => _role == ExchangeRole.Initiator ? ExchangeRole.Responder : ExchangeRole.Initiator;

    private async ValueTask SignAsync(CancellationToken cancellationToken)
    {
        using var envelope = new MemoryStream();
        var octets = _key.Span.ToArray();
        using var content = new MemoryStream(octets);
        try
        {
            await MessageEnvelopes.EncryptAsync(content, envelope, new EnvelopeOptions { Recipients = [RecipientOf(Peer)] }, _provider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }

        var key = new ExchangeKey
        {
            Label = "CKI-1 exchange key",
            Role = _role,
            Sender = SHA256.HashData(_hellos.Mine.Span),
            Recipient = SHA256.HashData(_hellos.Theirs.Span),
            EncryptedKey = envelope.ToArray(),
        };
        using var message = new MemoryStream();
        var options = new SigningOptions
        {
            Signers = [new MessageSigner { Certificate = _identity.Certificate, Key = _identity.SigningKey }],
            ContentType = SecureExchangeValues.IdCkiCtExchangeKey,
            OmitSigners = true, // the hello has it
        };
        await SignedMessages.SignAsync(new MemoryStream(key.Encode()), message, options, cancellationToken).ConfigureAwait(false);
        KeyMessage = message.ToArray();
    }

    private async ValueTask<ExchangeKey> VerifyAsync(ReadOnlyMemory<byte> keyMessage, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        SignedMessage signed;
        try
        {
            signed = await SignedMessages.VerifyAsync(
                new MemoryStream(keyMessage.ToArray()), content, _provider, new VerificationOptions { Certificates = [Peer] }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DerException or InvalidOperationException)
        {
            throw new ExchangeRefusedException("The peer sent no key message.", e);
        }

        // Each of these is signed: who says it, to whom, and in which exchange.
        var isGood = signed is { IsIntact: true, Signatures.Count: 1 }
            && Peer.Equals(signed.Signatures[0].Certificate)
            && signed.ContentType == SecureExchangeValues.IdCkiCtExchangeKey;
        return isGood
            && ExchangeKey.TryDecode(content.ToArray(), out var key)
            && key.Role == Other
            && key.Sender.Span.SequenceEqual(SHA256.HashData(_hellos.Theirs.Span))
            && key.Recipient.Span.SequenceEqual(SHA256.HashData(_hellos.Mine.Span))
                ? key
                : throw new ExchangeRefusedException("The key message is not signed by the peer for this exchange.");
    }

    private async ValueTask<Secret> DecryptAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        await using var staged = new StagedBuffer();
        try
        {
            var opened = await MessageEnvelopes.DecryptAsync(
                new MemoryStream(envelope.ToArray()), _identity.EnvelopeKey, staged, _provider, new OpeningOptions { RequireAuthentication = true }, cancellationToken).ConfigureAwait(false);
            if (opened.IsOpened && staged.Content is { Length: KeyLength } octets)
            {
                var key = Secret.From(octets);
                CryptographicOperations.ZeroMemory(octets);
                return key;
            }
        }
        catch (DerException e)
        {
            throw new ExchangeRefusedException("The peer's key is no encrypted message.", e);
        }

        throw new ExchangeRefusedException("The peer's key does not decrypt.");
    }

    private byte[] Transcript(ReadOnlyMemory<byte> theirKey)
    {
        var (first, second) = _role == ExchangeRole.Initiator ? ((_hellos.Mine, KeyMessage), (_hellos.Theirs, theirKey)) : ((_hellos.Theirs, theirKey), (_hellos.Mine, KeyMessage));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (ReadOnlyMemory<byte>[])[first.Item1, second.Item1, first.Item2, second.Item2])
            hash.AppendData(part.Span); // each is one element of DER, or BER that was read to its end: the parts do not run into each other
        return hash.GetHashAndReset();
    }

    private static Secret Derive(Secret key, ExchangeRole sender, byte[] transcript) =>
        Hkdf.Expand(key, new ExchangeKeyInput { Label = "CKI-1 exchange direction", Sender = sender, Transcript = transcript }.Encode(), KeyLength);

    private static EnvelopeRecipient RecipientOf(Certificate peer)
    {
        try
        {
            return EnvelopeRecipient.For(peer);
        }
        catch (ArgumentException e)
        {
            throw new ExchangeRefusedException("The peer's certificate cannot receive keys.", e);
        }
    }
}
