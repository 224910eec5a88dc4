using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Owns an EVP_CIPHER_CTX; releasing it clears the key.</summary>
internal sealed class CipherHandle : SafeHandle
{
    /// <summary>Makes an empty one.</summary>
    public CipherHandle()
        : base(0, ownsHandle: true) => SetHandle(LibCryptoStatus.Require(LibCrypto.NewCipher()));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeCipher(handle);
        return true;
    }
}
