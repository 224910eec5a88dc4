using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Binding;

/// <summary>Binds one connection from the side that opened it (CKI Part 2 ¶133, profile section 6), without I/O.</summary>
/// <param name="options">Who binds, and to whom.</param>
/// <param name="channel">The connection.</param>
/// <param name="time">The clock.</param>
public sealed class BindInitiator(BindOptions options, BindChannel channel, TimeProvider time)
{
    private readonly TokenCheck _check = new(options.Identity.Name, options.Anchors, options.ClockTolerance, options.Provider, time);
    private (PKIMessage Message, BitString Random)? _request;

    /// <summary>Makes the first message of the connection.</summary>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The DER of ckiBindrr.</returns>
    /// <exception cref="InvalidOperationException">It was made before: each connection is bound once.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> BeginAsync(CancellationToken cancellationToken = default)
    {
        if (_request is not null)
        {
            throw new InvalidOperationException("The connection is bound already, or was tried.");
        }

        var random = BindToken.NewRandom(channel, options.Provider);
        var now = time.GetUtcNow();
        var credentials = await BindToken.SignAsync(options.Identity, options.Responder, random, response: null, now, cancellationToken).ConfigureAwait(false);
        var message = new MessageWriter(options.Identity.Name, options.Provider.Random).Begin(options.Responder, new PKIBody.CkiBindrr(credentials), now);
        message = message with { Header = message.Header with { SenderNonce = random.Octets[..MessageWriter.NonceLength] } };
        _request = (message, random);
        return message.Encode();
    }

    /// <summary>Checks the answer; it is good for one connection.</summary>
    /// <param name="answer">The octets.</param>
    /// <returns>What all that follows goes through.</returns>
    /// <exception cref="CkiProtocolException">The responder has refused, or is not the one that is expected; the connection must be closed.</exception>
    public BoundConnection Complete(ReadOnlyMemory<byte> answer)
    {
        if (_request is not { Random: var random, Message: { Header: var request } })
        {
            throw new InvalidOperationException("The connection's bind has not begun.");
        }

        var content = Read(answer, request, out var message);
        if (content.Status is { Status: var status, FailInfo: var failure } && status != PKIStatus.Granted)
        {
            throw new CkiProtocolException(failure ?? default, failure?.Has(PKIFailureInfo.UnauthorisedAccess) == true
                ? $"{options.Responder} does not know {options.Identity.Name} (CKI Part 2 ¶137 a)."
                : $"{options.Responder} does not accept the credentials of {options.Identity.Name} (CKI Part 2 ¶137 b).");
        }

        var token = _check.Check(message, content.Credentials, channel, random);
        return token is not null && token.Signer.Subject.Equals(options.Responder)
            ? new BoundConnection(new Peer(token.Signer.Subject, token.Signer), channel.Services, random.Octets[..MessageWriter.NonceLength], token.First)
            : throw new CkiProtocolException(PKIFailureInfo.InvalidCredentials, $"credentials: they are not those of {options.Responder} for this connection (profile section 6).");
    }

    private static CKIBindRepContent Read(ReadOnlyMemory<byte> answer, PKIHeader request, out PKIMessage message)
    {
        try
        {
            message = MessageReader.Decode(answer);
        }
        catch (DerException exception)
        {
            throw new CkiProtocolException($"ckiBindrp: {exception.Message}", exception);
        }

        return message.Body is PKIBody.CkiBindrp { Value: var content } && message.Header.TransactionID == request.TransactionID && message.Header.RecipNonce == request.SenderNonce
            ? content
            : throw new CkiProtocolException("body: it does not answer ckiBindrr (CKI Part 2 ¶134).");
    }
}
