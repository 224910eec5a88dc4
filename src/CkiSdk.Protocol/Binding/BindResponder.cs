using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Binding;

/// <summary>Answers the binds of those who connect to an authority (CKI Part 2 ¶134, profile section 6), without I/O. One serves all connections.</summary>
public sealed class BindResponder
{
    private readonly BindIdentity _identity;
    private readonly ICmaStore _store;
    private readonly CryptoProvider _provider;
    private readonly TimeProvider _time;
    private readonly TimeSpan _tolerance;
    private readonly TokenCheck _check;
    private readonly MessageWriter _writer;

    internal BindResponder(BindIdentity identity, IReadOnlyList<Certificate> anchors, TimeSpan tolerance, PartyContext party)
    {
        _identity = identity;
        _store = party.Store;
        (_provider, _time, _writer, _tolerance) = (party.Provider, party.Time, party.Writer, tolerance);
        _check = new TokenCheck(identity.Name, anchors, tolerance, party.Provider, party.Time);
    }

    /// <summary>Answers the first message of a connection; it must be a bind (CKI Part 2 ¶132).</summary>
    /// <param name="message">The octets.</param>
    /// <param name="channel">The connection.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<BindOutcome> AnswerAsync(ReadOnlyMemory<byte> message, BindChannel channel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(channel);
        PKIMessage request;
        try
        {
            request = MessageReader.Decode(message);
        }
        catch (Exception exception) when (exception is DerException or CkiProtocolException)
        {
            return new BindOutcome.NoBind(exception.Message);
        }

        if (request.Body is not PKIBody.CkiBindrr { Value: var credentials })
        {
            return new BindOutcome.NoBind("body: a connection begins with ckiBindrr (CKI Part 2 ¶132, ¶133).");
        }

        if (request.Header.RecipNonce is not null || _check.Check(request, credentials, channel, response: null) is not { } token)
        {
            return Reject(request, PKIFailureInfo.InvalidCredentials);
        }

        // Before anything is stored: whom an authority has certified, but nobody has configured, could fill the store with tokens.
        var kinds = PartyDirectory.KindsOf(token.Signer.Subject, await _store.StateAsync(cancellationToken).ConfigureAwait(false));
        if (kinds is PartyKinds.None or PartyKinds.RevokedUser)
        {
            return Reject(request, PKIFailureInfo.UnauthorisedAccess);
        }

        return await TakeAsync(token, cancellationToken).ConfigureAwait(false)
            ? await BindAsync(request, token, channel, cancellationToken).ConfigureAwait(false)
            : Reject(request, PKIFailureInfo.InvalidCredentials);
    }

    private ValueTask<bool> TakeAsync(BindToken token, CancellationToken cancellationToken) => _store.TryTakeTokenAsync(
        token.Signer.Subject.Canonical, Convert.ToHexStringLower(token.Random.Octets.Span), token.Time + _tolerance, _time.GetUtcNow(), cancellationToken);

    private async ValueTask<BindOutcome> BindAsync(PKIMessage request, BindToken token, BindChannel channel, CancellationToken cancellationToken)
    {
        var peer = new Peer(token.Signer.Subject, token.Signer);
        var random = BindToken.NewRandom(channel, _provider);
        var own = random.Octets[..MessageWriter.NonceLength];
        var credentials = await BindToken.SignAsync(_identity, peer.Name, random, token.Random, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var body = new PKIBody.CkiBindrp(new CKIBindRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Granted }, Credentials = credentials });
        var answer = _writer.Answer(request.Header, body, _time.GetUtcNow(), recipient: peer.Name);
        return new BindOutcome.Bound(
            (answer with { Header = answer.Header with { SenderNonce = own } }).Encode(), new BoundConnection(peer, channel.Services, own, token.First));
    }

    // Whoever is refused learns no more than the bit, so that nobody can feel his way to what would be taken.
    private BindOutcome.Rejected Reject(PKIMessage request, PKIFailureInfo failure)
    {
        var status = new PKIStatusInfo { Status = PKIStatus.Rejection, FailInfo = failure };
        var body = new PKIBody.CkiBindrp(new CKIBindRepContent { Status = status, Credentials = BindToken.NameOnly(_identity.Name) });
        return new BindOutcome.Rejected(_writer.Answer(request.Header, body, _time.GetUtcNow()).Encode());
    }
}
