using System.Globalization;
using System.Numerics;
using System.Text;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;
using CkiSdk.Crypto;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes public keys and the names of algorithms as OpenSSL does.</summary>
internal static class PublicKeyText
{
    private const int OctetsInALine = 15;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.1"] = "rsaEncryption",
        ["1.2.840.113549.1.1.5"] = "sha1WithRSAEncryption",
        ["1.2.840.113549.1.1.10"] = "rsassaPss",
        ["1.2.840.113549.1.1.11"] = "sha256WithRSAEncryption",
        ["1.2.840.113549.1.1.12"] = "sha384WithRSAEncryption",
        ["1.2.840.113549.1.1.13"] = "sha512WithRSAEncryption",
        ["1.2.840.10045.2.1"] = "id-ecPublicKey",
        ["1.2.840.10045.4.1"] = "ecdsa-with-SHA1",
        ["1.2.840.10045.4.3.2"] = "ecdsa-with-SHA256",
        ["1.2.840.10045.4.3.3"] = "ecdsa-with-SHA384",
        ["1.2.840.10045.4.3.4"] = "ecdsa-with-SHA512",
        ["1.2.840.10046.2.1"] = "X9.42 DH",
        ["1.2.840.10040.4.1"] = "dsaEncryption",
        ["1.2.840.10040.4.3"] = "dsaWithSHA1",
        ["2.16.840.1.101.3.4.3.2"] = "dsa_with_SHA256",
        ["1.3.101.110"] = "X25519",
        ["1.3.101.112"] = "ED25519",
    };

    private static readonly Dictionary<string, string> Curves = new(StringComparer.Ordinal)
    {
        ["ec:P-256"] = "prime256v1",
        ["ec:P-384"] = "secp384r1",
        ["ec:P-521"] = "secp521r1",
    };

    /// <summary>Names an algorithm.</summary>
    /// <param name="identifier">Its identifier.</param>
    public static string Algorithm(AlgorithmIdentifier identifier) => Names.GetValueOrDefault(identifier.Algorithm.ToString(), identifier.Algorithm.ToString());

    /// <summary>Appends the parameters of RSASSA-PSS, where a signature has them.</summary>
    /// <param name="text">Where they go.</param>
    /// <param name="identifier">The identifier of the signature's algorithm.</param>
    /// <returns>The text.</returns>
    public static StringBuilder AppendParameters(StringBuilder text, AlgorithmIdentifier identifier)
    {
        if (identifier.Algorithm != PKIX1PSSOAEPAlgorithmsValues.IdRSASSAPSS || identifier.Parameters is not { } encoded || RsaPssParametersReader.Read(encoded.Encoded) is not { } parameters)
        {
            return text;
        }

        text.Append("        Hash Algorithm: ").AppendLine(parameters.Hash.ToString().ToLowerInvariant());
        text.Append("        Mask Algorithm: mgf1 with ").AppendLine(parameters.MaskHash.ToString().ToLowerInvariant());
        text.AppendLine(CultureInfo.InvariantCulture, $"         Salt Length: 0x{parameters.SaltLength:X2}");
        return text.AppendLine("        Trailer Field: 0x01 (default)");
    }

    /// <summary>Appends a public key with its algorithm.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="subjectPublicKeyInfo">The DER.</param>
    /// <param name="indent">How far the lines stand in.</param>
    public static void Append(StringBuilder text, ReadOnlyMemory<byte> subjectPublicKeyInfo, int indent)
    {
        var key = KeyDescription.Of(subjectPublicKeyInfo);
        text.Append(' ', indent).Append("Public Key Algorithm: ").AppendLine(Algorithm(SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).Algorithm));
        text.Append(' ', indent + 4).AppendLine(key.Kind == KeyKind.Ed25519 ? "ED25519 Public-Key:" : string.Create(CultureInfo.InvariantCulture, $"Public-Key: ({key.Bits} bit)"));
        foreach (var (name, octets) in key.Parts)
        {
            AppendNumber(text, name switch { "modulus" => "Modulus", "publicExponent" => "Exponent", _ => name }, octets.Span, indent + 4, isNumber: name != "pub");
        }

        if (Curves.TryGetValue(key.Name, out var curve))
        {
            text.Append(' ', indent + 4).Append("ASN1 OID: ").AppendLine(curve);
            text.Append(' ', indent + 4).Append("NIST CURVE: ").AppendLine(key.Name[3..]);
        }
    }

    /// <summary>Appends a number: a short one in digits, a long one as octets.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="octets">The number, big-endian.</param>
    /// <param name="indent">How far the lines stand in.</param>
    /// <param name="isNumber">Whether a zero octet goes in front of a number whose first bit is set.</param>
    public static void AppendNumber(StringBuilder text, string name, ReadOnlySpan<byte> octets, int indent, bool isNumber)
    {
        text.Append(' ', indent).Append(name);
        if (octets.Length <= 8)
        {
            var number = new BigInteger(octets, isUnsigned: true, isBigEndian: true);
            text.Append(CultureInfo.InvariantCulture, $": {number} (0x{number:x})\n");
            return;
        }

        text.Append(":\n");
        ReadOnlySpan<byte> all = isNumber && octets[0] >= 0x80 ? [0, .. octets] : octets;
        for (var start = 0; start < all.Length; start += OctetsInALine)
        {
            var line = all[start..Math.Min(start + OctetsInALine, all.Length)];
            text.Append(' ', indent + 4).Append(ShowText.Colons(line)).Append(start + OctetsInALine < all.Length ? ":\n" : "\n");
        }
    }
}
