namespace CkiSdk.Protocol.Server;

/// <summary>Keeps what a CMA must not forget. What a method has returned from is durable: it survives the end of the process and of the machine's power.</summary>
/// <remarks>All methods may be called at the same time, by several processes on one store.</remarks>
public interface ICmaStore : IAsyncDisposable
{
    /// <summary>Adds a user, unless a user of that name is there already.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user as stored: the given one, or the one that was there.</returns>
    ValueTask<EnrolledUser> AddUserAsync(EnrolledUser user, CancellationToken cancellationToken = default);

    /// <summary>Finds a user; null where the name is unknown.</summary>
    /// <param name="canonicalName">His name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<EnrolledUser?> FindUserAsync(string canonicalName, CancellationToken cancellationToken = default);

    /// <summary>Says whether the user is revoked from now on.</summary>
    /// <param name="canonicalName">His name in canonical form.</param>
    /// <param name="isRevoked">Whether he is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where the name is unknown.</returns>
    ValueTask<bool> SetRevokedAsync(string canonicalName, bool isRevoked, CancellationToken cancellationToken = default);

    /// <summary>Adds an interoperability key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The reference is already used.</exception>
    ValueTask AddInteroperabilityKeyAsync(StoredInteroperabilityKey key, CancellationToken cancellationToken = default);

    /// <summary>Lists all interoperability keys, the earliest start first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListInteroperabilityKeysAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the generation of a user's seed key under an interoperability key (profile section 1.2); 0 where none was ever set.</summary>
    /// <param name="myReference">The key's reference.</param>
    /// <param name="canonicalName">The user's name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<long> GenerationAsync(string myReference, string canonicalName, CancellationToken cancellationToken = default);

    /// <summary>Finds the final answer of a transaction; null where there is none.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<StoredAnswer?> FindAnswerAsync(TransactionKey transaction, CancellationToken cancellationToken = default);

    /// <summary>Takes a serial number for a certificate that is about to be signed.</summary>
    /// <param name="serial">The serial number's content octets.</param>
    /// <param name="transaction">The transaction that it is for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where the number was ever taken before.</returns>
    ValueTask<bool> TryReserveSerialAsync(ReadOnlyMemory<byte> serial, TransactionKey transaction, CancellationToken cancellationToken = default);

    /// <summary>Stores the final answer of a transaction and the certificate that it carries, both or neither.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="certificate">The certificate; null for none.</param>
    /// <param name="cancellationToken">Cancels the call; the answer may have been stored all the same.</param>
    /// <returns>The answer that counts: the given one, or, with nothing written, the one that another call has stored before.</returns>
    /// <exception cref="InvalidOperationException">The certificate's serial number was not reserved for this transaction; nothing is stored.</exception>
    ValueTask<StoredAnswer> CommitAsync(
        TransactionKey transaction, StoredAnswer answer, IssuedCertificate? certificate, CancellationToken cancellationToken = default);

    /// <summary>Finds a certificate by its serial number; null where none was issued under it.</summary>
    /// <param name="serial">The serial number's content octets.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IssuedCertificate?> FindCertificateAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default);

    /// <summary>Puts an announcement into the outbox of a peer.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="message">The DER of the PKIMessage.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask EnqueueAnnouncementAsync(string recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);

    /// <summary>Returns the oldest announcement in a peer's outbox; null where it is empty.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<StoredAnnouncement?> PeekAnnouncementAsync(string recipient, CancellationToken cancellationToken = default);

    /// <summary>Takes an announcement out of a peer's outbox, if it is there.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="number">The announcement's number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask RemoveAnnouncementAsync(string recipient, long number, CancellationToken cancellationToken = default);

    /// <summary>Takes a stretch of message times, so that times rise strictly even after a restart (profile section 4, Order).</summary>
    /// <param name="notBefore">The earliest time wanted.</param>
    /// <param name="length">How long the stretch shall be.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The start of a stretch that nobody else was or will be given, not before the time wanted.</returns>
    ValueTask<DateTimeOffset> ReserveMessageTimesAsync(DateTimeOffset notBefore, TimeSpan length, CancellationToken cancellationToken = default);
}
