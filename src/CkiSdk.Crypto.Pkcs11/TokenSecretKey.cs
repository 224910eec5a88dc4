using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Derives by HKDF-Expand with a generic secret in a token, block by block with CKM_SHA256_HMAC; the key never leaves it.</summary>
internal sealed class TokenSecretKey(TokenObject key) : ISecretKey
{
    private const int BlockLength = SHA256.HashSizeInBytes;

    /// <inheritdoc/>
    public KeyLocation Location => TokenLocations.Of(key);

    /// <inheritdoc/>
    public async ValueTask<Secret> DeriveAsync(ReadOnlyMemory<byte> context, int length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Hkdf.MaxLength);
        cancellationToken.ThrowIfCancellationRequested();
        return await key.UseAsync(
            (_, session, handle) => Expand(input => Hmac(session, handle, input), context.Span, length), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static byte[] Hmac(ISession session, IObjectHandle handle, byte[] input)
    {
        using var mechanism = LibraryLoader.Factories.MechanismFactory.Create(CKM.CKM_SHA256_HMAC);
        return session.Sign(mechanism, handle, input);
    }

    /// <summary>Computes T(i) = HMAC(key, T(i − 1) || info || i) for i = 1, 2, … (RFC 5869 §2.3).</summary>
    /// <remarks>A token can be taken out between two blocks: what there is by then is zeroed like everything else.</remarks>
    internal static Secret Expand(Func<byte[], byte[]> hmac, ReadOnlySpan<byte> context, int length)
    {
        var derived = new Secret(length);
        byte[] previous = [], input = [];
        try
        {
            for (int done = 0, i = 1; done < length; done += BlockLength, i++)
            {
                input = [.. previous, .. context, (byte)i];
                CryptographicOperations.ZeroMemory(previous);
                previous = hmac(input);
                CryptographicOperations.ZeroMemory(input);
                previous.AsSpan(0, Math.Min(BlockLength, length - done)).CopyTo(derived.Span[done..]);
            }

            return derived;
        }
        catch
        {
            derived.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(previous);
            CryptographicOperations.ZeroMemory(input);
        }
    }
}
