using System.Security.Cryptography;

namespace CkiSdk.Crypto;

/// <summary>Is an <see cref="ECDsa"/> of .NET that signs with a key of any place, also in a token: for X509SignatureGenerator and whatever else signs through an <see cref="ECDsa"/>.</summary>
/// <remarks>It blocks while a device works. The private number cannot be exported through it.</remarks>
public sealed class KeyAsECDsa : ECDsa
{
    private readonly ECDsa _public = Create();
    private readonly IHashSigningKey _signing;

    /// <summary>Takes a key; it stays the caller's.</summary>
    /// <param name="signing">The key.</param>
    /// <exception cref="ArgumentException">The key is on no elliptic curve.</exception>
    public KeyAsECDsa(IHashSigningKey signing)
    {
        ArgumentNullException.ThrowIfNull(signing);
        _signing = signing;
        try
        {
            _public.ImportSubjectPublicKeyInfo(signing.SubjectPublicKeyInfo.Span, out _);
        }
        catch (CryptographicException e)
        {
            _public.Dispose();
            throw new ArgumentException("The key is on no elliptic curve.", nameof(signing), e);
        }

        KeySizeValue = _public.KeySize;
    }

    /// <inheritdoc/>
    public override KeySizes[] LegalKeySizes => [new KeySizes(KeySizeValue, KeySizeValue, 0)];

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The private number is asked for.</exception>
    public override ECParameters ExportParameters(bool includePrivateParameters) =>
        includePrivateParameters ? throw new CryptographicException("The private key does not leave where it lives.") : _public.ExportParameters(includePrivateParameters: false);

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The private number is asked for.</exception>
    public override ECParameters ExportExplicitParameters(bool includePrivateParameters) =>
        includePrivateParameters ? throw new CryptographicException("The private key does not leave where it lives.") : _public.ExportExplicitParameters(includePrivateParameters: false);

    /// <summary>Refuses: this object is bound to its key.</summary>
    /// <param name="parameters">Another key.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void ImportParameters(ECParameters parameters) => throw new NotSupportedException("The object is bound to its key.");

    /// <summary>Refuses: this object is bound to its key.</summary>
    /// <param name="curve">A curve.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void GenerateKey(ECCurve curve) => throw new NotSupportedException("The object is bound to its key.");

    /// <summary>Signs a hash value, whose length tells the hash function.</summary>
    /// <param name="hash">The value of SHA-256, SHA-384 or SHA-512.</param>
    /// <returns>r and s one behind the other (IEEE P1363).</returns>
    /// <exception cref="CryptographicException">The key does not sign such values.</exception>
    public override byte[] SignHash(byte[] hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        var algorithm = hash.Length switch
        {
            SHA256.HashSizeInBytes => Crypto.SignatureAlgorithm.EcdsaSha256,
            SHA384.HashSizeInBytes => Crypto.SignatureAlgorithm.EcdsaSha384,
            _ => Crypto.SignatureAlgorithm.EcdsaSha512,
        };
        if (!_signing.Algorithms.Contains(algorithm))
            throw new CryptographicException("The key does not sign hash values of this length.");
        var der = _signing.SignHashAsync(algorithm, hash).AsTask().GetAwaiter().GetResult();
        return EcdsaSignatures.ToFixed(der, (KeySizeValue + 7) / 8);
    }

    /// <inheritdoc/>
    public override bool VerifyHash(byte[] hash, byte[] signature) => _public.VerifyHash(hash, signature);

    /// <inheritdoc/>
    protected override byte[] HashData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm) =>
        CryptographicOperations.HashData(hashAlgorithm, data.AsSpan(offset, count));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _public.Dispose();
        base.Dispose(disposing);
    }
}
