namespace CkiSdk.Crypto.Software;

/// <summary>Counts, encrypts and pads one content.</summary>
internal sealed class SoftwareContentEncryptor(ContentEncryption algorithm, IBlockTransform transform) : IContentEncryptor
{
    private long _length;

    /// <inheritdoc/>
    public int Update(ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        if (ciphertext.Length < plaintext.Length + algorithm.BlockLength())
            throw new ArgumentException("There is no room for the ciphertext.", nameof(ciphertext));
        _length += plaintext.Length;
        if (algorithm.IsAuthenticated() && _length > ContentEncryptionExtensions.MaxGcmLength)
            throw new ArgumentException("The content is too long for the algorithm.", nameof(plaintext));
        return transform.Update(plaintext, ciphertext);
    }

    /// <inheritdoc/>
    public int Finish(Span<byte> ciphertext, Span<byte> tag)
    {
        if (algorithm.IsAuthenticated())
            return transform.Finish(ciphertext, tag);
        Span<byte> last = stackalloc byte[2 * algorithm.BlockLength()];
        var written = transform.Update(CbcPadding.For(_length, algorithm.BlockLength()), last);
        written += transform.Finish(last[written..], []);
        last[..written].CopyTo(ciphertext);
        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => transform.Dispose();
}
