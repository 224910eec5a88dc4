using System.Security.Cryptography;
using CkiSdk.Crypto;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Puts a hash in the place of the exponentiation, which would take all the time.</summary>
internal sealed class HashedDiffieHellman : IDiffieHellman
{
    /// <inheritdoc/>
    public bool IsConstantTime => true;

    /// <inheritdoc/>
    public byte[] PublicValue(DhGroup group, ReadOnlySpan<byte> exponent)
    {
        var value = new byte[group.Length];
        SHA256.HashData(exponent, value.AsSpan(group.Length - 32));
        return value;
    }

    /// <inheritdoc/>
    public Secret Agree(DhGroup group, Secret exponent, ReadOnlySpan<byte> publicValue) => InsecureProvider.Derive(exponent.Span, publicValue, group.Length);

    /// <inheritdoc/>
    public bool IsValidPublicValue(DhGroup group, ReadOnlySpan<byte> publicValue) => publicValue.Length == group.Length && publicValue.ContainsAnyExcept((byte)0);

    /// <inheritdoc/>
    public bool IsSafePrime(ReadOnlySpan<byte> p) => true;
}
