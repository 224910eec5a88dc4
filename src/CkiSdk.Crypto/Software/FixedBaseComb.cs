using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Raises a group's generator to secret exponents by the comb of Lim and Lee over libcrypto's Montgomery multiplication, in constant time.</summary>
/// <remarks>
/// The bits of the exponent stand in h rows, and v tables hold the products of g^(2^…) for the h bits of a column. Each entry has a factor w besides, so that
/// none is 1, whose shorter number libcrypto would multiply at another speed; the factor that gathers is taken out at the end. A whole table is read for each column.
/// </remarks>
internal sealed class FixedBaseComb
{
    private readonly CombShape _shape;
    private readonly ulong[] _table; // little-endian limbs: block, then column value, then limb
    private readonly NumberHandle _correction; // w^(−v·(2^b − 1)), not in Montgomery form
    private readonly MontgomeryHandle _montgomery;
    private readonly int _limbs;

    /// <summary>Makes the tables.</summary>
    public FixedBaseComb(DhGroup group, MontgomeryHandle montgomery, Func<BigInteger, byte[]> power)
    {
        _shape = CombShape.For(group);
        _montgomery = montgomery;
        _limbs = ((group.Length + 31) / 32) * 4; // whole vectors
        _table = GC.AllocateArray<ulong>(_shape.Blocks * _shape.Entries * _limbs, pinned: true);
        var q = new BigInteger(group.Q.Span, isUnsigned: true, isBigEndian: true);
        var shift = Fill(group, q, power);
        var gathered = shift * _shape.Blocks * ((BigInteger.One << _shape.Width) - 1) % q;
        _correction = NumberHandle.From(power(q - gathered));
    }

    /// <summary>Tells whether exponents of a length are raised.</summary>
    public bool Covers(int exponentLength) => exponentLength * 8 <= _shape.Bits;

    /// <summary>Computes g^x mod p into the destination, which is as long as p.</summary>
    public void Power(ReadOnlySpan<byte> exponent, Span<byte> destination)
    {
        using var entry = new NumberHandle();
        using var result = new NumberHandle(); // both cleared on release
        using var scratch = new ScratchHandle();
        Span<byte> selected = stackalloc byte[_limbs * sizeof(ulong)]; // as long as the modulus, whose length groups bound
        try
        {
            Multiply(exponent, selected, entry.DangerousGetHandle(), result.DangerousGetHandle(), scratch.DangerousGetHandle());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(selected);
        }

        LibCryptoStatus.Require(LibCrypto.MultiplyMontgomery(
            result.DangerousGetHandle(), result.DangerousGetHandle(), _correction.DangerousGetHandle(), _montgomery.DangerousGetHandle(), scratch.DangerousGetHandle()));
        result.WriteTo(destination);
    }

    private unsafe void Multiply(ReadOnlySpan<byte> exponent, Span<byte> selected, nint entry, nint result, nint scratch)
    {
        var montgomery = _montgomery.DangerousGetHandle();
        fixed (byte* octets = selected)
        {
            for (var column = _shape.Width - 1; column >= 0; column--)
            {
                var isFirst = column == _shape.Width - 1;
                if (!isFirst)
                    LibCryptoStatus.Require(LibCrypto.MultiplyMontgomery(result, result, result, montgomery, scratch));
                for (var block = 0; block < _shape.Blocks; block++)
                {
                    Select(block, _shape.Digit(exponent, block, column), selected);
                    var target = isFirst && block == 0 ? result : entry;
                    LibCryptoStatus.Require(LibCrypto.ReadLittleEndian(octets, selected.Length, target));
                    if (target == entry)
                        LibCryptoStatus.Require(LibCrypto.MultiplyMontgomery(result, result, entry, montgomery, scratch));
                }
            }
        }
    }

    // Reads every entry of the block and keeps the one that is meant, by masks.
    private void Select(int block, int digit, Span<byte> selected)
    {
        var vectors = _limbs / 4;
        var table = MemoryMarshal.Cast<ulong, Vector256<ulong>>(_table.AsSpan(block * _shape.Entries * _limbs, _shape.Entries * _limbs));
        var target = MemoryMarshal.Cast<byte, Vector256<ulong>>(selected);
        CombSelection.Read(ref MemoryMarshal.GetReference(table), _shape.Entries, vectors, (ulong)digit, ref MemoryMarshal.GetReference(target));
    }

    // Tries one shift after the other until no entry is shorter than p; the first one does in practice.
    private BigInteger Fill(DhGroup group, BigInteger q, Func<BigInteger, byte[]> power)
    {
        using var one = MontgomeryOne(group);
        for (var shift = (BigInteger.One << (group.ExponentBits - 1)) - 3; ; shift -= 2)
        {
            for (var block = 0; block < _shape.Blocks; block++)
                FillBlock(block, shift, q, power, one);
            if (AreAllLong(group.Length / 8))
                return shift;
        }
    }

    private void FillBlock(int block, BigInteger shift, BigInteger q, Func<BigInteger, byte[]> power, NumberHandle toMontgomery)
    {
        using var scratch = new ScratchHandle();
        var (factors, entries) = (new NumberHandle[_shape.Rows], new NumberHandle[_shape.Entries]);
        for (var row = 0; row < _shape.Rows; row++)
            factors[row] = Product(NumberHandle.From(power(BigInteger.Pow(2, (row * _shape.RowLength) + (block * _shape.Width)) % q)), toMontgomery, scratch);
        entries[0] = Product(NumberHandle.From(power(shift)), toMontgomery, scratch);
        Store(block, 0, entries[0]);
        for (var value = 1; value < _shape.Entries; value++)
        {
            var highest = BitOperations.Log2((uint)value);
            entries[value] = new NumberHandle();
            LibCryptoStatus.Require(LibCrypto.MultiplyMontgomery(
                entries[value].DangerousGetHandle(), entries[value ^ (1 << highest)].DangerousGetHandle(), factors[highest].DangerousGetHandle(),
                _montgomery.DangerousGetHandle(), scratch.DangerousGetHandle()));
            Store(block, value, entries[value]);
        }

        Array.ForEach(factors, factor => factor.Dispose());
        Array.ForEach(entries, entry => entry.Dispose());
    }

    private NumberHandle Product(NumberHandle left, NumberHandle right, ScratchHandle scratch)
    {
        LibCryptoStatus.Require(LibCrypto.MultiplyMontgomery(
            left.DangerousGetHandle(), left.DangerousGetHandle(), right.DangerousGetHandle(), _montgomery.DangerousGetHandle(), scratch.DangerousGetHandle()));
        return left;
    }

    // R² mod p: a Montgomery product with it brings a number into Montgomery form.
    private static NumberHandle MontgomeryOne(DhGroup group)
    {
        var p = new BigInteger(group.P.Span, isUnsigned: true, isBigEndian: true);
        var bits = ((group.Length + 7) / 8) * 64;
        return NumberHandle.From((BigInteger.Pow(2, 2 * bits) % p).ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    private unsafe void Store(int block, int value, NumberHandle number)
    {
        var limbs = MemoryMarshal.AsBytes(_table.AsSpan(((block * _shape.Entries) + value) * _limbs, _limbs));
        fixed (byte* octets = limbs)
        {
            if (LibCrypto.WriteLittleEndian(number.DangerousGetHandle(), octets, limbs.Length) != limbs.Length)
                LibCryptoStatus.Throw();
        }
    }

    private bool AreAllLong(int limbs)
    {
        for (var start = 0; start < _table.Length; start += _limbs)
        {
            if (_table[start + limbs - 1] == 0)
                return false;
        }

        return true;
    }
}
