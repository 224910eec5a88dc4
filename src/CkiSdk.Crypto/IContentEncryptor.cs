namespace CkiSdk.Crypto;

/// <summary>Encrypts one content piece by piece.</summary>
public interface IContentEncryptor : IDisposable
{
    /// <summary>Encrypts the next piece.</summary>
    /// <param name="plaintext">The piece.</param>
    /// <param name="ciphertext">Receives at most 32 octets more than the piece has.</param>
    /// <returns>How many octets were written.</returns>
    /// <exception cref="ArgumentException">There is no room, or the content gets too long for the algorithm.</exception>
    int Update(ReadOnlySpan<byte> plaintext, Span<byte> ciphertext);

    /// <summary>Ends the content: pads it in CBC, makes the tag in GCM.</summary>
    /// <param name="ciphertext">Receives at most 16 octets.</param>
    /// <param name="tag">Receives the 16 octets of the tag; empty for CBC.</param>
    /// <returns>How many octets of ciphertext were written.</returns>
    int Finish(Span<byte> ciphertext, Span<byte> tag);
}
