namespace CkiSdk.Crypto.Software;

/// <summary>Removes the paddings of RSA encryption, for devices that compute the raw power only; the time depends on lengths only.</summary>
public static class RsaPaddings
{
    /// <summary>Removes the padding (RFC 8017 §7.1.2, §7.2.2).</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="padded">The power c^d mod n, as long as the modulus; it is overwritten.</param>
    /// <param name="ciphertext">c, as long as the modulus.</param>
    /// <param name="rejectionKey">
    /// For RSAES-PKCS1-v1_5: a secret of this private key, the same at every call. From it and the ciphertext comes what is returned for a wrong padding.
    /// </param>
    /// <returns>The message; <see langword="null"/> for a wrong OAEP padding, and a pseudo-random message for a wrong RSAES-PKCS1-v1_5 padding.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Secret? Remove(RsaEncryptionScheme scheme, Secret padded, ReadOnlySpan<byte> ciphertext, Secret rejectionKey)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(padded);
        ArgumentNullException.ThrowIfNull(rejectionKey);
        if (padded.Length != ciphertext.Length)
            throw new ArgumentException("The ciphertext is not as long as the modulus.", nameof(ciphertext));
        return scheme.IsPkcs1 ? RsaPkcs1Padding.Unpad(padded, rejectionKey.Span, ciphertext) : RsaOaep.Unpad(padded, scheme);
    }
}
