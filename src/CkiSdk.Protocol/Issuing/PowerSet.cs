using System.Security.Cryptography;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Is a set of exponents whose public values are computed together, and who waits for them.</summary>
/// <param name="group">The group of all of them.</param>
/// <param name="most">How many there may be.</param>
/// <param name="exponents">Room for them, zeros.</param>
internal sealed class PowerSet(DhGroup group, int most, Secret exponents)
{
    private readonly TaskCompletionSource<byte[]>[] _waiting = new TaskCompletionSource<byte[]>[most];
    private int _count;

    /// <summary>Gets whether there is no room for another.</summary>
    public bool IsFull => _count == most;

    /// <summary>Tells whether exponents of a group belong here.</summary>
    public bool IsOf(DhGroup other) => group.Equals(other);

    /// <summary>Takes an exponent; the caller, who zeroes his, sees to it that nobody else adds one meanwhile.</summary>
    /// <returns>The public value, once it is computed.</returns>
    public Task<byte[]> Add(ReadOnlySpan<byte> exponent)
    {
        if (exponent.Length != group.ExponentLength)
        {
            throw new ArgumentException($"The exponent must have {group.ExponentLength} octets.", nameof(exponent));
        }

        exponent.CopyTo(exponents.Span[(_count * group.ExponentLength)..]);
        var waiting = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[_count++] = waiting;
        return waiting.Task;
    }

    /// <summary>Computes all values, tells them, and zeroes the exponents; a failure is told to all.</summary>
    /// <returns>The room, zeros again.</returns>
    public Secret Compute(IDiffieHellman arithmetic)
    {
        var waiting = _waiting.AsSpan(0, _count);
        try
        {
            var values = arithmetic.PublicValues(group, exponents.Span[..(_count * group.ExponentLength)]);
            for (var i = 0; i < waiting.Length; i++)
            {
                waiting[i].SetResult(values[i]);
            }
        }
        catch (Exception e)
        {
            foreach (var each in waiting)
            {
                each.TrySetException(e);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(exponents.Span);
        }

        return exponents;
    }
}
