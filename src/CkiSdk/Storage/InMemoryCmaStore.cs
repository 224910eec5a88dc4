using CkiSdk.Protocol.Server;

namespace CkiSdk.Storage;

/// <summary>Keeps a CMA's records in memory: for tests, and for embedding where nothing has to survive the process.</summary>
/// <remarks>It keeps every promise of <see cref="ICmaStore"/> except durability.</remarks>
public sealed class InMemoryCmaStore : ICmaStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EnrolledUser> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredInteroperabilityKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TransactionKey> _serials = new(StringComparer.Ordinal);
    private readonly Dictionary<TransactionKey, StoredAnswer> _answers = [];
    private readonly Dictionary<string, IssuedCertificate> _certificates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<long, byte[]>> _outboxes = new(StringComparer.Ordinal);
    private long _lastAnnouncement;
    private DateTimeOffset _nextMessageTime = DateTimeOffset.MinValue;
    private bool _disposed;

    /// <inheritdoc/>
    public ValueTask<EnrolledUser> AddUserAsync(EnrolledUser user, CancellationToken cancellationToken = default) => Run(
        () => _users.TryAdd(user.CanonicalName, user with { Name = user.Name.ToArray() }) ? user : _users[user.CanonicalName],
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EnrolledUser?> FindUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        Run(() => _users.GetValueOrDefault(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetRevokedAsync(string canonicalName, bool isRevoked, CancellationToken cancellationToken = default) => Run(
        () =>
        {
            if (!_users.TryGetValue(canonicalName, out var user)) return false;
            _users[canonicalName] = user with { IsRevoked = isRevoked };
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The wrapped key does not have the 40 octets of a wrapped key.</exception>
    public async ValueTask AddInteroperabilityKeyAsync(StoredInteroperabilityKey key, CancellationToken cancellationToken = default)
    {
        StoredKeys.RequireWrapped(key);
        var copy = key with { WrappedKey = key.WrappedKey.ToArray() };
        var added = await Run(() => _keys.TryAdd(key.MyReference, copy), cancellationToken).ConfigureAwait(false);
        if (!added) throw StoredKeys.ReferenceUsed(key);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListInteroperabilityKeysAsync(CancellationToken cancellationToken = default) => Run(
        IReadOnlyList<StoredInteroperabilityKey> () =>
            [.. _keys.Values.OrderBy(key => key.NotBefore).ThenBy(key => key.MyReference, StringComparer.Ordinal)],
        cancellationToken);

    /// <inheritdoc/>
    // Nothing sets a generation yet.
    public ValueTask<long> GenerationAsync(string myReference, string canonicalName, CancellationToken cancellationToken = default) =>
        Run(() => 0L, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnswer?> FindAnswerAsync(TransactionKey transaction, CancellationToken cancellationToken = default) =>
        Run(() => _answers.GetValueOrDefault(transaction), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryReserveSerialAsync(
        ReadOnlyMemory<byte> serial, TransactionKey transaction, CancellationToken cancellationToken = default) =>
        Run(() => _serials.TryAdd(Convert.ToHexString(serial.Span), transaction), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnswer> CommitAsync(
        TransactionKey transaction, StoredAnswer answer, IssuedCertificate? certificate, CancellationToken cancellationToken = default) => Run(
        () =>
        {
            if (_answers.TryGetValue(transaction, out var stored)) return stored;
            if (certificate is not null) AddCertificate(transaction, certificate);
            return _answers[transaction] = answer with { RequestHash = answer.RequestHash.ToArray(), Body = answer.Body.ToArray() };
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IssuedCertificate?> FindCertificateAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        Run(() => _certificates.GetValueOrDefault(Convert.ToHexString(serial.Span)), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask EnqueueAnnouncementAsync(string recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        var copy = message.ToArray();
        await Run(
            () =>
            {
                if (!_outboxes.TryGetValue(recipient, out var outbox)) _outboxes[recipient] = outbox = [];
                outbox.Add(++_lastAnnouncement, copy);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<StoredAnnouncement?> PeekAnnouncementAsync(string recipient, CancellationToken cancellationToken = default) => Run(
        () => _outboxes.GetValueOrDefault(recipient) is { Count: > 0 } outbox && outbox.First() is var oldest
            ? new StoredAnnouncement(oldest.Key, oldest.Value)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAnnouncementAsync(string recipient, long number, CancellationToken cancellationToken = default) =>
        await Run(() => _outboxes.GetValueOrDefault(recipient)?.Remove(number) ?? false, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public ValueTask<DateTimeOffset> ReserveMessageTimesAsync(
        DateTimeOffset notBefore, TimeSpan length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return Run(
            () =>
            {
                var start = notBefore > _nextMessageTime ? notBefore.ToUniversalTime() : _nextMessageTime;
                _nextMessageTime = start + length;
                return start;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_lock) _disposed = true;
        return ValueTask.CompletedTask;
    }

    private void AddCertificate(TransactionKey transaction, IssuedCertificate certificate)
    {
        var serial = Convert.ToHexString(certificate.Serial.Span);
        if (_serials.GetValueOrDefault(serial) != transaction)
            throw new InvalidOperationException($"The serial number {serial} was not reserved for this transaction; reserve it before signing.");
        _certificates.Add(serial, certificate with { Serial = certificate.Serial.ToArray(), Encoded = certificate.Encoded.ToArray() });
    }

    private ValueTask<T> Run<T>(Func<T> operation, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return ValueTask.FromResult(operation());
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return ValueTask.FromException<T>(exception);
        }
    }
}
