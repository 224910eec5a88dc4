using System.Collections.Immutable;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage;

/// <summary>Is everything that a store in memory holds at one moment. Work makes a new state or none, so that it is written as a whole.</summary>
internal sealed record MemoryState
{
    public ImmutableSortedDictionary<string, EnrolledUser> Users { get; init; } = Sorted<EnrolledUser>();

    public ImmutableHashSet<(string User, string Delegate)> Delegates { get; init; } = [];

    public ImmutableHashSet<(string User, string Cma)> Correspondences { get; init; } = [];

    public ImmutableDictionary<string, StoreChange.FixName> Names { get; init; } = ImmutableDictionary<string, StoreChange.FixName>.Empty;

    public ImmutableList<StoredInteroperabilityKey> Keys { get; init; } = [];

    public ImmutableDictionary<(string Key, string User), long> Generations { get; init; } = ImmutableDictionary<(string, string), long>.Empty;

    public long CountsFrom { get; init; }

    public DateTimeOffset ResumedAt { get; init; } = DateTimeOffset.MinValue;

    public ImmutableList<PairKey> PairKeys { get; init; } = [];

    public ImmutableList<StoredDomainKey> DomainKeys { get; init; } = [];

    public ImmutableDictionary<TransactionKey, StoredAnswer> Answers { get; init; } = ImmutableDictionary<TransactionKey, StoredAnswer>.Empty;

    public ImmutableList<PendingRequest> Pending { get; init; } = [];

    public ImmutableDictionary<(string Signer, string Random), DateTimeOffset> Tokens { get; init; } = ImmutableDictionary<(string, string), DateTimeOffset>.Empty;

    public DateTimeOffset NextMessageTime { get; init; } = DateTimeOffset.MinValue;

    public long Turn { get; init; }

    public ImmutableDictionary<string, TransactionKey> Serials { get; init; } = ImmutableDictionary<string, TransactionKey>.Empty;

    public ImmutableSortedDictionary<string, IssuedCertificate> Certificates { get; init; } = Sorted<IssuedCertificate>();

    public ImmutableDictionary<string, ImmutableHashSet<string>> CertificatesOf { get; init; } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    public ImmutableSortedDictionary<string, RevokedCertificate> Revoked { get; init; } = Sorted<RevokedCertificate>();

    public ImmutableSortedDictionary<(string Domain, string Source), RevokedList> Lists { get; init; } = ImmutableSortedDictionary<(string, string), RevokedList>.Empty;

    public ImmutableSortedDictionary<string, StoredCrl> Crls { get; init; } = Sorted<StoredCrl>();

    public ImmutableSortedDictionary<long, StoreChange.Enqueue> Outbox { get; init; } = ImmutableSortedDictionary<long, StoreChange.Enqueue>.Empty;

    public long LastAnnouncement { get; init; }

    public ImmutableSortedDictionary<string, StoredPeer> Peers { get; init; } = Sorted<StoredPeer>();

    public ImmutableSortedDictionary<string, StoredCard> Cards { get; init; } = Sorted<StoredCard>();

    public ImmutableList<StoredAuthority> Authorities { get; init; } = [];

    public ImmutableDictionary<string, RevokedAuthorityKey> RevokedKeys { get; init; } = ImmutableDictionary<string, RevokedAuthorityKey>.Empty;

    public ImmutableList<RecoveryCase> Cases { get; init; } = [];

    public ImmutableDictionary<string, ImmutableSortedSet<string>> Holders { get; init; } = ImmutableDictionary<string, ImmutableSortedSet<string>>.Empty;

    public ImmutableList<AuditLink> Audit { get; init; } = [];

    public AuditHead AuditHead { get; init; } = AuditHead.Empty;

    /// <summary>Takes the next stretch of message times.</summary>
    public static (MemoryState State, DateTimeOffset Start) ReserveTimes(MemoryState state, DateTimeOffset notBefore, TimeSpan length)
    {
        var start = notBefore > state.NextMessageTime ? notBefore.ToUniversalTime() : state.NextMessageTime;
        return (state with { NextMessageTime = start + length }, start);
    }

    public static string Hex(ReadOnlyMemory<byte> octets) => Convert.ToHexString(octets.Span);

    public RevokedUser? FindRevokedUser(string canonicalName) =>
        Lists.Values.SelectMany(list => list.Users).FirstOrDefault(user => user.CanonicalName == canonicalName);

    private static ImmutableSortedDictionary<string, T> Sorted<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
