namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Knows how tokens and certificates write the curves.</summary>
internal static class TokenCurves
{
    /// <summary>Gets the curves that can be used.</summary>
    public static IReadOnlyList<TokenCurve> All { get; } =
    [
        new(TokenKeyKind.EcP256, "06082A8648CE3D030107", "3059301306072A8648CE3D020106082A8648CE3D030107034200", 65),
        new(TokenKeyKind.EcP384, "06052B81040022", "3076301006072A8648CE3D020106052B81040022036200", 97),
        new(TokenKeyKind.EcP521, "06052B81040023", "30819B301006072A8648CE3D020106052B8104002303818600", 133),
        new(TokenKeyKind.Ed25519, "06032B6570", "302A300506032B6570032100", 32),
    ];

    /// <summary>Finds a curve by CKA_EC_PARAMS; Ed25519 also has the name "edwards25519" (PKCS #11 v3.0 §2.3.4).</summary>
    public static TokenCurve? Find(ReadOnlySpan<byte> parameters)
    {
        foreach (var curve in All)
        {
            if (parameters.SequenceEqual(curve.Parameters))
                return curve;
        }

        ReadOnlySpan<byte> name = [0x13, 0x0C, .. "edwards25519"u8];
        return parameters.SequenceEqual(name) ? Of(TokenKeyKind.Ed25519) : null;
    }

    /// <summary>Gives the curve of a kind of key.</summary>
    public static TokenCurve Of(TokenKeyKind kind) => All.First(curve => curve.Kind == kind);
}
