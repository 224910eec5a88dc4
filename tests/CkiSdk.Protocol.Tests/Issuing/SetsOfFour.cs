using System.Collections.Concurrent;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Tests.Issuing;

/// <summary>Computes as the software does, four together whatever the processor can, and tells how many it was asked for each time.</summary>
internal sealed class SetsOfFour(IDiffieHellman arithmetic) : IDiffieHellman
{
    private readonly ConcurrentQueue<(DhGroup Group, int Count)> _asked = [];

    public IReadOnlyCollection<(DhGroup Group, int Count)> Asked => _asked;

    public bool IsConstantTime => arithmetic.IsConstantTime;

    public int PublicValuesAtOnce => 4;

    public byte[] PublicValue(DhGroup group, ReadOnlySpan<byte> exponent)
    {
        _asked.Enqueue((group, 1));
        return arithmetic.PublicValue(group, exponent);
    }

    public byte[][] PublicValues(DhGroup group, ReadOnlySpan<byte> exponents)
    {
        _asked.Enqueue((group, exponents.Length / group.ExponentLength));
        return arithmetic.PublicValues(group, exponents);
    }

    public Secret Agree(DhGroup group, Secret exponent, ReadOnlySpan<byte> publicValue) => arithmetic.Agree(group, exponent, publicValue);

    public bool IsValidPublicValue(DhGroup group, ReadOnlySpan<byte> publicValue) => arithmetic.IsValidPublicValue(group, publicValue);

    public bool IsSafePrime(ReadOnlySpan<byte> p) => arithmetic.IsSafePrime(p);
}
