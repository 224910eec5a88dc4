namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps the users of the own domain, who may act for them, and names as they were first seen.</summary>
public interface IUserStore
{
    /// <summary>Finds a user; null where the name is unknown.</summary>
    /// <param name="canonicalName">His name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<EnrolledUser?> FindUserAsync(string canonicalName, CancellationToken cancellationToken = default);

    /// <summary>Lists all users by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<EnrolledUser>> ListUsersAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists for whom a party may act (CKI Part 2 ¶65), in canonical form.</summary>
    /// <param name="delegateName">The party in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<string>> ListPrincipalsAsync(string delegateName, CancellationToken cancellationToken = default);

    /// <summary>Lists the users who often communicate with an external domain (CKI Part 2 ¶62), in canonical form.</summary>
    /// <param name="cma">The domain's CMA in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<string>> ListCorrespondentsAsync(string cma, CancellationToken cancellationToken = default);

    /// <summary>Counts the external users whom somebody was the first to name since a time.</summary>
    /// <param name="namedBy">Who, in canonical form.</param>
    /// <param name="since">Since when.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<int> CountNamesAsync(string namedBy, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Finds the DER of external users' names that were fixed for all their certificates (profile section 2, Names), as they are at one moment.</summary>
    /// <param name="canonicalNames">Their names in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The DER by the canonical name; those for whom none was fixed are not in it.</returns>
    ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> FindNamesAsync(IReadOnlyList<string> canonicalNames, CancellationToken cancellationToken = default);
}
