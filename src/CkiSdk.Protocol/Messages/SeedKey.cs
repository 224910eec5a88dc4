using CkiSdk.Crypto;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Messages;

/// <summary>Is a user's seed key with what identifies it; disposing of it zeroes the key.</summary>
/// <param name="Cma">The authority whose certificates it serves; for a local seed key the user's own.</param>
/// <param name="User">The user.</param>
/// <param name="Identifier">The DER of the seed key identifier.</param>
/// <param name="NotBefore">The first second in which it may be used.</param>
/// <param name="NotAfter">The last second in which it may be used.</param>
/// <param name="Key">The key, 32 octets.</param>
public sealed record SeedKey(
    DistinguishedName Cma, DistinguishedName User, ReadOnlyMemory<byte> Identifier, DateTimeOffset NotBefore, DateTimeOffset NotAfter, Secret Key) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
