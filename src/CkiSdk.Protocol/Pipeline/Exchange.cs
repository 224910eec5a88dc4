using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Is the base of the handlers of one body.</summary>
/// <typeparam name="TBody">The alternative of PKIBody.</typeparam>
internal abstract class Exchange<TBody> : IExchange
    where TBody : PKIBody
{
    /// <inheritdoc/>
    public Type Body => typeof(TBody);

    /// <inheritdoc/>
    public virtual bool TakesTurns => false;

    /// <inheritdoc/>
    public virtual bool MayDecideInVain => false;

    /// <inheritdoc/>
    public virtual bool IsFollowed => false;

    /// <inheritdoc/>
    public ValueTask<Rejection?> AuthoriseAsync(Received received, CancellationToken cancellationToken) =>
        AuthoriseAsync((TBody)received.Message.Body, received, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Decision> DecideAsync(Received received, CancellationToken cancellationToken) =>
        DecideAsync((TBody)received.Message.Body, received, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<StoreChange>> FollowAsync(PKIBody answer, Received received, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<StoreChange>>([]);

    /// <summary>Says whether the sender may ask just this; by default all may whom the table allows.</summary>
    protected virtual ValueTask<Rejection?> AuthoriseAsync(TBody body, Received received, CancellationToken cancellationToken) => ValueTask.FromResult<Rejection?>(null);

    /// <summary>Decides.</summary>
    protected abstract ValueTask<Decision> DecideAsync(TBody body, Received received, CancellationToken cancellationToken);
}
