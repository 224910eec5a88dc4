using System.Security.Cryptography;
using CkiSdk.Crypto.Software;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Decrypts with an RSA key in a token.</summary>
/// <remarks>
/// OAEP is the token's where it has it with the scheme's hash function. Otherwise the token computes the raw power and the padding is removed here in constant time;
/// PKCS #1 v1.5 always goes that way, because the answers of tokens are an oracle for its padding.
/// </remarks>
internal sealed class TokenDecryptionKey(TokenObject key, TokenPublicKey publicKey) : IDecryptionKey
{
    private Secret? _rejectionKey;

    /// <inheritdoc/>
    public KeyLocation Location => TokenLocations.Of(key);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => publicKey.SubjectPublicKeyInfo;

    /// <inheritdoc/>
    public async ValueTask<Secret?> DecryptAsync(RsaEncryptionScheme scheme, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        cancellationToken.ThrowIfCancellationRequested();
        if (ciphertext.Length != publicKey.Modulus.Length || ciphertext.Span.SequenceCompareTo(publicKey.Modulus) >= 0)
            return null;
        return await key.UseAsync((link, session, handle) => Decrypt(link, session, handle, scheme, ciphertext.ToArray()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        key.Dispose();
        _rejectionKey?.Dispose();
    }

    private static Secret Power(ISession session, IObjectHandle handle, byte[] number)
    {
        using var mechanism = LibraryLoader.Factories.MechanismFactory.Create(CKM.CKM_RSA_X_509);
        return Take(session.Decrypt(mechanism, handle, number), number.Length);
    }

    private static Secret Take(byte[] octets, int length)
    {
        var secret = new Secret(length);
        octets.CopyTo(secret.Span[(length - octets.Length)..]);
        CryptographicOperations.ZeroMemory(octets);
        return secret;
    }

    private Secret? Decrypt(TokenLink link, ISession session, IObjectHandle handle, RsaEncryptionScheme scheme, byte[] ciphertext)
    {
        if (!scheme.IsPkcs1 && scheme.Hash == scheme.MaskHash && link.MayDo(CKM.CKM_RSA_PKCS_OAEP, scheme.Hash) && TryOaep(link, session, handle, scheme, ciphertext, out var message))
            return message;
        using var padded = Power(session, handle, ciphertext);
        return RsaPaddings.Remove(scheme, padded, ciphertext, RejectionKey(session, handle, scheme));
    }

    // True if the token does the scheme, whatever came of it.
    private static bool TryOaep(TokenLink link, ISession session, IObjectHandle handle, RsaEncryptionScheme scheme, byte[] ciphertext, out Secret? message)
    {
        message = null;
        try
        {
            using var mechanism = RsaEncryption.Oaep(scheme);
            var octets = session.Decrypt(mechanism, handle, ciphertext);
            message = Take(octets, octets.Length);
            return true;
        }
        catch (Pkcs11Exception exception) when (exception.Method == "C_DecryptInit" && Pkcs11Errors.IsUnsupported(exception.RV))
        {
            link.Refused(CKM.CKM_RSA_PKCS_OAEP, scheme.Hash);
            return false;
        }
        catch (Pkcs11Exception exception) when (exception.Method != "C_DecryptInit" && Pkcs11Errors.IsOfInput(exception.RV) && link.IsAlive())
        {
            return true; // without any reason: it would be an oracle (RFC 8017 §7.1.2)
        }
    }

    // The exponent cannot be read, but the power of a fixed number is as secret and comes out the same each time.
    private Secret RejectionKey(ISession session, IObjectHandle handle, RsaEncryptionScheme scheme)
    {
        if (!scheme.IsPkcs1)
            return new Secret(0);
        if (Volatile.Read(ref _rejectionKey) is { } known)
            return known;
        var number = new byte[publicKey.Modulus.Length];
        Spread(publicKey.Modulus, number);
        number[0] = 0; // below the modulus
        using var power = Power(session, handle, number);
        var made = new Secret(SHA256.HashSizeInBytes);
        SHA256.HashData(power.Span, made.Span);
        return Interlocked.CompareExchange(ref _rejectionKey, made, null) ?? made;
    }

    private static void Spread(ReadOnlySpan<byte> seed, Span<byte> destination)
    {
        // Counter mode of SHA-256 is all that is needed: a number that nobody chose.
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int done = 0, i = 0; done < destination.Length; done += block.Length, i++)
        {
            hash.AppendData([(byte)i]);
            hash.AppendData(seed);
            hash.GetHashAndReset(block);
            block[..Math.Min(block.Length, destination.Length - done)].CopyTo(destination[done..]);
        }
    }
}
