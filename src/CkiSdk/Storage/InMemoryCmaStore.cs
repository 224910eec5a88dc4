using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage;

/// <summary>Keeps an authority's records in memory: for tests, and for embedding where nothing has to survive the process.</summary>
/// <remarks>It keeps every promise of <see cref="ICmaStore"/> except durability.</remarks>
public sealed class InMemoryCmaStore : ICmaStore
{
    private readonly Lock _lock = new();
    private MemoryState _state = new();
    private bool _disposed;

    /// <summary>Makes another store with the records of now, as a backup has them.</summary>
    public InMemoryCmaStore Copy()
    {
        lock (_lock) return new InMemoryCmaStore { _state = _state };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A wrapped key does not have the 40 octets of one.</exception>
    public ValueTask<StoredAnswer?> CommitAsync(UnitOfWork work, CancellationToken cancellationToken = default)
    {
        var owned = OwnedOctets.Of(work);
        return Write<StoredAnswer?>(state =>
        {
            if (owned.Transaction is { } transaction && state.Answers.TryGetValue(transaction, out var stored)) return (state, stored);
            var next = owned.Changes.Aggregate(state, MemoryChanges.Apply);
            if (owned is not { Transaction: { } key, Answer: { } answer }) return (next, null);
            return (next with { Answers = next.Answers.Add(key, answer) }, answer);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IStateView> StateAsync(CancellationToken cancellationToken = default) => Read<IStateView>(state => new MemoryStateView(state), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EnrolledUser?> FindUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        Read(state => new MemoryStateView(state).FindUser(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EnrolledUser>> ListUsersAsync(CancellationToken cancellationToken = default) =>
        List(state => state.Users.Values.Select(user => WithRevocation(state, user)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListPrincipalsAsync(string delegateName, CancellationToken cancellationToken = default) =>
        Read(state => new MemoryStateView(state).ListPrincipals(delegateName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListCorrespondentsAsync(string cma, CancellationToken cancellationToken = default) =>
        List(state => state.Correspondences.Where(pair => pair.Cma == cma).Select(pair => pair.User).Order(StringComparer.Ordinal), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> CountNamesAsync(string namedBy, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        Read(state => state.Names.Values.Count(name => name.NamedBy == namedBy && name.NamedAt >= since), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> FindNamesAsync(IReadOnlyList<string> canonicalNames, CancellationToken cancellationToken = default) => Read(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> (state) => canonicalNames.Distinct(StringComparer.Ordinal).Where(state.Names.ContainsKey)
            .ToDictionary(name => name, name => state.Names[name].Name, StringComparer.Ordinal),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListInteroperabilityKeysAsync(CancellationToken cancellationToken = default) =>
        Read(state => new MemoryStateView(state).ListInteroperabilityKeys(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> GenerationAsync(string myReference, string canonicalName, CancellationToken cancellationToken = default) =>
        Read(state => state.Generations.GetValueOrDefault((myReference, canonicalName)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PairKey>> ListPairKeysAsync(string cma, CancellationToken cancellationToken = default) =>
        List(state => state.PairKeys.Where(key => key.First == cma || key.Second == cma).OrderBy(key => key.NotBefore), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredDomainKey>> ListDomainKeysAsync(CancellationToken cancellationToken = default) =>
        List(state => state.DomainKeys, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnswer?> FindAnswerAsync(TransactionKey transaction, CancellationToken cancellationToken = default) =>
        Read(state => state.Answers.GetValueOrDefault(transaction), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingRequest>> ListPendingRequestsAsync(CancellationToken cancellationToken = default) =>
        List(state => state.Pending, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> TurnAsync(CancellationToken cancellationToken = default) => Read(state => state.Turn, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public ValueTask<DateTimeOffset> ReserveMessageTimesAsync(DateTimeOffset notBefore, TimeSpan length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return Write(
            state => MemoryState.ReserveTimes(state, notBefore, length),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryTakeTokenAsync(string signer, string random, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken = default) => Write(
        state =>
        {
            var current = state.Tokens.RemoveRange(state.Tokens.Where(token => token.Value < now).Select(token => token.Key));
            return current.ContainsKey((signer, random)) ? (state, false) : (state with { Tokens = current.Add((signer, random), until) }, true);
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReserveSerialsAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> serials, TransactionKey transaction, CancellationToken cancellationToken = default) => Write<IReadOnlyList<ReadOnlyMemory<byte>>>(
        state =>
        {
            var taken = state.Serials.ToBuilder();
            ReadOnlyMemory<byte>[] free = [.. serials.Where(serial => taken.TryAdd(MemoryState.Hex(serial), transaction))];
            return (state with { Serials = taken.ToImmutable() }, free);
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IssuedCertificate?> FindCertificateAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        Read(state => state.Certificates.GetValueOrDefault(MemoryState.Hex(serial)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListCertificatesAsync(
        string subject, string usage, DateTimeOffset now, CancellationToken cancellationToken = default) => List(
        state => (state.CertificatesOf.GetValueOrDefault(subject) ?? [])
            .Where(serial => !state.Revoked.ContainsKey(serial)).Select(serial => state.Certificates[serial])
            .Where(certificate => certificate.Usage == usage && certificate.NotAfter >= now)
            .OrderByDescending(certificate => certificate.NotAfter).ThenBy(certificate => MemoryState.Hex(certificate.Serial), StringComparer.Ordinal),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListAllCertificatesAsync(string subject, string usage, CancellationToken cancellationToken = default) => List(
        state => (state.CertificatesOf.GetValueOrDefault(subject) ?? []).Select(serial => state.Certificates[serial]).Where(certificate => certificate.Usage == usage)
            .OrderByDescending(certificate => certificate.NotAfter).ThenBy(certificate => MemoryState.Hex(certificate.Serial), StringComparer.Ordinal),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListEndingAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default) => List(
        state => state.Certificates.Where(pair => !state.Revoked.ContainsKey(pair.Key)).Select(pair => pair.Value)
            .Where(certificate => StoredRecords.IsOfUser(certificate) && certificate.NotAfter >= now && certificate.NotAfter <= until)
            .OrderBy(certificate => certificate.NotAfter),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedUser?> FindRevokedUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        Read(state => state.FindRevokedUser(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedList?> FindRevokedListAsync(string source, string domain, CancellationToken cancellationToken = default) =>
        Read(state => state.Lists.GetValueOrDefault((domain, source)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RevokedUser>> ListRevokedUsersAsync(string domain, CancellationToken cancellationToken = default) => List(
        state => state.Lists.Where(pair => pair.Key.Domain == domain).SelectMany(pair => pair.Value.Users)
            .DistinctBy(user => user.CanonicalName).OrderBy(user => user.CanonicalName, StringComparer.Ordinal),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RevokedCertificate>> ListRevokedCertificatesAsync(DateTimeOffset now, DateTimeOffset sendSince, CancellationToken cancellationToken = default) => List(
        state => state.Revoked.Where(pair => pair.Value.NotAfter >= now || (pair.Value.NotAfter >= sendSince && state.Certificates[pair.Key].Usage == IssuedCertificate.Send)).Select(pair => pair.Value),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCrl>> ListCrlsAsync(CancellationToken cancellationToken = default) => List(state => state.Crls.Values, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedAuthorityKey?> FindRevokedAuthorityKeyAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default) =>
        Read(state => state.RevokedKeys.GetValueOrDefault(MemoryState.Hex(sha256)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnnouncement?> PeekAnnouncementAsync(string recipient, CancellationToken cancellationToken = default) => Read(
        state => state.Outbox.Where(entry => entry.Value.Recipient == recipient)
            .Select(entry => new StoredAnnouncement(entry.Key, entry.Value.Message)).FirstOrDefault(),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAnnouncement>> ListAnnouncementsAsync(string recipient, CancellationToken cancellationToken = default) =>
        List(state => state.Outbox.Where(entry => entry.Value.Recipient == recipient).Select(entry => new StoredAnnouncement(entry.Key, entry.Value.Message)), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAnnouncementAsync(string recipient, long number, CancellationToken cancellationToken = default) => await Write(
        state => state.Outbox.TryGetValue(number, out var entry) && entry.Recipient == recipient
            ? (state with { Outbox = state.Outbox.Remove(number) }, true)
            : (state, false),
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListRecipientsAsync(CancellationToken cancellationToken = default) =>
        List(state => state.Outbox.Values.Select(entry => entry.Recipient).Distinct().Order(StringComparer.Ordinal), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredPeer?> FindPeerAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        Read(state => state.Peers.GetValueOrDefault(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredPeer>> ListPeersAsync(CancellationToken cancellationToken = default) => List(state => state.Peers.Values, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCard>> ListCardsAsync(CancellationToken cancellationToken = default) => List(state => state.Cards.Values, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAuthority>> ListAuthoritiesAsync(CancellationToken cancellationToken = default) =>
        List(state => state.Authorities, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecoveryCase>> ListRecoveryCasesAsync(CancellationToken cancellationToken = default) => List(state => state.Cases, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListHoldersAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        List(state => state.Holders.GetValueOrDefault(MemoryState.Hex(serial)) ?? [], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AuditLog> ReadAuditAsync(CancellationToken cancellationToken = default) =>
        Read(state => new AuditLog(state.Audit, state.AuditHead), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AuditLog> ReadAuditPartAsync(long after, int most, CancellationToken cancellationToken = default) =>
        Read(state => new AuditLog([.. state.Audit.Skip((int)Math.Min(after, state.Audit.Count)).Take(most)], state.AuditHead), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_lock) _disposed = true;
        return ValueTask.CompletedTask;
    }

    private static EnrolledUser WithRevocation(MemoryState state, EnrolledUser user) => user with { IsRevoked = state.FindRevokedUser(user.CanonicalName) is not null };

    private ValueTask<IReadOnlyList<T>> List<T>(Func<MemoryState, IEnumerable<T>> list, CancellationToken cancellationToken) =>
        Read(IReadOnlyList<T> (state) => [.. list(state)], cancellationToken);

    private ValueTask<T> Read<T>(Func<MemoryState, T> read, CancellationToken cancellationToken) => Write(state => (state, read(state)), cancellationToken);

    private ValueTask<T> Write<T>(Func<MemoryState, (MemoryState Next, T Result)> write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                (_state, var result) = write(_state);
                return ValueTask.FromResult(result);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or StaleStateException)
        {
            return ValueTask.FromException<T>(exception);
        }
    }
}
