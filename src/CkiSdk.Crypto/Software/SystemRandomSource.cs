using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Draws from the operating system's generator.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
