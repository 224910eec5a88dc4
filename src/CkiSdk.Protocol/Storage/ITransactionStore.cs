namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps transactions, so that each has its effect once, and the times of messages.</summary>
public interface ITransactionStore
{
    /// <summary>Finds the end of a transaction; null where there is none.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<StoredAnswer?> FindAnswerAsync(TransactionKey transaction, CancellationToken cancellationToken = default);

    /// <summary>Lists the requests of one's own that are not answered yet, the oldest first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<PendingRequest>> ListPendingRequestsAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a stretch of message times, so that times rise strictly even after a restart (profile section 4, Order).</summary>
    /// <param name="notBefore">The earliest time wanted.</param>
    /// <param name="length">How long the stretch shall be.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The start of a stretch that nobody else was or will be given, not before the time wanted.</returns>
    ValueTask<DateTimeOffset> ReserveMessageTimesAsync(DateTimeOffset notBefore, TimeSpan length, CancellationToken cancellationToken = default);

    /// <summary>Tells how many works have taken a turn (<see cref="StoreChange.TakeTurn"/>): what is read afterwards is not older than the last of them.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<long> TurnAsync(CancellationToken cancellationToken = default);

    /// <summary>Remembers a token of a bind until a time (profile section 6).</summary>
    /// <param name="signer">Who signed it, in canonical form.</param>
    /// <param name="random">Its random, in hexadecimal.</param>
    /// <param name="until">Until when it must be remembered.</param>
    /// <param name="now">The present; what was to be remembered until before is forgotten.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where it was seen before.</returns>
    ValueTask<bool> TryTakeTokenAsync(string signer, string random, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken = default);
}
