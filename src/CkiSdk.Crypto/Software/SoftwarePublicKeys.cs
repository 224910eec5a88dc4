using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Uses public keys by the framework.</summary>
internal sealed class SoftwarePublicKeys : IPublicKeys
{
    /// <inheritdoc/>
    public bool TryImportVerificationKey(
        ReadOnlySpan<byte> subjectPublicKeyInfo, LegacyAlgorithms allowed, [NotNullWhen(true)] out IVerificationKey? key, out CryptoError error)
    {
        key = null;
        error = SubjectPublicKeys.Classify(subjectPublicKeyInfo, out var kind, out var octets) ?? VerificationKeys.Import(subjectPublicKeyInfo, octets, kind, allowed, out key) ?? default;
        return key is not null;
    }

    /// <inheritdoc/>
    public byte[] Encrypt(ReadOnlySpan<byte> subjectPublicKeyInfo, RsaEncryptionScheme scheme, Secret plaintext)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(plaintext);
        ThrowIf(SubjectPublicKeys.Classify(subjectPublicKeyInfo, out var kind));
        ThrowIf(kind == KeyKind.Rsa ? null : CryptoError.UnsupportedKey);
        try
        {
            using var rsa = SubjectPublicKeys.Import(RSA.Create(), subjectPublicKeyInfo);
            if (SubjectPublicKeys.CheckRsa(rsa) is { } finding)
                throw new CryptoProviderException(finding.Code, $"The public key was refused: {finding.Reason}.");
            var numbers = rsa.ExportParameters(includePrivateParameters: false);
            var length = numbers.Modulus!.Length;
            using var padded = scheme.IsPkcs1 ? RsaPkcs1Padding.Pad(plaintext, length) : RsaOaep.Pad(plaintext, length, scheme);
            return RsaPublicPower.Compute(numbers, padded);
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
        ThrowIf(SubjectPublicKeys.IsElliptic(kind) ? null : CryptoError.UnsupportedKey);
        using var ephemeral = ECDiffieHellman.Create(SubjectPublicKeys.CurveOf(kind));
        return new EphemeralAgreement(ephemeral.ExportSubjectPublicKeyInfo(), EllipticAgreement.Agree(ephemeral, subjectPublicKeyInfo));
    }

    private static void ThrowIf(CryptoError? error)
    {
        if (error is { } code)
            throw new CryptoProviderException(code, $"The public key was refused: {code}.");
    }
}
