using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Is the one way of every message to an authority: decode, message rules, services, who may send it, exactly once, decide, commit, answer.</summary>
internal sealed class MessageLine(PartyContext party, MessageRules rules, IEnumerable<IExchange> exchanges)
{
    private readonly RecentTransactions _recent = new();
    private readonly Dictionary<Type, IExchange> _exchanges = exchanges.ToDictionary(exchange => exchange.Body);

    /// <summary>Handles one message.</summary>
    /// <returns>The result for the transport, and for an answer to a request of one's own what was made of it.</returns>
    public async ValueTask<(HandlingResult Result, Decision.Taken? Taken)> HandleAsync(DeliveredMessage delivered, CancellationToken cancellationToken)
    {
        PKIMessage message;
        try
        {
            message = MessageReader.Decode(delivered.Octets);
        }
        catch (Exception exception) when (exception is DerException or CkiProtocolException)
        {
            return (new HandlingResult.Refused(exception.Message), null);
        }

        if (Bodies.Find(message.Body) is not { } row || !_exchanges.TryGetValue(row.Body, out var exchange))
        {
            return (new HandlingResult.Refused($"body: this {Called(party.Role)} does not serve {message.Body.GetType().Name} (CKI Part 2 ¶16)."), null);
        }

        var refusal = rules.Check(message, row, delivered);
        if (refusal is not null)
        {
            return (await RefuseAsync(message, row, delivered, refusal, cancellationToken).ConfigureAwait(false), null);
        }

        if (!exchange.TakesTurns)
        {
            return await TakeAsync(message, row, delivered, exchange, cancellationToken).ConfigureAwait(false);
        }

        await party.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await TakeAsync(message, row, delivered, exchange, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            party.Gate.Release();
        }
    }

