namespace CkiSdk.Crypto;

/// <summary>Names how RSA encrypts: RSAES-OAEP with its parameters, or RSAES-PKCS1-v1_5 (RFC 8017 §7).</summary>
public sealed class RsaEncryptionScheme
{
    private RsaEncryptionScheme(bool isPkcs1, DigestAlgorithm hash, DigestAlgorithm maskHash, ReadOnlyMemory<byte> label)
    {
        IsPkcs1 = isPkcs1;
        Hash = hash;
        MaskHash = maskHash;
        Label = label;
    }

    /// <summary>Gets OAEP with SHA-256, MGF1-SHA-256 and an empty label: the scheme of whoever has no reason for another.</summary>
    public static RsaEncryptionScheme OaepSha256 { get; } = Oaep(DigestAlgorithm.Sha256);

    /// <summary>Gets RSAES-PKCS1-v1_5, for the sake of old peers only.</summary>
    /// <remarks>
    /// Decryption rejects implicitly: a wrong padding gives a message that looks random, the same for the same ciphertext, so that nobody learns
    /// whether the padding was right (draft-irtf-cfrg-rsa-guidance). What was decrypted must be authenticated by other means.
    /// </remarks>
    public static RsaEncryptionScheme Pkcs1 { get; } = new(isPkcs1: true, default, default, default);

    /// <summary>Gets whether this is RSAES-PKCS1-v1_5.</summary>
    public bool IsPkcs1 { get; }

    /// <summary>Gets the hash function of OAEP.</summary>
    public DigestAlgorithm Hash { get; }

    /// <summary>Gets the hash function of OAEP's MGF1.</summary>
    public DigestAlgorithm MaskHash { get; }

    /// <summary>Gets the label of OAEP.</summary>
    public ReadOnlyMemory<byte> Label { get; }

    /// <summary>Makes a scheme of RSAES-OAEP.</summary>
    /// <param name="hash">The hash function; SHA-1 is safe here (RFC 8017 appendix B.1), and what old peers and devices speak.</param>
    /// <param name="maskHash">The hash function of MGF1; by default the same.</param>
    /// <param name="label">The label, which both sides must know.</param>
    /// <returns>The scheme.</returns>
    public static RsaEncryptionScheme Oaep(DigestAlgorithm hash, DigestAlgorithm? maskHash = null, ReadOnlyMemory<byte> label = default) =>
        new(isPkcs1: false, hash, maskHash ?? hash, label.ToArray());

    /// <summary>Names the scheme.</summary>
    /// <returns>The text, such as <c>OAEP-Sha256</c>.</returns>
    public override string ToString() => IsPkcs1 ? "RSAES-PKCS1-v1_5" : Hash == MaskHash ? $"OAEP-{Hash}" : $"OAEP-{Hash}-MGF1-{MaskHash}";
}
