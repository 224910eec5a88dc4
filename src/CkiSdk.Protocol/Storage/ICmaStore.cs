namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps what an authority, CMA or TLCMA, must not forget. What a method has returned from is durable: it survives the end of the process and of the machine's power.</summary>
/// <remarks>All methods may be called at the same time, by several processes on one store. What is read belongs to a moment: work that was decided on it is refused as stale where it matters.</remarks>
public interface ICmaStore : IUserStore, IKeyStore, ITransactionStore, ICertificateStore, IRevocationStore, IOutboxStore, IPeerStore, IRecoveryStore, IAuditStore, IAsyncDisposable
{
    /// <summary>Writes a unit of work, all of it or nothing.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancels the call; the work may have been written all the same.</param>
    /// <returns>The answer that counts: that of the work, or, with nothing written, the one that another call has stored before. Null where the work has no transaction.</returns>
    /// <exception cref="InvalidOperationException">A serial number was not reserved for the transaction, or a key's reference is used for another key; nothing is written.</exception>
    /// <exception cref="StaleStateException">What the work was decided on has changed; nothing is written.</exception>
    ValueTask<StoredAnswer?> CommitAsync(UnitOfWork work, CancellationToken cancellationToken = default);

    /// <summary>Looks at what seldom changes; several things that are read from one view cost little more than one.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state of now, to be used at once.</returns>
    ValueTask<IStateView> StateAsync(CancellationToken cancellationToken = default);
}
