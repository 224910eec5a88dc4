using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Owns a BN_CTX; it lives for one operation, because releasing it clears the intermediate values in it.</summary>
internal sealed class ScratchHandle : SafeHandle
{
    /// <summary>Makes an empty one.</summary>
    public ScratchHandle()
        : base(0, ownsHandle: true) => SetHandle(LibCryptoStatus.Require(LibCrypto.NewScratch()));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeScratch(handle);
        return true;
    }
}
