using System.Security.Cryptography;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Keeps what libcrypto needs to compute in one group; it is read only after construction and shared by threads.</summary>
internal sealed class LibCryptoGroup(DhGroup group)
{
    private readonly NumberHandle _p = NumberHandle.From(group.P.Span);
    private readonly NumberHandle _g = NumberHandle.From(group.G.Span);
    private MontgomeryHandle? _montgomery;
    private FixedBaseComb? _comb;
    private LaneComb? _lanes;
    private object? _lanesGate; // tables of long exponents take a second, which one thread spends
    private volatile byte[] _lastSquare = [];

    private MontgomeryHandle Montgomery => LazyInitializer.EnsureInitialized(ref _montgomery, () => new MontgomeryHandle(_p));

    /// <summary>Computes generator^exponent mod p into the destination, which is as long as p.</summary>
    public void Power(ReadOnlySpan<byte> exponent, Span<byte> destination)
    {
        var comb = LazyInitializer.EnsureInitialized(ref _comb, () => new FixedBaseComb(group, Montgomery, PowerOfPublic));
        if (comb.Covers(exponent.Length))
            comb.Power(exponent, destination);
        else
            Power(_g, exponent, destination);
    }

    /// <summary>Computes generator^exponent mod p for up to eight exponents at once, as the processor must be able to.</summary>
    /// <param name="exponents">The exponents, one after the other, each as long as those of the group.</param>
    /// <param name="values">Where the values go, each as long as p.</param>
    public void Powers(ReadOnlySpan<byte> exponents, ReadOnlySpan<byte[]> values) =>
        LazyInitializer.EnsureInitialized(ref _lanes, ref _lanesGate, MakeLanes).Powers(exponents, group.ExponentLength, values);

    /// <summary>Computes base^exponent mod p into the destination, which is as long as p.</summary>
    public void Power(ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent, Span<byte> destination)
    {
        using var y = NumberHandle.From(number);
        Power(y, exponent, destination);
    }

    /// <summary>Tells whether a value is a square modulo p, that is in the subgroup of order q; the last one that was is not tested twice.</summary>
    public bool IsSquare(ReadOnlySpan<byte> value)
    {
        if (value.SequenceEqual(_lastSquare))
            return true;
        if (Jacobi(value) != 1)
            return false;
        _lastSquare = value.ToArray(); // public; whoever checks a value when it arrives uses it next
        return true;
    }

    // A processor that computes wrongly would certify keys that nobody has: the first values are held to libcrypto's.
    private LaneComb MakeLanes()
    {
        var lanes = new LaneComb(group);
        var (length, value) = (group.ExponentLength, new byte[group.Length]);
        var exponents = RandomNumberGenerator.GetBytes(LaneMultiplication.Count * length);
        var values = Enumerable.Range(0, LaneMultiplication.Count).Select(_ => new byte[group.Length]).ToArray();
        lanes.Powers(exponents, length, values);
        for (var lane = 0; lane < values.Length; lane++)
        {
            Power(exponents.AsSpan(lane * length, length), value);
            if (!value.AsSpan().SequenceEqual(values[lane]))
                throw new CryptoProviderException($"This processor's vectors gave a wrong power in the group {group}.");
        }

        return lanes;
    }

    private int Jacobi(ReadOnlySpan<byte> value)
    {
        using var y = NumberHandle.From(value);
        using var scratch = new ScratchHandle();
        var symbol = LibCrypto.Kronecker(y, _p, scratch);
        if (symbol < -1)
            LibCryptoStatus.Throw();
        return symbol;
    }

    private byte[] PowerOfPublic(System.Numerics.BigInteger exponent)
    {
        var power = new byte[group.Length];
        Power(_g, exponent.ToByteArray(isUnsigned: true, isBigEndian: true), power);
        return power;
    }

    private void Power(NumberHandle number, ReadOnlySpan<byte> exponent, Span<byte> destination)
    {
        using var x = NumberHandle.FromSecret(exponent);
        using var result = new NumberHandle(); // cleared on release: it may be an agreed secret
        using var scratch = new ScratchHandle();
        LibCryptoStatus.Require(LibCrypto.Power(result, number, x, _p, scratch, Montgomery));
        result.WriteTo(destination);
    }
}
