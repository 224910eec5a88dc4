using System.Collections.Concurrent;
using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Gives out serial numbers that are stored already, so that no certificate waits for the disk before it is signed. They are stored by the block; what is left of one when the process ends is never used.</summary>
internal sealed class SerialStock(PartyContext party, DistinguishedName me)
{
    // A CMA that issues little wastes little: blocks begin small and double.
    private const int FirstBlock = 16;
    private const int LargestBlock = 1024;

    // A serial number has 128 random bits: a source that gives used ones ten times in a row is broken.
    private const int MostAttempts = 10;

    private readonly DrawnAhead _random = new(party.Provider.Random);
    private readonly ConcurrentQueue<Integer> _free = new();
    private readonly Lock _gate = new();
    private Task _refill = Task.CompletedTask;
    private int _block = FirstBlock;

    /// <summary>Gets for whom the numbers are reserved in the store: for this stock alone.</summary>
    public TransactionKey Owner { get; } = new(me.Canonical, $"serials {Convert.ToHexStringLower(party.Provider.Random.Octets(16))}");

    /// <summary>Takes a serial number.</summary>
    /// <param name="cancellationToken">Cancels the wait for one.</param>
    /// <exception cref="CryptoProviderException">The source of randomness repeats itself.</exception>
    public async ValueTask<Integer> TakeAsync(CancellationToken cancellationToken)
    {
        Integer serial;
        while (!_free.TryDequeue(out serial))
        {
            await RefillAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_free.Count < Volatile.Read(ref _block) / 4)
        {
            // Nobody waits for it; if it fails, who finds the stock empty tries again and hears why.
            _ = RefillAsync().ContinueWith(static refill => refill.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return serial;
    }

    private Task RefillAsync()
    {
        lock (_gate)
        {
            return _refill.IsCompleted ? _refill = StoreAsync() : _refill;
        }
    }

    private async Task StoreAsync()
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            // In their order, so that those of one commit lie side by side in the indexes of the store. Between two of a block more than 100 random bits remain.
            ReadOnlyMemory<byte>[] serials = [.. Enumerable.Range(0, _block).Select(_ => SerialNumbers.Ordered(_random, party.Time.GetUtcNow())).Order().Select(serial => (ReadOnlyMemory<byte>)serial.ToUnsigned().ToArray())];
            var reserved = await party.Store.ReserveSerialsAsync(serials, Owner, CancellationToken.None).ConfigureAwait(false);
            foreach (var serial in reserved)
            {
                _free.Enqueue(Integer.FromUnsigned(serial.Span));
            }

            if (reserved.Count > 0)
            {
                Volatile.Write(ref _block, Math.Min(2 * _block, LargestBlock));
                return;
            }
        }

        throw new CryptoProviderException(CryptoError.Failure, "The source of randomness repeats itself: ten blocks of serial numbers in a row were taken before.");
    }
}
