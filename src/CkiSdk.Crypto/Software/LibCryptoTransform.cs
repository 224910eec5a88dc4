using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Runs one cipher of libcrypto over one content.</summary>
internal sealed class LibCryptoTransform : IBlockTransform
{
    private readonly CipherHandle _cipher = new();

    public LibCryptoTransform(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, bool encrypt)
    {
        var direction = encrypt ? 1 : 0;
        LibCryptoStatus.Require(LibCrypto.InitCipher(_cipher, TypeOf(algorithm), engine: 0, default, default, direction));
        if (algorithm.IsAuthenticated())
            LibCryptoStatus.Require(LibCrypto.ControlCipher(_cipher, LibCrypto.SetNonceLength, nonce.Length, default));
        LibCryptoStatus.Require(LibCrypto.InitCipher(_cipher, type: 0, engine: 0, key.Span, nonce, direction));
        LibCryptoStatus.Require(LibCrypto.SetPadding(_cipher, padding: 0));
        if (!associated.IsEmpty)
            LibCryptoStatus.Require(LibCrypto.UpdateCipher(_cipher, default, out _, associated, associated.Length));
    }

    public int Update(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.IsEmpty)
            return 0;
        LibCryptoStatus.Require(LibCrypto.UpdateCipher(_cipher, output, out var written, input, input.Length));
        return written;
    }

    public int Finish(Span<byte> output, Span<byte> tag)
    {
        Span<byte> last = stackalloc byte[16];
        LibCryptoStatus.Require(LibCrypto.FinishCipher(_cipher, last, out var written));
        last[..written].CopyTo(output);
        if (!tag.IsEmpty)
            LibCryptoStatus.Require(LibCrypto.ControlCipher(_cipher, LibCrypto.GetTag, tag.Length, tag));
        return written;
    }

    public bool TryFinish(ReadOnlySpan<byte> tag, Span<byte> output, out int written)
    {
        written = 0;
        Span<byte> last = stackalloc byte[16];
        if (!tag.IsEmpty)
        {
            Span<byte> copy = stackalloc byte[ContentEncryptionExtensions.TagLength];
            tag.CopyTo(copy);
            LibCryptoStatus.Require(LibCrypto.ControlCipher(_cipher, LibCrypto.SetTag, tag.Length, copy));
        }

        // libcrypto compares the tag in constant time (CRYPTO_memcmp).
        if (LibCrypto.FinishCipher(_cipher, last, out var length) != 1)
        {
            LibCrypto.ClearErrors();
            return false;
        }

        last[..length].CopyTo(output);
        written = length;
        return true;
    }

    public void Dispose() => _cipher.Dispose();

    private static nint TypeOf(ContentEncryption algorithm) => LibCryptoStatus.Require(algorithm switch
    {
        ContentEncryption.Aes128Gcm => LibCrypto.Aes128Gcm(),
        ContentEncryption.Aes192Gcm => LibCrypto.Aes192Gcm(),
        ContentEncryption.Aes256Gcm => LibCrypto.Aes256Gcm(),
        ContentEncryption.Aes128Cbc => LibCrypto.Aes128Cbc(),
        ContentEncryption.Aes192Cbc => LibCrypto.Aes192Cbc(),
        ContentEncryption.Aes256Cbc => LibCrypto.Aes256Cbc(),
        _ => LibCrypto.TripleDesCbc(),
    });
}
