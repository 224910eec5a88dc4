namespace CkiSdk.Crypto;

/// <summary>Decrypts one content piece by piece; nothing that comes out may be used before <see cref="TryFinish"/> said that all of it is good.</summary>
public interface IContentDecryptor : IDisposable
{
    /// <summary>Decrypts the next piece.</summary>
    /// <param name="ciphertext">The piece.</param>
    /// <param name="plaintext">Receives at most 32 octets more than the piece has.</param>
    /// <returns>How many octets were written.</returns>
    /// <exception cref="ArgumentException">There is no room, or the content gets too long for the algorithm.</exception>
    int Update(ReadOnlySpan<byte> ciphertext, Span<byte> plaintext);

    /// <summary>Ends the content: checks the tag of GCM, or removes the padding of CBC, in constant time.</summary>
    /// <param name="tag">The tag, 12 to 16 octets; empty for CBC.</param>
    /// <param name="plaintext">Receives at most 16 octets.</param>
    /// <param name="written">How many octets were written.</param>
    /// <returns><see langword="false"/>, without any reason, if the content is not good.</returns>
    bool TryFinish(ReadOnlySpan<byte> tag, Span<byte> plaintext, out int written);
}
