using System.Collections.Concurrent;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Tests.Issuing;

/// <summary>Computes nothing: gives exponents back as public values, and counts how many it was asked for together.</summary>
internal sealed class CountingArithmetic(int atOnce) : IDiffieHellman
{
    private readonly ConcurrentQueue<int> _sets = [];

    public IReadOnlyCollection<int> Sets => _sets;

    public bool Fails { get; set; }

    public bool IsConstantTime => true;

    public int PublicValuesAtOnce => atOnce;

    public byte[] PublicValue(DhGroup group, ReadOnlySpan<byte> exponent) => exponent.ToArray();

    public byte[][] PublicValues(DhGroup group, ReadOnlySpan<byte> exponents)
    {
        if (Fails)
        {
            throw new CryptoProviderException("it fails");
        }

        var values = new byte[exponents.Length / group.ExponentLength][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = exponents.Slice(i * group.ExponentLength, group.ExponentLength).ToArray();
        }

        _sets.Enqueue(values.Length);
        return values;
    }

    public Secret Agree(DhGroup group, Secret exponent, ReadOnlySpan<byte> publicValue) => throw new NotSupportedException();

    public bool IsValidPublicValue(DhGroup group, ReadOnlySpan<byte> publicValue) => throw new NotSupportedException();

    public bool IsSafePrime(ReadOnlySpan<byte> p) => throw new NotSupportedException();
}
