namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps revoked user lists, revoked certificates and CRLs.</summary>
public interface IRevocationStore
{
    /// <summary>Finds a user in the latest revoked user lists of all sources; null where none names him.</summary>
    /// <param name="canonicalName">His name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<RevokedUser?> FindRevokedUserAsync(string canonicalName, CancellationToken cancellationToken = default);

    /// <summary>Finds the latest list of a source for a domain; null where none ever came.</summary>
    /// <param name="source">The source in canonical form.</param>
    /// <param name="domain">The domain's CMA in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<RevokedList?> FindRevokedListAsync(string source, string domain, CancellationToken cancellationToken = default);

    /// <summary>Lists the users of a domain whom the latest list of any source names, by name, each once.</summary>
    /// <param name="domain">The domain's CMA in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<RevokedUser>> ListRevokedUsersAsync(string domain, CancellationToken cancellationToken = default);

    /// <summary>Lists the revoked certificates of this authority that have not expired, and send certificates that expired not long ago, in the order of their serial numbers.</summary>
    /// <param name="now">The present.</param>
    /// <param name="sendSince">Send certificates that expired since then are listed, too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<RevokedCertificate>> ListRevokedCertificatesAsync(DateTimeOffset now, DateTimeOffset sendSince, CancellationToken cancellationToken = default);

    /// <summary>Lists the latest CRLs of all issuers, by issuer.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredCrl>> ListCrlsAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds the key of a CMA certificate that was revoked; null where none is known with that hash.</summary>
    /// <param name="sha256">The SHA-256 of the content of subjectPublicKey, 32 octets: without the algorithm, since an RSA key may stand under several.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<RevokedAuthorityKey?> FindRevokedAuthorityKeyAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default);
}
