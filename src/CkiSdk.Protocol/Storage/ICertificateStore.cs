namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps the certificates that this authority has issued, and their serial numbers.</summary>
public interface ICertificateStore
{
    /// <summary>Takes serial numbers for certificates that are about to be signed.</summary>
    /// <param name="serials">The content octets of each.</param>
    /// <param name="transaction">The transaction that they are for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Those that were never taken before, in their order: they belong to the transaction from now on.</returns>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReserveSerialsAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> serials, TransactionKey transaction, CancellationToken cancellationToken = default);

    /// <summary>Finds a certificate by its serial number; null where none was issued under it.</summary>
    /// <param name="serial">The serial number's content octets.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IssuedCertificate?> FindCertificateAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default);

    /// <summary>Lists the certificates of a user that are neither expired nor revoked, the latest end first.</summary>
    /// <param name="subject">The user in canonical form.</param>
    /// <param name="usage">Their usage.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<IssuedCertificate>> ListCertificatesAsync(string subject, string usage, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Lists the certificates of a user, those that are expired or revoked, too, the latest end first.</summary>
    /// <param name="subject">The user in canonical form.</param>
    /// <param name="usage">Their usage.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<IssuedCertificate>> ListAllCertificatesAsync(string subject, string usage, CancellationToken cancellationToken = default);

    /// <summary>Lists the certificates of all users that end within a time and are neither expired nor revoked, the earliest end first.</summary>
    /// <param name="now">The present.</param>
    /// <param name="until">The end of the time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<IssuedCertificate>> ListEndingAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Lists the users who have asked for a receive certificate, in canonical form.</summary>
    /// <param name="serial">The content octets of its serial number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<string>> ListHoldersAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default);
}
