using System.Buffers.Binary;
using System.Numerics;

namespace CkiSdk.Asn1;

/// <content>From and to the numbers of .NET.</content>
public readonly partial struct Integer
{
    // The numbers of one octet, so that small ones cost no allocation.
    private static readonly byte[] OneOctet = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    /// <summary>Makes the INTEGER of a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Integer(int value) => (long)value;

    /// <summary>Makes the INTEGER of a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Integer(long value)
    {
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
            return Wrap(OneOctet.AsMemory((byte)value, 1));
        var octets = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(octets, value);
        return Wrap(octets.AsMemory(8 - LengthOf(value)));
    }

    /// <summary>Makes the INTEGER of a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Integer(BigInteger value) => Wrap(value.ToByteArray(isBigEndian: true));

    /// <summary>Makes the INTEGER of a number that is not negative.</summary>
    /// <param name="bigEndian">The number, unsigned, big-endian; leading zeros and the empty span (zero) are admitted.</param>
    public static Integer FromUnsigned(ReadOnlySpan<byte> bigEndian)
    {
        var digits = bigEndian.TrimStart((byte)0);
        if (digits.IsEmpty)
            return default;
        var sign = digits[0] >> 7;
        var octets = new byte[sign + digits.Length];
        digits.CopyTo(octets.AsSpan(sign));
        return Wrap(octets);
    }

    /// <summary>Gives the number as unsigned octets, big-endian, without a leading zero; zero is the one octet 00.</summary>
    /// <exception cref="OverflowException">The number is negative.</exception>
    public ReadOnlySpan<byte> ToUnsigned()
    {
        if (IsNegative)
            throw new OverflowException("The INTEGER is negative.");
        var octets = Octets.Span;
        return octets.Length > 1 && octets[0] == 0 ? octets[1..] : octets;
    }

    /// <summary>Gives the number.</summary>
    public BigInteger ToBigInteger() => new(Octets.Span, isBigEndian: true);

    /// <summary>Gives the number if an <see cref="int"/> holds it.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryToInt32(out int value)
    {
        value = _octets.Length <= 4 ? (int)Narrow(Octets.Span) : 0;
        return _octets.Length <= 4;
    }

    /// <summary>Gives the number if a <see cref="long"/> holds it.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryToInt64(out long value)
    {
        value = _octets.Length <= 8 ? Narrow(Octets.Span) : 0;
        return _octets.Length <= 8;
    }

    /// <summary>Gives the number.</summary>
    /// <exception cref="OverflowException">An <see cref="int"/> does not hold it.</exception>
    public int ToInt32() => TryToInt32(out var value) ? value : throw new OverflowException("The INTEGER lies outside 32 bits.");

    /// <summary>Gives the number.</summary>
    /// <exception cref="OverflowException">A <see cref="long"/> does not hold it.</exception>
    public long ToInt64() => TryToInt64(out var value) ? value : throw new OverflowException("The INTEGER lies outside 64 bits.");

    /// <summary>Reads one to eight octets of two's complement.</summary>
    internal static long Narrow(ReadOnlySpan<byte> octets)
    {
        long value = (sbyte)octets[0];
        foreach (var octet in octets[1..])
            value = (value << 8) | octet;
        return value;
    }

    /// <summary>Counts the octets of a number: all its bits but the redundant ones, and a sign.</summary>
    internal static int LengthOf(long value) => ((64 - BitOperations.LeadingZeroCount((ulong)(value ^ (value >> 63)))) / 8) + 1;
}
