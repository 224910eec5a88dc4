using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Asn1.Modules.PKIX1Algorithms88;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;
using CkiSdk.Asn1.Modules.SafecurvesPkix18;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Keys;

/// <summary>Describes a public key for people, and says whether it would be refused.</summary>
/// <param name="Kind">The family.</param>
/// <param name="Name">What it is called, such as <c>rsa:3072</c>, <c>ec:P-256</c> or <c>dh:ffdhe3072</c>.</param>
/// <param name="Bits">The size in bits; 0 where it is unknown.</param>
/// <param name="Parts">The public numbers by their names, big-endian.</param>
/// <param name="Finding">Why the key is refused when it is used; <see langword="null"/> if it is not.</param>
public sealed record KeyDescription(KeyKind Kind, string Name, int Bits, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Parts, KeyFinding? Finding)
{
    /// <summary>PKCS #3 dhKeyAgreement, which names neither q nor a group.</summary>
    internal static ObjectIdentifier DhKeyAgreement { get; } = ObjectIdentifier.Parse("1.2.840.113549.1.3.1");

    /// <summary>Describes a key.</summary>
    /// <param name="subjectPublicKeyInfo">The DER of SubjectPublicKeyInfo.</param>
    /// <returns>The description; a malformed key is <see cref="KeyKind.Other"/> with a finding.</returns>
    public static KeyDescription Of(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        if (!SubjectPublicKeyInfo.TryDecode(subjectPublicKeyInfo, out var key) || key.SubjectPublicKey.UnusedBits != 0)
            return Unknown("malformed", new(CryptoError.InvalidKey, "the octets are no SubjectPublicKeyInfo"));
        var oid = key.Algorithm.Algorithm;
        return KindOf(oid) switch
        {
            KeyKind.Rsa or KeyKind.RsaPss => Rsa(key, KindOf(oid)),
            KeyKind.EllipticCurve => EllipticCurve(key, subjectPublicKeyInfo.Span),
            KeyKind.Ed25519 => new(KeyKind.Ed25519, "ed25519", 256, [new("pub", key.SubjectPublicKey.Octets)], PublicKeyImports.Check(subjectPublicKeyInfo.Span)),
            KeyKind.DiffieHellman => DiffieHellman(key),
            KeyKind.Dsa => Dsa(key),
            _ => Unknown(NameOf(oid), new(CryptoError.UnsupportedKey, $"keys of the algorithm {NameOf(oid)} are not used")),
        };
    }

    internal static KeyKind KindOf(ObjectIdentifier oid) => oid switch
    {
        _ when oid == PKCS1Values.RsaEncryption => KeyKind.Rsa,
        _ when oid == PKIX1PSSOAEPAlgorithmsValues.IdRSASSAPSS => KeyKind.RsaPss,
        _ when oid == PKIX1Algorithms2008Values.IdEcPublicKey => KeyKind.EllipticCurve,
        _ when oid == SafecurvesPkix18Values.IdEd25519 => KeyKind.Ed25519,
        _ when oid == ANSIX942Values.Dhpublicnumber || oid == DhKeyAgreement => KeyKind.DiffieHellman,
        _ when oid == PKIX1Algorithms88Values.IdDsa => KeyKind.Dsa,
        _ => KeyKind.Other,
    };

    private static string NameOf(ObjectIdentifier oid) => oid.ToString() switch
    {
        "1.3.101.110" => "x25519",
        "1.3.101.111" => "x448",
        "1.3.101.113" => "ed448",
        var other => other,
    };

    private static KeyDescription Rsa(SubjectPublicKeyInfo key, KeyKind kind)
    {
        if (!RSAPublicKey.TryDecode(key.SubjectPublicKey.Octets, out var rsa) || rsa.Modulus.IsNegative || rsa.PublicExponent.IsNegative)
            return Unknown("malformed", new(CryptoError.InvalidKey, "the octets are no RSAPublicKey"));
        var (n, e) = (rsa.Modulus.ToUnsigned().ToArray(), rsa.PublicExponent.ToUnsigned().ToArray());
        var bits = (int)rsa.Modulus.ToBigInteger().GetBitLength();
        return new(kind, $"{(kind == KeyKind.Rsa ? "rsa" : "rsa-pss")}:{bits}", bits, [new("modulus", n), new("publicExponent", e)], RsaKeyRules.Check(n, e));
    }

    private static KeyDescription EllipticCurve(SubjectPublicKeyInfo key, ReadOnlySpan<byte> der)
    {
        var curve = key.Algorithm.Parameters is { } parameters && ECParameters.TryDecode(parameters.Encoded, out var named) && named is ECParameters.NamedCurve { Value: var oid }
            ? NamedCurves.Of(oid)
            : new NamedCurve("explicit", 0);
        return new(KeyKind.EllipticCurve, $"ec:{curve.Name}", curve.Bits, [new("pub", key.SubjectPublicKey.Octets)], PublicKeyImports.Check(der));
    }

    private static KeyDescription DiffieHellman(SubjectPublicKeyInfo key)
    {
        if (DhPrivateKeys.ReadDomain(key.Algorithm) is not { } domain)
            return Unknown("malformed", new(CryptoError.InvalidKey, "the octets are no Diffie-Hellman key"));
        var bits = domain.P.IsNegative ? 0 : (int)domain.P.ToBigInteger().GetBitLength();
        List<KeyValuePair<string, ReadOnlyMemory<byte>>> parts = [new("p", domain.P.Octets), new("g", domain.G.Octets)];
        var isValue = DHPublicKey.TryDecode(key.SubjectPublicKey.Octets, out var y) && !y.Value.IsNegative; // that of a private key in another group is not computed
        if (isValue)
            parts.Add(new("pub", y!.Value.Octets));
        if (!DhPrivateKeys.TryFindGroup(domain, DhGroups.Named, out var group))
            return new(KeyKind.DiffieHellman, $"dh:{bits}", bits, parts, new(CryptoError.UnsupportedKey, "the Diffie-Hellman group is none of RFC 7919"));
        var finding = isValue ? PublicKeyImports.CheckDh(group, y!.Value) : new(CryptoError.InvalidKey, "the octets are no Diffie-Hellman key");
        return new(KeyKind.DiffieHellman, $"dh:{group.Name}", bits, parts, finding);
    }

    private static KeyDescription Dsa(SubjectPublicKeyInfo key)
    {
        var bits = key.Algorithm.Parameters is { } parameters && Der.TryDecode<DssParms>(parameters.Encoded, out var domain)
            ? (int)domain.P.ToBigInteger().GetBitLength()
            : 0;
        return new(KeyKind.Dsa, $"dsa:{bits}", bits, [], new(CryptoError.UnsupportedKey, "DSA keys verify old signatures by permission only"));
    }

    private static KeyDescription Unknown(string name, KeyFinding finding) => new(KeyKind.Other, name, 0, [], finding);
}
