using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Owns a BIGNUM and clears it when it is released.</summary>
internal sealed class NumberHandle : SafeHandle
{
    /// <summary>Makes the number zero.</summary>
    public NumberHandle()
        : base(0, ownsHandle: true) => SetHandle(LibCryptoStatus.Require(LibCrypto.NewNumber()));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Reads a big-endian number.</summary>
    public static NumberHandle From(ReadOnlySpan<byte> octets)
    {
        var number = new NumberHandle();
        LibCryptoStatus.Require(LibCrypto.ReadNumber(octets, octets.Length, number));
        return number;
    }

    /// <summary>Reads a secret big-endian number, on which libcrypto then computes in constant time.</summary>
    public static NumberHandle FromSecret(Secret octets) => FromSecret(octets.Span);

    /// <summary>Reads a secret big-endian number, on which libcrypto then computes in constant time.</summary>
    public static NumberHandle FromSecret(ReadOnlySpan<byte> octets)
    {
        var number = From(octets);
        LibCrypto.SetFlags(number, LibCrypto.ConstantTimeFlag);
        return number;
    }

    /// <summary>Writes the number big-endian, left-padded to the whole destination.</summary>
    public void WriteTo(Span<byte> destination)
    {
        if (LibCrypto.WriteNumber(this, destination, destination.Length) != destination.Length)
            LibCryptoStatus.Throw();
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.ClearNumber(handle);
        return true;
    }
}
