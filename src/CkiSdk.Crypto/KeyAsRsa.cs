using System.Security.Cryptography;

namespace CkiSdk.Crypto;

/// <summary>Is an <see cref="RSA"/> of .NET that signs and decrypts with keys of any place, also in a token: for X509SignatureGenerator and whatever else signs through an <see cref="RSA"/>.</summary>
/// <remarks>It blocks while a device works. The private numbers cannot be exported through it.</remarks>
public sealed class KeyAsRsa : RSA
{
    private readonly RSA _public = Create();
    private readonly IHashSigningKey? _signing;
    private readonly IDecryptionKey? _decryption;

    /// <summary>Takes a key that signs, a key that decrypts, or both of one RSA key; they stay the caller's.</summary>
    /// <param name="signing">The key that signs; <see langword="null"/> for none.</param>
    /// <param name="decryption">The key that decrypts; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">Both are missing, one is no RSA key, or they are different keys.</exception>
    public KeyAsRsa(IHashSigningKey? signing, IDecryptionKey? decryption = null)
    {
        var key = signing?.SubjectPublicKeyInfo ?? decryption?.SubjectPublicKeyInfo ?? throw new ArgumentException("There is no key.", nameof(signing));
        if (decryption is not null && !key.Span.SequenceEqual(decryption.SubjectPublicKeyInfo.Span))
            throw new ArgumentException("The keys are different ones.", nameof(decryption));
        (_signing, _decryption) = (signing, decryption);
        try
        {
            _public.ImportSubjectPublicKeyInfo(key.Span, out _);
        }
        catch (CryptographicException e)
        {
            _public.Dispose();
            throw new ArgumentException("The key is no RSA key.", nameof(signing), e);
        }

        KeySizeValue = _public.KeySize;
    }

    /// <inheritdoc/>
    public override KeySizes[] LegalKeySizes => [new KeySizes(KeySizeValue, KeySizeValue, 0)];

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">Private numbers are asked for.</exception>
    public override RSAParameters ExportParameters(bool includePrivateParameters) =>
        includePrivateParameters ? throw new CryptographicException("The private key does not leave where it lives.") : _public.ExportParameters(includePrivateParameters: false);

    /// <summary>Refuses: this object is bound to its key.</summary>
    /// <param name="parameters">Another key.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException("The object is bound to its key.");

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The key does not sign so.</exception>
    public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(padding);
        var name = $"{(padding == RSASignaturePadding.Pss ? "RsaPss" : "RsaPkcs1")}{hashAlgorithm.Name}";
        if (_signing is null || !Enum.TryParse<SignatureAlgorithm>(name, ignoreCase: true, out var algorithm) || !_signing.Algorithms.Contains(algorithm))
            throw new CryptographicException("The key does not sign by this algorithm.");
        return _signing.SignHashAsync(algorithm, hash).AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) =>
        _public.VerifyHash(hash, signature, hashAlgorithm, padding);

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The key does not decrypt so, or the ciphertext is wrong.</exception>
    public override byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(padding);
        if (_decryption is null)
            throw new CryptographicException("The key does not decrypt.");
        using var plaintext = _decryption.DecryptAsync(SchemeOf(padding), data).AsTask().GetAwaiter().GetResult();
        return plaintext?.Span.ToArray() ?? throw new CryptographicException("The ciphertext does not decrypt.");
    }

    /// <inheritdoc/>
    public override byte[] Encrypt(byte[] data, RSAEncryptionPadding padding) => _public.Encrypt(data, padding);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _public.Dispose();
        base.Dispose(disposing);
    }

    private static RsaEncryptionScheme SchemeOf(RSAEncryptionPadding padding)
    {
        if (padding.Mode == RSAEncryptionPaddingMode.Pkcs1)
            return RsaEncryptionScheme.Pkcs1;
        return Enum.TryParse<DigestAlgorithm>(padding.OaepHashAlgorithm.Name, ignoreCase: true, out var hash)
            ? RsaEncryptionScheme.Oaep(hash)
            : throw new CryptographicException("The hash function of OAEP is not supported.");
    }
}
