using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace CkiSdk.Crypto;

/// <summary>Describes a Diffie-Hellman group modulo a safe prime; no instance exists whose parameters were not proved or checked.</summary>
public sealed class DhGroup : IEquatable<DhGroup>
{
    /// <summary>The shortest modulus in bits.</summary>
    public const int MinBits = 2048;

    /// <summary>The longest modulus in bits.</summary>
    public const int MaxBits = 8192;

    private readonly byte[] _p;
    private readonly byte[] _q;
    private readonly byte[] _g;
    private readonly byte[] _candidateModulus; // M − 1

    internal DhGroup(string name, string? oid, BigInteger p, BigInteger g, int? exponentBits)
    {
        var q = (p - 1) >> 1;
        Name = name;
        Oid = oid;
        Bits = (int)p.GetBitLength();
        ExponentBits = exponentBits ?? (int)q.GetBitLength();
        _p = Octets(p);
        _q = Octets(q);
        _g = Octets(g);
        _candidateModulus = Octets(BigInteger.Min(BigInteger.One << ExponentBits, q) - 1);
    }

    /// <summary>Gets the name: <c>ffdhe3072</c>, or what the configuration calls a group by value.</summary>
    public string Name { get; }

    /// <summary>Gets the dotted object identifier, or <see langword="null"/> for a group by value.</summary>
    public string? Oid { get; }

    /// <summary>Gets the modulus, big-endian without leading zeros.</summary>
    public ReadOnlyMemory<byte> P => _p;

    /// <summary>Gets the order of the subgroup, q = (p − 1)/2, big-endian without leading zeros.</summary>
    public ReadOnlyMemory<byte> Q => _q;

    /// <summary>Gets the generator, big-endian without leading zeros.</summary>
    public ReadOnlyMemory<byte> G => _g;

    /// <summary>Gets the length of the modulus in bits.</summary>
    public int Bits { get; }

    /// <summary>Gets the length of the modulus in octets, which is the length of public values and agreed secrets.</summary>
    public int Length => _p.Length;

    /// <summary>Gets N, the length of private exponents in bits.</summary>
    public int ExponentBits { get; }

    /// <summary>Gets the length of private exponents in octets.</summary>
    public int ExponentLength => (ExponentBits + 7) / 8;

    /// <summary>Gets the length of the candidate that <see cref="ExponentFrom(Secret)"/> takes: ceil((N + 64)/8) octets.</summary>
    public int CandidateLength => (ExponentBits + 64 + 7) / 8;

    /// <summary>Checks and takes a group given by value.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="p">The modulus, big-endian.</param>
    /// <param name="g">The generator, big-endian.</param>
    /// <param name="arithmetic">What tests the primes.</param>
    /// <returns>The group, with N = bits(q). The check may take many seconds: keep the group.</returns>
    /// <exception cref="ArgumentException">
    /// One of 2048 ≤ bits(p) ≤ 8192, p and (p − 1)/2 prime, 2 ≤ g ≤ p − 2 and g^q = 1 does not hold.
    /// </exception>
    public static DhGroup FromValue(string name, ReadOnlySpan<byte> p, ReadOnlySpan<byte> g, IDiffieHellman arithmetic)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(arithmetic);
        var modulus = new BigInteger(p, isUnsigned: true, isBigEndian: true);
        var generator = new BigInteger(g, isUnsigned: true, isBigEndian: true);
        if (modulus.GetBitLength() is < MinBits or > MaxBits)
            throw new ArgumentException($"The modulus is not between {MinBits} and {MaxBits} bits long.", nameof(p));
        if (generator < 2 || generator > modulus - 2)
            throw new ArgumentException("The generator is not between 2 and p - 2.", nameof(g));
        if (modulus.IsEven || !arithmetic.IsSafePrime(p))
            throw new ArgumentException("The modulus is not a safe prime.", nameof(p));
        var group = new DhGroup(name, oid: null, modulus, generator, exponentBits: null);
        if (!arithmetic.IsValidPublicValue(group, group._g))
            throw new ArgumentException("The generator does not generate the subgroup of order q.", nameof(g));
        return group;
    }

    /// <summary>Makes a private exponent from random or derived octets, in constant time.</summary>
    /// <param name="candidate">c, <see cref="CandidateLength"/> octets.</param>
    /// <returns>x = (OS2IP(c) mod (M − 1)) + 1 with M = min(2^N, q), big-endian, <see cref="ExponentLength"/> octets.</returns>
    /// <remarks>64 surplus bits make the bias negligible (FIPS 186-5 A.2.1).</remarks>
    /// <exception cref="ArgumentException">The candidate has another length.</exception>
    public Secret ExponentFrom(Secret candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var exponent = new Secret(ExponentLength);
        ExponentFrom(candidate.Span, exponent.Span);
        return exponent;
    }

    /// <summary>Makes a private exponent as <see cref="ExponentFrom(Secret)"/> does, in memory of the caller.</summary>
    /// <param name="candidate">c, <see cref="CandidateLength"/> octets.</param>
    /// <param name="exponent">Where x goes, <see cref="ExponentLength"/> octets; the caller zeroes it.</param>
    /// <exception cref="ArgumentException">One of them has another length.</exception>
    public void ExponentFrom(ReadOnlySpan<byte> candidate, Span<byte> exponent)
    {
        if (candidate.Length != CandidateLength)
            throw new ArgumentException($"The candidate must have {CandidateLength} octets.", nameof(candidate));
        if (exponent.Length != ExponentLength)
            throw new ArgumentException($"The exponent must have {ExponentLength} octets.", nameof(exponent));
        ExponentReduction.Reduce(candidate, _candidateModulus, exponent);
    }

    /// <summary>Counts exponents that stand one after the other, each as long as those of the group.</summary>
    /// <param name="exponents">The exponents.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">The last one is not whole.</exception>
    internal int CountExponents(ReadOnlySpan<byte> exponents)
    {
        var (count, rest) = Math.DivRem(exponents.Length, ExponentLength);
        return rest == 0 ? count : throw new ArgumentException($"The exponents must have {ExponentLength} octets each; {rest} are left.", nameof(exponents));
    }

    /// <summary>Compares modulus, generator and length of exponents; names do not matter.</summary>
    /// <param name="other">The other group.</param>
    /// <returns>Whether they are the same group.</returns>
    public bool Equals([NotNullWhen(true)] DhGroup? other) =>
        ReferenceEquals(this, other)
        || (other is not null && ExponentBits == other.ExponentBits && _p.AsSpan().SequenceEqual(other._p) && _g.AsSpan().SequenceEqual(other._g));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DhGroup);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(ExponentBits);
        hash.AddBytes(_p.AsSpan(_p.Length - 32)); // the middle and the end of p tell groups apart
        hash.AddBytes(_p.AsSpan(_p.Length / 2, 32));
        return hash.ToHashCode();
    }

    /// <summary>Gives the name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    private static byte[] Octets(BigInteger value) => value.ToByteArray(isUnsigned: true, isBigEndian: true);
}
