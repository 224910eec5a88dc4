namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Is one curve as tokens and certificates write it.</summary>
/// <param name="Kind">The kind of key.</param>
/// <param name="ParametersHex">The DER of the curve's object identifier, which is CKA_EC_PARAMS.</param>
/// <param name="PrefixHex">The DER of SubjectPublicKeyInfo up to the point.</param>
/// <param name="PointLength">The length of an uncompressed point in octets; for Ed25519 of its one form.</param>
internal sealed record TokenCurve(TokenKeyKind Kind, string ParametersHex, string PrefixHex, int PointLength)
{
    /// <summary>Gets CKA_EC_PARAMS.</summary>
    public byte[] Parameters { get; } = Convert.FromHexString(ParametersHex);

    /// <summary>Gets the DER of SubjectPublicKeyInfo up to the point.</summary>
    public byte[] Prefix { get; } = Convert.FromHexString(PrefixHex);

    /// <summary>Gets the curve's name for people.</summary>
    public string Name => Kind switch
    {
        TokenKeyKind.EcP256 => "P-256",
        TokenKeyKind.EcP384 => "P-384",
        TokenKeyKind.EcP521 => "P-521",
        _ => "Ed25519",
    };

    /// <summary>Reads CKA_EC_POINT: the point in an OCTET STRING, or bare as some tokens have it.</summary>
    /// <returns>The point, or <see langword="null"/> for another form.</returns>
    public byte[]? PointOf(byte[] attribute)
    {
        if (attribute.Length == PointLength)
            return attribute;
        ReadOnlySpan<byte> header = PointLength < 0x80 ? [0x04, (byte)PointLength] : [0x04, 0x81, (byte)PointLength];
        return attribute.Length == header.Length + PointLength && attribute.AsSpan().StartsWith(header) ? attribute[header.Length..] : null;
    }

    /// <summary>Writes CKA_EC_POINT.</summary>
    public byte[] AttributeOf(ReadOnlySpan<byte> point) => PointLength < 0x80 ? [0x04, (byte)PointLength, .. point] : [0x04, 0x81, (byte)PointLength, .. point];
}
