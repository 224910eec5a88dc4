using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Uses public keys by the framework.</summary>
internal sealed class SoftwarePublicKeys : IPublicKeys
{
    /// <inheritdoc/>
    public bool TryImportVerificationKey(ReadOnlySpan<byte> subjectPublicKeyInfo, [NotNullWhen(true)] out IVerificationKey? key, out CryptoError error)
    {
        key = null;
        error = SubjectPublicKeys.Classify(subjectPublicKeyInfo, out var kind) ?? Import(subjectPublicKeyInfo, kind, out key) ?? default;
        return key is not null;
    }

    /// <inheritdoc/>
    public byte[] Encrypt(ReadOnlySpan<byte> subjectPublicKeyInfo, Secret plaintext)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        ThrowIf(SubjectPublicKeys.Classify(subjectPublicKeyInfo, out var kind));
        ThrowIf(kind == KeyKind.Rsa ? null : CryptoError.UnsupportedKey);
        try
        {
            using var rsa = SubjectPublicKeys.Import(RSA.Create(), subjectPublicKeyInfo);
            ThrowIf(SubjectPublicKeys.CheckRsa(rsa));
            return rsa.Encrypt(plaintext.Span, RSAEncryptionPadding.OaepSHA256);
        }
        catch (CryptographicException e)
        {
            throw new CryptoProviderException(CryptoError.InvalidKey, "The secret could not be encrypted to the public key.", e);
        }
    }

    /// <inheritdoc/>
    public EphemeralAgreement AgreeEphemeral(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        ThrowIf(SubjectPublicKeys.Classify(subjectPublicKeyInfo, out var kind));
        ThrowIf(kind == KeyKind.Rsa ? CryptoError.UnsupportedKey : null);
        using var ephemeral = ECDiffieHellman.Create(kind == KeyKind.EcP256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        return new EphemeralAgreement(ephemeral.ExportSubjectPublicKeyInfo(), EllipticAgreement.Agree(ephemeral, subjectPublicKeyInfo));
    }

    private static CryptoError? Import(ReadOnlySpan<byte> subjectPublicKeyInfo, KeyKind kind, out IVerificationKey? key)
    {
        key = null;
        try
        {
            AsymmetricAlgorithm imported = kind == KeyKind.Rsa
                ? SubjectPublicKeys.Import(RSA.Create(), subjectPublicKeyInfo)
                : SubjectPublicKeys.Import(ECDsa.Create(), subjectPublicKeyInfo);
            if (imported is RSA rsa && SubjectPublicKeys.CheckRsa(rsa) is { } refusal)
            {
                rsa.Dispose();
                return refusal;
            }

            key = new SoftwareVerificationKey(imported, kind);
            return null;
        }
        catch (CryptographicException)
        {
            return CryptoError.InvalidKey;
        }
    }

    private static void ThrowIf(CryptoError? error)
    {
        if (error is { } code)
            throw new CryptoProviderException(code, $"The public key was refused: {code}.");
    }
}
