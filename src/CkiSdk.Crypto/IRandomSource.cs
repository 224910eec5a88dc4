namespace CkiSdk.Crypto;

/// <summary>Gives octets that nobody can predict.</summary>
public interface IRandomSource
{
    /// <summary>Fills the whole destination with random octets.</summary>
    /// <param name="destination">What to fill.</param>
    void Fill(Span<byte> destination);
}
