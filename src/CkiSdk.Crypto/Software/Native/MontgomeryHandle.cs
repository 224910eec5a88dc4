using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Owns a BN_MONT_CTX: what Montgomery multiplication needs to know of a modulus.</summary>
internal sealed class MontgomeryHandle : SafeHandle
{
    /// <summary>Prepares for a modulus.</summary>
    public MontgomeryHandle(NumberHandle modulus)
        : base(0, ownsHandle: true)
    {
        SetHandle(LibCryptoStatus.Require(LibCrypto.NewMontgomery()));
        using var scratch = new ScratchHandle();
        LibCryptoStatus.Require(LibCrypto.SetMontgomery(this, modulus, scratch));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeMontgomery(handle);
        return true;
    }
}
