using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Computes the public values of certificates, together where several requests want one at the same time and the arithmetic is faster so (<see cref="IDiffieHellman.PublicValuesAtOnce"/>).</summary>
/// <remarks>
/// Who completes a set computes it. A set that nobody completes is computed when the thread pool comes to it: behind the requests that were there before, each of which may add to it, and immediately
/// where there are none. So nobody waits for requests that have not come yet. Exponents of another group begin another set.
/// </remarks>
/// <param name="arithmetic">What computes.</param>
/// <param name="later">Runs a piece of work behind what waits already.</param>
internal sealed class GatheredPowers(IDiffieHellman arithmetic, Action<Action> later)
{
    private readonly Lock _gate = new();
    private PowerSet? _open;
    private Secret? _room; // of a set before: memory that never moves is slow to get

    /// <summary>Gathers on the thread pool.</summary>
    public GatheredPowers(IDiffieHellman arithmetic)
        : this(arithmetic, work => ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: false))
    {
    }

    /// <summary>Gets how many values are computed together.</summary>
    public int AtOnce { get; } = Math.Max(1, arithmetic.PublicValuesAtOnce);

    /// <summary>Computes y = g^x mod p.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponent">x, as long as the exponents of the group; the caller zeroes it, as soon as the call returns.</param>
    /// <returns>y, left-padded to the length of p.</returns>
    public Task<byte[]> PublicValueAsync(DhGroup group, ReadOnlySpan<byte> exponent) =>
        AtOnce == 1 ? Task.FromResult(arithmetic.PublicValue(group, exponent)) : Join(group, exponent);

    /// <summary>Computes y = g^x mod p for several exponents: immediately what makes whole sets, the rest with those of others.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponents">The exponents one after the other, each as long as those of the group; the caller zeroes them when the call has ended.</param>
    /// <returns>The values in their order.</returns>
    public async ValueTask<byte[][]> PublicValuesAsync(DhGroup group, ReadOnlyMemory<byte> exponents)
    {
        var length = group.ExponentLength;
        var whole = exponents.Length / length / AtOnce * AtOnce * length;
        var values = whole == 0 ? [] : arithmetic.PublicValues(group, exponents.Span[..whole]);
        if (whole == exponents.Length)
        {
            return values;
        }

        var rest = new List<Task<byte[]>>(AtOnce);
        for (var at = whole; at < exponents.Length; at += length)
        {
            rest.Add(Join(group, exponents.Span.Slice(at, length)));
        }

        return [.. values, .. await Task.WhenAll(rest).ConfigureAwait(false)];
    }

    private Task<byte[]> Join(DhGroup group, ReadOnlySpan<byte> exponent)
    {
        PowerSet set;
        bool isNew, isFull;
        Task<byte[]> value;
        lock (_gate)
        {
            isNew = _open is null || !_open.IsOf(group); // of another group: the pool will come to it
            set = isNew ? new PowerSet(group, AtOnce, Room(AtOnce * group.ExponentLength)) : _open!;
            value = set.Add(exponent);
            isFull = set.IsFull;
            _open = isFull ? null : set;
        }

        if (isFull)
        {
            Compute(set);
        }
        else if (isNew)
        {
            ComputeLater(set);
        }

        return value;
    }

    // By itself, so that only whoever begins a set makes a delegate.
    private void ComputeLater(PowerSet set) => later(() => ComputeRest(set));

    private void ComputeRest(PowerSet set)
    {
        lock (_gate)
        {
            if (set.IsFull)
            {
                return; // by whoever completed it
            }

            _open = ReferenceEquals(_open, set) ? null : _open;
        }

        Compute(set);
    }

    private Secret Room(int length) => Interlocked.Exchange(ref _room, null) is { } room && room.Length == length ? room : new Secret(length);

    private void Compute(PowerSet set) => Interlocked.Exchange(ref _room, set.Compute(arithmetic));
}
