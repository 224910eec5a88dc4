namespace CkiSdk.Crypto.Software.Native;

/// <summary>Computes what the rules ask of an RSA private key; all numbers are cleared at the end.</summary>
internal sealed class RsaCheck : IDisposable
{
    private readonly NumberHandle _n;
    private readonly NumberHandle _e;
    private readonly NumberHandle _d;
    private readonly NumberHandle _p;
    private readonly NumberHandle _q;
    private readonly NumberHandle _dp;
    private readonly NumberHandle _dq;
    private readonly NumberHandle _inverse;
    private readonly ScratchHandle _scratch = new();

    public RsaCheck(RsaPrivateNumbers key)
    {
        _n = NumberHandle.From(key.Modulus.Span);
        _e = NumberHandle.From(key.PublicExponent.Span);
        _d = NumberHandle.FromSecret(key.PrivateExponent.Span);
        _p = NumberHandle.FromSecret(key.Prime1.Span);
        _q = NumberHandle.FromSecret(key.Prime2.Span);
        _dp = NumberHandle.FromSecret(key.Exponent1.Span);
        _dq = NumberHandle.FromSecret(key.Exponent2.Span);
        _inverse = NumberHandle.FromSecret(key.Coefficient.Span);
    }

    public int Bits => LibCrypto.CountBits(_n);

    public int PrivateExponentBits => LibCrypto.CountBits(_d);

    public bool IsExponentBelowModulus => LibCrypto.Compare(_d, _n) < 0;

    public bool AreFactorsEqual => LibCrypto.Compare(_p, _q) == 0;

    public bool AreFactorsOfModulus
    {
        get
        {
            using var product = new NumberHandle();
            LibCryptoStatus.Require(LibCrypto.Multiply(product, _p, _q, _scratch));
            return LibCrypto.Compare(product, _n) == 0 && LibCrypto.CountBits(_p) > 1 && LibCrypto.CountBits(_q) > 1;
        }
    }

    public int SmallerFactorBits => Math.Min(LibCrypto.CountBits(_p), LibCrypto.CountBits(_q));

    public bool AreExponentsInverse => IsInverse(_e, _d, Less1(_p)) && IsInverse(_e, _d, Less1(_q));

    public bool AreRemaindersRight => IsInverse(_e, _dp, Less1(_p)) && IsInverse(_e, _dq, Less1(_q)) && IsInverse(_q, _inverse, CopyOf(_p))
        && LibCrypto.Compare(_dp, _p) < 0 && LibCrypto.Compare(_dq, _q) < 0;

    public int DifferenceBits
    {
        get
        {
            using var difference = new NumberHandle();
            LibCryptoStatus.Require(LibCrypto.Subtract(difference, _p, _q));
            return LibCrypto.CountBits(difference);
        }
    }

    /// <summary>Computes d mod lcm(p − 1, q − 1), which is the same key.</summary>
    public Secret ReduceExponent()
    {
        using NumberHandle p = Less1(_p), q = Less1(_q);
        using NumberHandle divisor = Empty(), product = Empty(), multiple = Empty(), rest = Empty(), reduced = Empty();
        LibCryptoStatus.Require(LibCrypto.CommonDivisor(divisor, p, q, _scratch));
        LibCryptoStatus.Require(LibCrypto.Multiply(product, p, q, _scratch));
        LibCryptoStatus.Require(LibCrypto.Divide(multiple, rest, product, divisor, _scratch));
        LibCryptoStatus.Require(LibCrypto.Divide(rest, reduced, _d, multiple, _scratch));
        var exponent = new Secret((Bits + 7) / 8);
        reduced.WriteTo(exponent.Span);
        return exponent;
    }

    public void Dispose()
    {
        foreach (var number in (NumberHandle[])[_n, _e, _d, _p, _q, _dp, _dq, _inverse])
            number.Dispose();
        _scratch.Dispose();
    }

    private static NumberHandle CopyOf(NumberHandle number)
    {
        using var zero = new NumberHandle();
        var copy = Empty();
        LibCryptoStatus.Require(LibCrypto.Subtract(copy, number, zero));
        return copy;
    }

    private static NumberHandle Empty() => NumberHandle.FromSecret(ReadOnlySpan<byte>.Empty);

    private static NumberHandle Less1(NumberHandle number)
    {
        var less = CopyOf(number);
        LibCryptoStatus.Require(LibCrypto.SubtractWord(less, new System.Runtime.InteropServices.CULong(1)));
        return less;
    }

    // The modulus is disposed here.
    private bool IsInverse(NumberHandle left, NumberHandle right, NumberHandle modulus)
    {
        using (modulus)
        {
            if (LibCrypto.CountBits(modulus) < 2)
                return false;
            using var product = new NumberHandle();
            LibCryptoStatus.Require(LibCrypto.MultiplyModulo(product, left, right, modulus, _scratch));
            return LibCrypto.CountBits(product) == 1;
        }
    }
}
