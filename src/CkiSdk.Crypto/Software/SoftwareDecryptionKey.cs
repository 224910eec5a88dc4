using System.Security.Cryptography;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Decrypts by RSA with a key in memory.</summary>
public sealed class SoftwareDecryptionKey : IDecryptionKey, IExportableKey
{
    private readonly RSA _key;
    private readonly IRsaPower _power;
    private readonly Secret _rejectionKey = new(SHA256.HashSizeInBytes);
    private readonly int _length;

    internal SoftwareDecryptionKey(RSA key)
    {
        _key = PrivateKeyRules.Check(key, out _);
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
        using var pkcs8 = Pkcs8.Export(key);
        var numbers = RsaPrivateKeys.NumbersOf(pkcs8);
        _length = numbers.Modulus.Span.TrimStart((byte)0).Length;
        _power = LibCrypto.IsAvailable ? new LibCryptoRsaPower(numbers) : new BouncyCastleRsaPower(numbers);
        using var exponent = new Secret(_length); // as long as the modulus
        var digits = numbers.PrivateExponent.Span.TrimStart((byte)0);
        digits.CopyTo(exponent.Span[^digits.Length..]);
        SHA256.HashData(exponent.Span, _rejectionKey.Span);
    }

    /// <inheritdoc/>
    public KeyLocation Location => KeyLocation.Software;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    public ValueTask<Secret?> DecryptAsync(RsaEncryptionScheme scheme, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Decrypt(scheme, ciphertext.Span));
    }

    /// <inheritdoc/>
    public Secret ExportPkcs8() => Pkcs8.Export(_key);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _power.Dispose();
        _rejectionKey.Dispose();
    }

    /// <summary>Computes the power without removing any padding.</summary>
    internal Secret? RawPower(ReadOnlySpan<byte> number) => _power.Compute(number);

    private Secret? Decrypt(RsaEncryptionScheme scheme, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length != _length)
            return null;
        using var padded = _power.Compute(ciphertext);
        return padded is null ? null : RsaPaddings.Remove(scheme, padded, ciphertext, _rejectionKey);
    }
}
