using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Crypto;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Judges agreements on elliptic curves; public keys come as SubjectPublicKeyInfo, PEM, points or JSON web keys.</summary>
internal static class AgreementJudges
{
    public static Func<JsonElement, bool>? For(WycheproofGroup group)
    {
        if (CurveOf(group.Text("curve")) is not { } curve)
            return null;
        return test =>
        {
            try
            {
                using var key = Import(PrivateKey(test.GetProperty("private"), curve));
                using var shared = key.AgreeAsync(PublicKey(test.GetProperty("public"), group, curve)).AsTask().GetAwaiter().GetResult();
                return shared.FixedTimeEquals(Judges.Octets(test, "shared"));
            }
            catch (CryptoProviderException)
            {
                return false;
            }
            catch (KeyFileException)
            {
                return false;
            }
        };
    }

    private static IKeyAgreementKey Import(byte[] pkcs8)
    {
        using var secret = Secret.From(pkcs8);
        return Judges.Provider.Keys.ImportKeyAgreementKeyAsync(secret).AsTask().GetAwaiter().GetResult();
    }

    private static ECCurve? CurveOf(string? name) => name switch
    {
        "secp256r1" or "P-256" => ECCurve.NamedCurves.nistP256,
        "secp384r1" or "P-384" => ECCurve.NamedCurves.nistP384,
        "secp521r1" or "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    private static int LengthOf(ECCurve curve) => curve.Oid.FriendlyName switch
    {
        "nistP256" or "ECDSA_P256" => 32,
        "nistP384" or "ECDSA_P384" => 48,
        _ => 66,
    };

    private static byte[] PrivateKey(JsonElement value, ECCurve curve)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith("-----", StringComparison.Ordinal))
        {
            using var parsed = KeyFile.Read(System.Text.Encoding.ASCII.GetBytes(value.GetString()!));
            return parsed.Pkcs8!.Span.ToArray();
        }

        var digits = value.ValueKind == JsonValueKind.Object ? Base64Url.DecodeFromChars(value.GetProperty("d").GetString()!) : Convert.FromHexString(value.GetString()!);
        var scalar = new byte[LengthOf(curve)];
        var trimmed = digits.AsSpan().TrimStart((byte)0);
        trimmed.CopyTo(scalar.AsSpan(scalar.Length - trimmed.Length));
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = curve, D = scalar });
        return key.ExportPkcs8PrivateKey();
    }

    private static byte[] PublicKey(JsonElement value, WycheproofGroup group, ECCurve curve)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return Point(curve, [4, .. Coordinate(value, "x"), .. Coordinate(value, "y")]);
        var text = value.GetString()!;
        if (text.StartsWith("-----", StringComparison.Ordinal))
        {
            using var parsed = KeyFile.Read(System.Text.Encoding.ASCII.GetBytes(text));
            return parsed.SubjectPublicKeyInfo.ToArray();
        }

        return group.Type == "EcdhEcpointTest" || group.Text("encoding") == "ecpoint" ? Point(curve, Convert.FromHexString(text)) : Convert.FromHexString(text);
    }

    private static byte[] Coordinate(JsonElement key, string name) => key.TryGetProperty(name, out var text) ? Base64Url.DecodeFromChars(text.GetString()!) : [];

    // The SubjectPublicKeyInfo around a point as it is, right or wrong.
    private static byte[] Point(ECCurve curve, byte[] point)
    {
        using var any = ECDiffieHellman.Create(curve);
        var der = any.ExportSubjectPublicKeyInfo();
        var algorithm = der.AsSpan(der[1] < 0x80 ? 2 : 3)[..^((2 * LengthOf(curve)) + 1)];
        var identifier = algorithm[..(2 + algorithm[1])];
        byte[] bits = [0x03, .. Length(point.Length + 1), 0, .. point];
        return [0x30, .. Length(identifier.Length + bits.Length), .. identifier, .. bits];
    }

    private static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        _ => [0x82, (byte)(length >> 8), (byte)length],
    };
}
