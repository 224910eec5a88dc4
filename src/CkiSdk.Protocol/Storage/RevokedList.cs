namespace CkiSdk.Protocol.Storage;

/// <summary>Is the latest revoked user list of a domain from one source.</summary>
/// <param name="Source">Who made the list: the domain's CMA or the TLCMA, in canonical form; <see cref="Own"/> for this authority.</param>
/// <param name="Domain">The CMA of the domain, in canonical form; <see cref="Own"/> for the own domain.</param>
/// <param name="Time">The messageTime with which it came; an older one is discarded (profile section 4, Order).</param>
/// <param name="Users">The users it names.</param>
public sealed record RevokedList(string Source, string Domain, DateTimeOffset Time, IReadOnlyList<RevokedUser> Users)
{
    /// <summary>Stands for this authority as source, and for its own domain.</summary>
    public const string Own = "";
}
