using System.Security.Cryptography;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Holds the public half of a token's key.</summary>
/// <param name="kind">The kind.</param>
/// <param name="subjectPublicKeyInfo">The DER of SubjectPublicKeyInfo.</param>
internal sealed class TokenPublicKey(TokenKeyKind kind, byte[] subjectPublicKeyInfo)
{
    /// <summary>Gets the kind.</summary>
    public TokenKeyKind Kind => kind;

    /// <summary>Gets whether it is an RSA key.</summary>
    public bool IsRsa => kind == TokenKeyKind.Rsa;

    /// <summary>Gets the DER of SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => subjectPublicKeyInfo;

    /// <summary>Gets the modulus of an RSA key, big-endian without leading zeros.</summary>
    public byte[] Modulus { get; private init; } = [];

    /// <summary>Gets the length of an element of the curve's field in octets; 0 for RSA.</summary>
    public int FieldLength => kind switch
    {
        TokenKeyKind.EcP256 => 32,
        TokenKeyKind.EcP384 => 48,
        TokenKeyKind.EcP521 => 66,
        _ => 0,
    };

    /// <summary>Makes an RSA key of its numbers.</summary>
    public static TokenPublicKey Rsa(byte[] modulus, byte[] exponent)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Trim(modulus), Exponent = Trim(exponent) });
        return new TokenPublicKey(TokenKeyKind.Rsa, rsa.ExportSubjectPublicKeyInfo()) { Modulus = Trim(modulus) };
    }

    /// <summary>Makes an elliptic-curve key of CKA_EC_PARAMS and CKA_EC_POINT.</summary>
    /// <returns>The key, or <see langword="null"/> for another curve or form.</returns>
    public static TokenPublicKey? Elliptic(byte[] parameters, byte[] point)
    {
        if (TokenCurves.Find(parameters) is not { } curve || curve.PointOf(point) is not { } raw)
            return null;
        return new TokenPublicKey(curve.Kind, [.. curve.Prefix, .. raw]);
    }

    /// <summary>Reads a SubjectPublicKeyInfo, such as that of a certificate beside the key.</summary>
    /// <returns>The key, or <see langword="null"/> if it is of no kind that tokens hold.</returns>
    public static TokenPublicKey? From(byte[] subjectPublicKeyInfo)
    {
        if (TokenCurves.All.FirstOrDefault(curve => subjectPublicKeyInfo.AsSpan().StartsWith(curve.Prefix)) is { } found)
            return subjectPublicKeyInfo.Length == found.Prefix.Length + found.PointLength ? new TokenPublicKey(found.Kind, subjectPublicKeyInfo) : null;
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            var numbers = rsa.ExportParameters(includePrivateParameters: false);
            return Rsa(numbers.Modulus!, numbers.Exponent!);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Gives the point of a peer whose key is on the same curve, uncompressed; empty if it is on another one.</summary>
    public byte[] PointOfPeer(ReadOnlySpan<byte> peerSubjectPublicKeyInfo)
    {
        var curve = TokenCurves.All.First(candidate => candidate.Kind == kind);
        var fits = peerSubjectPublicKeyInfo.Length == curve.Prefix.Length + curve.PointLength && peerSubjectPublicKeyInfo.StartsWith(curve.Prefix);
        return fits ? peerSubjectPublicKeyInfo[curve.Prefix.Length..].ToArray() : [];
    }

    private static byte[] Trim(byte[] number) => number.AsSpan().TrimStart((byte)0).ToArray();
}
