using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Counts and decrypts one content; the last block of CBC is held back until its padding is removed.</summary>
internal sealed class SoftwareContentDecryptor(ContentEncryption algorithm, IBlockTransform transform) : IContentDecryptor
{
    private const int MinTagLength = 12; // RFC 5084 3.2

    private readonly byte[] _held = new byte[algorithm.BlockLength()];
    private bool _holds;
    private long _length;

    /// <inheritdoc/>
    public int Update(ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        var block = _held.Length;
        if (plaintext.Length < ciphertext.Length + (2 * block))
            throw new ArgumentException("There is no room for the plaintext.", nameof(plaintext));
        _length += ciphertext.Length;
        if (algorithm.IsAuthenticated())
        {
            return _length <= ContentEncryptionExtensions.MaxGcmLength
                ? transform.Update(ciphertext, plaintext)
                : throw new ArgumentException("The content is too long for the algorithm.", nameof(ciphertext));
        }

        var start = _holds ? block : 0;
        var total = transform.Update(ciphertext, plaintext[start..]) + start;
        if (total == start)
            return 0;
        _held.AsSpan(0, start).CopyTo(plaintext);
        plaintext.Slice(total - block, block).CopyTo(_held);
        _holds = true;
        return total - block;
    }

    /// <inheritdoc/>
    public bool TryFinish(ReadOnlySpan<byte> tag, Span<byte> plaintext, out int written)
    {
        written = 0;
        if (algorithm.IsAuthenticated())
            return tag.Length is >= MinTagLength and <= ContentEncryptionExtensions.TagLength && transform.TryFinish(tag, plaintext, out written);
        if (!transform.TryFinish([], [], out _) || !_holds || CbcPadding.ContentLength(_held) is not (>= 0 and var length))
            return false;
        _held.AsSpan(0, length).CopyTo(plaintext);
        written = length;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_held);
        transform.Dispose();
    }
}
