using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Keeps what libcrypto needs to compute in one group; it is read only after construction and shared by threads.</summary>
internal sealed class LibCryptoGroup(DhGroup group)
{
    private readonly NumberHandle _p = NumberHandle.From(group.P.Span);
    private readonly NumberHandle _g = NumberHandle.From(group.G.Span);
    private MontgomeryHandle? _montgomery;

    /// <summary>Computes generator^exponent mod p into the destination, which is as long as p.</summary>
    public void Power(Secret exponent, Span<byte> destination) => Power(_g, exponent, destination);

    /// <summary>Computes base^exponent mod p into the destination, which is as long as p.</summary>
    public void Power(ReadOnlySpan<byte> number, Secret exponent, Span<byte> destination)
    {
        using var y = NumberHandle.From(number);
        Power(y, exponent, destination);
    }

    /// <summary>Computes the Jacobi symbol of a value over p.</summary>
    public int Jacobi(ReadOnlySpan<byte> value)
    {
        using var y = NumberHandle.From(value);
        using var scratch = new ScratchHandle();
        var symbol = LibCrypto.Kronecker(y, _p, scratch);
        if (symbol < -1)
            LibCryptoStatus.Throw();
        return symbol;
    }

    private void Power(NumberHandle number, Secret exponent, Span<byte> destination)
    {
        var montgomery = LazyInitializer.EnsureInitialized(ref _montgomery, () => new MontgomeryHandle(_p));
        using var x = NumberHandle.FromSecret(exponent);
        using var result = new NumberHandle(); // cleared on release: it may be an agreed secret
        using var scratch = new ScratchHandle();
        LibCryptoStatus.Require(LibCrypto.Power(result, number, x, _p, scratch, montgomery));
        result.WriteTo(destination);
    }
}
