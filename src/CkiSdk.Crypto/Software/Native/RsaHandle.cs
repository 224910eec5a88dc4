using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Owns an RSA private key of libcrypto, which clears its numbers when it is released.</summary>
internal sealed class RsaHandle : SafeHandle
{
    /// <summary>Makes an empty key.</summary>
    public RsaHandle()
        : base(0, ownsHandle: true) => SetHandle(LibCryptoStatus.Require(LibCrypto.NewRsa()));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Copies a private key with all its parts.</summary>
    public static RsaHandle From(RsaPrivateNumbers key)
    {
        var rsa = new RsaHandle();
        LibCryptoStatus.Require(LibCrypto.SetRsaKey(rsa, Number(key.Modulus), Number(key.PublicExponent), Number(key.PrivateExponent)));
        LibCryptoStatus.Require(LibCrypto.SetRsaFactors(rsa, Number(key.Prime1), Number(key.Prime2)));
        LibCryptoStatus.Require(LibCrypto.SetRsaRemainders(rsa, Number(key.Exponent1), Number(key.Exponent2), Number(key.Coefficient)));
        return rsa;
    }

    /// <summary>Generates a key.</summary>
    public static RsaHandle Generate(int bits, ReadOnlySpan<byte> exponent)
    {
        var rsa = new RsaHandle();
        using var e = NumberHandle.From(exponent);
        LibCryptoStatus.Require(LibCrypto.GenerateRsa(rsa, bits, e, callback: 0));
        return rsa;
    }

    /// <summary>Writes the DER of RSAPrivateKey.</summary>
    public unsafe Secret Export()
    {
        var length = LibCrypto.EncodeRsa(this, null);
        if (length <= 0)
            LibCryptoStatus.Throw();
        var der = new Secret(length);
        fixed (byte* start = der.Span)
        {
            var position = start; // moved behind the last octet
            if (LibCrypto.EncodeRsa(this, &position) != length)
                LibCryptoStatus.Throw();
        }

        return der;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeRsa(handle);
        return true;
    }

    // The key takes the number over, with the flag that makes computations on it constant-time.
    private static nint Number(ReadOnlyMemory<byte> octets)
    {
        var number = LibCryptoStatus.Require(LibCrypto.ReadNewNumber(octets.Span, octets.Length, 0));
        LibCrypto.SetFlags(number, LibCrypto.ConstantTimeFlag);
        return number;
    }
}
