using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace CkiSdk.Crypto.Software;

/// <summary>Verifies by the framework's RSA, and by BouncyCastle where the parameters of PSS are none of the framework's.</summary>
/// <param name="key">The key.</param>
/// <param name="kind">Whether it is bound to PSS.</param>
/// <param name="allowed">What is permitted besides.</param>
/// <param name="binding">What binds the key to PSS; <see langword="null"/> for nothing.</param>
internal sealed class RsaVerificationKey(RSA key, KeyKind kind, LegacyAlgorithms allowed, RsaPssBinding? binding) : IPssVerificationKey
{
    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = binding?.Algorithms ?? SignatureAlgorithms.OfVerifier(kind, allowed);

    /// <inheritdoc/>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Algorithms.Contains(algorithm) && SignatureAlgorithms.TryVerify(key, algorithm, message, signature);

    /// <inheritdoc/>
    public bool VerifyPss(RsaPssParameters parameters, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var isPermitted = allowed.HasFlag(LegacyAlgorithms.Sha1) || (parameters.Hash != DigestAlgorithm.Sha1 && parameters.MaskHash != DigestAlgorithm.Sha1);
        if (!isPermitted || parameters.SaltLength < 0 || binding?.Permits(parameters) == false)
            return false;
        var numbers = key.ExportParameters(includePrivateParameters: false);
        if (signature.Length != numbers.Modulus!.Length || parameters.SaltLength > signature.Length)
            return false;
        var signer = new PssSigner(new RsaEngine(), HashAlgorithms.DigestOf(parameters.Hash), HashAlgorithms.DigestOf(parameters.MaskHash), parameters.SaltLength);
        try
        {
            signer.Init(forSigning: false, new RsaKeyParameters(isPrivate: false, new BigInteger(1, numbers.Modulus), new BigInteger(1, numbers.Exponent!)));
            signer.BlockUpdate(message);
            return signer.VerifySignature(signature.ToArray());
        }
        catch (Exception e) when (e is ArgumentException or Org.BouncyCastle.Crypto.CryptoException)
        {
            return false; // the modulus is too short for the parameters, or the signature is not below it
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
