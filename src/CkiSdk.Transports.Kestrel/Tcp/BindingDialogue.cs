using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Begins a connection whose client shows by a bind who he is (CKI Part 2 ¶132), and goes on as any other.</summary>
/// <param name="responder">What answers the bind.</param>
/// <param name="channel">The connection below.</param>
/// <param name="open">Begins the dialogue with the client who was bound; null where he has too many connections.</param>
internal sealed class BindingDialogue(BindResponder responder, BindChannel channel, Func<BoundConnection, ITcpDialogue?> open) : ITcpDialogue
{
    private ITcpDialogue? _bound;

    /// <inheritdoc/>
    public bool IsOpen => _bound is not null;

    /// <inheritdoc/>
    public async ValueTask<(TcpFrame Answer, bool Ends)> AnswerAsync(TcpFrame frame, CancellationToken cancellationToken)
    {
        if (_bound is not null) return await _bound.AnswerAsync(frame, cancellationToken).ConfigureAwait(false);
        if (frame is not TcpFrame.PkiMsg message) return (new TcpFrame.ErrorMsgRep("A connection begins with ckiBindrr (CKI Part 2 ¶132)."), true);
        switch (await responder.AnswerAsync(message.Message.Memory, channel, cancellationToken).ConfigureAwait(false))
        {
            case BindOutcome.Bound bound:
                _bound = open(bound.Connection);
                return _bound is null ? (new TcpFrame.ErrorMsgRep("There are too many connections of this client."), true) : (new TcpFrame.FinalMsgRep(bound.Answer), false);
            case BindOutcome.Rejected rejected:
                return (new TcpFrame.FinalMsgRep(rejected.Answer), true);
            case BindOutcome.NoBind no:
                return (new TcpFrame.ErrorMsgRep(no.Text), true);
            default:
                throw new InvalidOperationException("There is no other outcome of a bind.");
        }
    }
}