    // What was decided on a state that is no longer so is decided anew, beginning with who may send it.
    private async ValueTask<(HandlingResult Result, Decision.Taken? Taken)> TakeAsync(PKIMessage message, BodyRow row, DeliveredMessage delivered, IExchange exchange, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var turn = exchange.TakesTurns ? await party.BeginTurnAsync(cancellationToken).ConfigureAwait(false) : null;
            var received = await ReceiveAsync(message, row, delivered.Sender!, turn, cancellationToken).ConfigureAwait(false);
            var refusal = CheckSender(received, row) ?? await AuthoriseAsync(received, row, exchange, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                // Nothing is stored for those who may not ask: they could fill the store, and the refusal is the same each time.
                return (await RefuseAsync(message, row, delivered, refusal, cancellationToken).ConfigureAwait(false), null);
            }

            // What has not come lately is most probably new; if it is not, the commit finds the answer.
            var isNew = attempt == 1 && _recent.TryAdd(received.Transaction) && exchange.MayDecideInVain;
            try
            {
                var stored = isNew ? null : await party.Store.FindAnswerAsync(received.Transaction, cancellationToken).ConfigureAwait(false);
                if (stored is not null)
                {
                    return (await RepeatAsync(received, row, exchange, stored, cancellationToken).ConfigureAwait(false), null);
                }

                if (row.Kind == BodyKind.Answer && received.Request is null)
                {
                    return (new HandlingResult.Refused("header.transactionID: no request under it waits for an answer (profile section 4)."), null);
                }

                var decision = await DecideAsync(received, row, exchange, cancellationToken).ConfigureAwait(false);
                return await CommitAsync(received, row, exchange, decision, cancellationToken).ConfigureAwait(false);
            }
            catch (StaleStateException) when (attempt < PartyContext.MostAttempts)
            {
                // Once more.
            }
        }
    }

    private async ValueTask<Received> ReceiveAsync(PKIMessage message, BodyRow row, Peer sender, StoreChange.TakeTurn? turn, CancellationToken cancellationToken)
    {
        var state = await party.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        var kinds = PartyDirectory.KindsOf(sender.Name, state);
        var id = message.Header.TransactionID!.Value.ToHex();
        var hash = SHA256.HashData(MessageReader.BodyOctets(message));
        if (row.Kind != BodyKind.Answer)
        {
            return new Received(message, sender, kinds, new TransactionKey(sender.Name.Canonical, id), hash, Request: null, state) { Turn = turn };
        }

        var pending = await party.Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false);
        var found = pending.FirstOrDefault(request => request.Recipient == sender.Name.Canonical && request.TransactionId == id);
        var request = found is null ? null : PKIMessage.Decode(found.Message);

        // Who asks and who answers choose identifiers without knowing of each other.
        var transaction = new TransactionKey(sender.Name.Canonical, $"answer {id}");
        return new Received(message, sender, kinds, transaction, hash, request is not null && Bodies.Find(request.Body)?.Answer == row.Body ? request : null, state) { Turn = turn };
    }

    private Rejection? CheckSender(Received received, BodyRow row)
    {
        if (!Authorisation.Allows(party.Role, row.Body, received.Kinds))
        {
            var value = received.Kinds switch
            {
                PartyKinds.None => $"{received.Sender.Name} is not known here",
                PartyKinds.RevokedUser => $"{received.Sender.Name} is revoked",
                _ => $"{received.Sender.Name} may not send {row.Name}",
            };
            return new Rejection(PKIFailureInfo.UnauthorisedAccess, "header.sender", value, $"{row.FailureParagraph} a", "Ask the operator of this party.");
        }

        return received.Request is { } request && received.Message.Header.RecipNonce != request.Header.SenderNonce
            ? new Rejection(PKIFailureInfo.BadMessageCheck, "header.recipNonce", "it is not the nonce of the request", "profile section 4", "Answer the request that was sent.")
            : null;
    }

    // A message that was decoded may hold elements that are only decoded when somebody looks at them, such as the extensions of a certificate.
    private static async ValueTask<Rejection?> AuthoriseAsync(Received received, BodyRow row, IExchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.AuthoriseAsync(received, cancellationToken).ConfigureAwait(false);
        }
        catch (DerException exception)
        {
            return Malformed(row, exception);
        }
    }

    private static async ValueTask<Decision> DecideAsync(Received received, BodyRow row, IExchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.DecideAsync(received, cancellationToken).ConfigureAwait(false);
        }
        catch (DerException exception)
        {
            return new Decision.Refused(Malformed(row, exception));
        }
    }

    // Nothing of it is committed: an answer that nobody can send would be repeated in vain.
    private static Decision.Refused TooLarge(BodyRow row) => new(new Rejection(
        PKIFailureInfo.InvalidRequestParameters, row.Name, $"the answer would have more than {MessageLimit.OctetsOfBody} octets", row.FailureParagraph, "Ask for less at a time, or ask the operator of this party for shorter lists of revoked users."));

    private static Rejection Malformed(BodyRow row, DerException exception) =>
        new(PKIFailureInfo.InvalidRequestParameters, row.Name, exception.Message.TrimEnd('.'), row.FailureParagraph, "Send certificates as they were issued.");

    private ValueTask<(HandlingResult Result, Decision.Taken? Taken)> CommitAsync(
        Received received, BodyRow row, IExchange exchange, Decision decision, CancellationToken cancellationToken) => decision switch
        {
            Decision.Answered answered => AnswerAsync(received, row, exchange, answered.Body, answered.Text, decision, cancellationToken),
            Decision.Refused refused when row.Refuse is { } refuse =>
                AnswerAsync(received, row, exchange, refuse(StatusOf(refused.Rejection)), refused.Rejection.ToString(), decision, cancellationToken),
            _ => CommitOtherAsync(received, decision, cancellationToken),
        };

    private async ValueTask<(HandlingResult Result, Decision.Taken? Taken)> CommitOtherAsync(Received received, Decision decision, CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case Decision.Refused refused:
                return (new HandlingResult.Refused(refused.Rejection.ToString()), null);
            case Decision.Waiting waiting:
                await party.Store.CommitAsync(UnitOfWork.Of(ChangesOf(received, decision)), cancellationToken).ConfigureAwait(false);
                var message = await AnswerAsync(received.Message, received.Sender, waiting.Body, waiting.Text, cancellationToken).ConfigureAwait(false);
                return (new HandlingResult.Waiting(message, waiting.CheckBack), null);
            case Decision.Taken { IsFinal: true } taken:
                _ = await party.Store.CommitAsync(WorkOf(received, [], taken.Text, decision), cancellationToken).ConfigureAwait(false);
                return (new HandlingResult.Accepted(), taken);
            default:
                return (new HandlingResult.Accepted(), decision as Decision.Taken);
        }
    }

    private ValueTask<(HandlingResult Result, Decision.Taken? Taken)> AnswerAsync(
        Received received, BodyRow row, IExchange exchange, PKIBody body, string? text, Decision decision, CancellationToken cancellationToken)
    {
        var octets = body.Encode();
        if (octets.Length > MessageLimit.OctetsOfBody && decision is Decision.Answered && row.Refuse is { } refuse)
        {
            var refused = TooLarge(row);
            return AnswerAsync(received, row, exchange, refuse(StatusOf(refused.Rejection)), refused.Rejection.ToString(), refused, cancellationToken);
        }

        return StoreAsync(received, row, exchange, WorkOf(received, octets, text, decision), cancellationToken);
    }

    // Many wait here at a time for the disk, and the collector carries on what they hold: of what was decided that is what is stored, and nothing else.
    private async ValueTask<(HandlingResult Result, Decision.Taken? Taken)> StoreAsync(
        Received received, BodyRow row, IExchange exchange, UnitOfWork work, CancellationToken cancellationToken)
    {
        // Another call may have answered the same message in between: then its answer counts.
        var stored = await party.Store.CommitAsync(work, cancellationToken).ConfigureAwait(false);
        return (await RepeatAsync(received, row, exchange, stored!, cancellationToken).ConfigureAwait(false), null);
    }

    // What changes nothing, such as a refusal, holds up nobody.
    private static IReadOnlyList<StoreChange> ChangesOf(Received received, Decision decision) => received.Turn is { } turn && decision.Changes.Count > 0 ? [turn, .. decision.Changes] : decision.Changes;

    private UnitOfWork WorkOf(Received received, byte[] body, string? text, Decision decision) => new()
    {
        Transaction = received.Transaction,
        Answer = new StoredAnswer(received.Hash, body, text, party.Time.GetUtcNow()),
        Changes = [.. ChangesOf(received, decision), new StoreChange.Audit(AuditOf(received, decision))],
        HasFinalOctets = true,
    };

    // Who asked what, how it ended, and which certificates came of it.
    private AuditEntry AuditOf(Received received, Decision decision)
    {
        var outcome = decision switch
        {
            Decision.Answered => "answered",
            Decision.Refused refused => $"refused: {refused.Rejection.Field} {refused.Rejection.ShownValue}",
            Decision.Taken { Status: { } status } => $"answer {(int)status.Status.Value.ToInt32()}",
            _ => "taken",
        };
        var detail = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        detail.AppendLiteral("transaction ");
        detail.AppendLiteral(received.Transaction.TransactionId);
        detail.AppendLiteral(" ");
        detail.AppendLiteral(outcome);
        var before = "; issued ";
        foreach (var change in decision.Changes)
        {
            if (change is StoreChange.AddCertificate add)
            {
                detail.AppendLiteral(before);
                detail.AppendLiteral(Convert.ToHexStringLower(add.Certificate.Serial.Span));
                before = " ";
            }
        }

        var name = Bodies.Rows[received.Message.Body.GetType()].Name;
        return new AuditEntry(party.Time.GetUtcNow(), $"message.{name}", received.From, detail.ToStringAndClear());
    }

    private async ValueTask<HandlingResult> RepeatAsync(Received received, BodyRow row, IExchange exchange, StoredAnswer stored, CancellationToken cancellationToken)
    {
        if (!stored.RequestHash.Span.SequenceEqual(received.Hash))
        {
            var reuse = new Rejection(
                PKIFailureInfo.InvalidRequestParameters, "header.transactionID", "it was used for another message", "profile section 4", "Use 16 fresh random octets.");
            return await RefuseAsync(received.Message, row, received.Sender, reuse, cancellationToken).ConfigureAwait(false);
        }

        if (stored.Body.IsEmpty)
        {
            return new HandlingResult.Accepted();
        }

        var now = await party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
        var answer = party.Writer.EncodeAnswer(received.Message.Header, stored.Body, now, stored.Text, received.Sender.Name);
        if (exchange.IsFollowed)
        {
            await FollowAsync(received, exchange, PKIBody.Decode(stored.Body), cancellationToken).ConfigureAwait(false);
        }

        return new HandlingResult.Answer(answer);
    }

    // The turn is taken although nothing follows: the answer has a time, and what another process announces after it must have a later one.
    private async ValueTask FollowAsync(Received received, IExchange exchange, PKIBody answer, CancellationToken cancellationToken)
    {
        var turn = await party.BeginTurnAsync(cancellationToken).ConfigureAwait(false);
        var following = await exchange.FollowAsync(answer, received, cancellationToken).ConfigureAwait(false);
        await party.Store.CommitAsync(UnitOfWork.Of([turn, .. following]), cancellationToken).ConfigureAwait(false);
        party.EndTurn(turn);
    }

    private ValueTask<HandlingResult> RefuseAsync(PKIMessage message, BodyRow row, DeliveredMessage delivered, Rejection rejection, CancellationToken cancellationToken) =>
        RefuseAsync(message, row, delivered.Sender, rejection, cancellationToken);

    private async ValueTask<HandlingResult> RefuseAsync(PKIMessage message, BodyRow row, Peer? sender, Rejection rejection, CancellationToken cancellationToken) =>
        row.Refuse is { } refuse
            ? new HandlingResult.Answer(await AnswerAsync(message, sender, refuse(StatusOf(rejection)), rejection.ToString(), cancellationToken).ConfigureAwait(false))
            : new HandlingResult.Refused(rejection.ToString());

    private async ValueTask<byte[]> AnswerAsync(PKIMessage request, Peer? sender, PKIBody body, string? text, CancellationToken cancellationToken)
    {
        var now = await party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
        return party.Writer.Answer(request.Header, body, now, text, sender?.Name).Encode();
    }

    private static PKIStatusInfo StatusOf(Rejection rejection) => new() { Status = PKIStatus.Rejection, FailInfo = rejection.Failure };

    private static string Called(Role role) => role switch
    {
        Role.Tlcma => "TLCMA",
        Role.Cma => "CMA",
        _ => "user agent",
    };
}
