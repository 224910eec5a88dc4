using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Ffdh;

/// <summary>Makes the published vectors of finite-field Diffie-Hellman by school arithmetic, which knows nothing of the implementations.</summary>
internal static class FfdhVectors
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Make()
    {
        var counter = 0;
        var groups = new JsonArray();
        foreach (var group in new[] { DhGroups.Ffdhe2048, DhGroups.Ffdhe3072 })
            groups.Add(Agreements(group, ref counter));
        groups.Add(Parameters(ref counter));
        var document = new JsonObject
        {
            ["algorithm"] = "FFDH",
            ["schema"] = "ffdh_test_schema_v1.json",
            ["numberOfTests"] = counter,
            ["header"] = new JsonArray("Test vectors of type FfdhTest agree in a named group; private and public are big-endian numbers, shared is as long as the modulus.",
                "Test vectors of type FfdhGroupTest are parameters that a configuration gives by value: valid are safe primes with a generator of the subgroup of order (p - 1)/2."),
            ["notes"] = Notes(),
            ["testGroups"] = groups,
        };
        return document.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Notes() => new(new[]
    {
        ("Normal", "BASIC", "An ordinary agreement."),
        ("EdgeCasePrivateKey", "EDGE_CASE", "The private exponent is at the border of its range."),
        ("EdgeCasePublicKey", "EDGE_CASE", "The public value is small or near the modulus, and in the subgroup."),
        ("LeadingZeros", "EDGE_CASE", "The shared secret begins with zero octets, which stay."),
        ("PaddedPublicKey", "EDGE_CASE", "The public value has leading zeros up to the length of the modulus."),
        ("DegeneratePublicKey", "CONFINEMENT", "The public value is 0, 1 or p - 1, which make the secret predictable."),
        ("PublicKeyOutOfRange", "MISSING_STEP", "The public value is not below the modulus."),
        ("WrongOrder", "CONFINEMENT", "The public value is not in the subgroup of order q: a bit of the private exponent would leak."),
        ("InvalidPrivateKey", "MISSING_STEP", "The private exponent is not between 1 and q - 1."),
        ("CompositeModulus", "CONFINEMENT", "The modulus is no prime."),
        ("NoSafePrime", "CONFINEMENT", "The modulus is a prime, and (p - 1)/2 is none."),
        ("WeakModulus", "KNOWN_BUG", "The modulus is too short, too long or even."),
        ("InvalidGenerator", "CONFINEMENT", "The generator is degenerate, out of range or of another order."),
    }.Select(note => KeyValuePair.Create(note.Item1, (JsonNode?)new JsonObject { ["bugType"] = note.Item2, ["description"] = note.Item3 })));

    private static JsonObject Agreements(DhGroup group, ref int counter)
    {
        var (p, q, g) = (Number(group.P.Span), Number(group.Q.Span), Number(group.G.Span));
        var x = BigInteger.ModPow(3, 4711, BigInteger.One << group.ExponentBits) | 1;
        var y = BigInteger.ModPow(g, BigInteger.ModPow(5, 4711, BigInteger.One << group.ExponentBits), p);
        var tests = new JsonArray();
        foreach (var (comment, flag, exponent, value) in Cases(p, q, g, x, y, group.Length))
        {
            var isValid = IsValid(value, exponent, p, q);
            tests.Add(new JsonObject
            {
                ["tcId"] = ++counter,
                ["comment"] = comment,
                ["flags"] = new JsonArray(flag),
                ["private"] = Hex(Octets(exponent)),
                ["public"] = Hex(value),
                ["shared"] = isValid ? Hex(Padded(BigInteger.ModPow(Number(value), exponent, p), group.Length)) : "",
                ["result"] = isValid ? "valid" : "invalid",
            });
        }

        return new JsonObject { ["type"] = "FfdhTest", ["group"] = group.Name, ["keySize"] = group.Bits, ["p"] = Hex(group.P.Span), ["q"] = Hex(group.Q.Span), ["g"] = Hex(group.G.Span), ["tests"] = tests };
    }

    // The definition: 2 <= y <= p - 2, y^q = 1, 1 <= x < q; nothing is longer than p.
    private static bool IsValid(byte[] value, BigInteger x, BigInteger p, BigInteger q)
    {
        var y = Number(value);
        return value.Length <= Octets(p).Length && y >= 2 && y <= p - 2 && BigInteger.ModPow(y, q, p).IsOne && x >= 1 && x < q;
    }

    private static IEnumerable<(string Comment, string Flag, BigInteger Private, byte[] Public)> Cases(
        BigInteger p, BigInteger q, BigInteger g, BigInteger x, BigInteger y, int length)
    {
        yield return ("ordinary values", "Normal", x, Padded(y, length));
        yield return ("ordinary values, squared", "Normal", x * x % q, Padded(y * y % p, length));
        yield return ("x = 1", "EdgeCasePrivateKey", 1, Padded(y, length));
        yield return ("x = 2", "EdgeCasePrivateKey", 2, Padded(y, length));
        yield return ("x = q - 1", "EdgeCasePrivateKey", q - 1, Padded(y, length));
        yield return ("x = q - 2", "EdgeCasePrivateKey", q - 2, Padded(y, length));
        yield return ("x = 2^64", "EdgeCasePrivateKey", BigInteger.One << 64, Padded(y, length));
        yield return ("y = g", "EdgeCasePublicKey", x, Padded(g, length));
        yield return ("y = g without padding", "EdgeCasePublicKey", x, Octets(g));
        yield return ("y = 4 = g squared", "EdgeCasePublicKey", x, Octets(4));
        yield return ("y = 1/g", "EdgeCasePublicKey", x, Padded(BigInteger.ModPow(g, q - 1, p), length));
        yield return ("a leading zero in y", "PaddedPublicKey", x, WithLeadingZeros(p, g, length));
        var inverse = BigInteger.ModPow(x, q - 2, q);
        foreach (var z in new BigInteger[] { 2, 4, BigInteger.One << 20, BigInteger.One << ((8 * length) - 10), BigInteger.One << ((8 * length) - 64) })
            yield return ($"Z = 2^{z.GetBitLength() - 1}", "LeadingZeros", x, Padded(BigInteger.ModPow(z, inverse, p), length));
        foreach (var (name, value) in new (string, BigInteger)[] { ("0", 0), ("1", 1), ("p - 1", p - 1) })
            yield return ($"y = {name}", "DegeneratePublicKey", x, Octets(value));
        yield return ("y = 0 in full length", "DegeneratePublicKey", x, new byte[length]);
        yield return ("y empty", "DegeneratePublicKey", x, []);
        foreach (var (name, value) in new (string, BigInteger)[] { ("p", p), ("p + 1", p + 1), ("p + 2", p + 2), ("p + 4", p + 4), ("2^bits - 1", (BigInteger.One << (8 * length)) - 1), ("p + y", p + y), ("2p + 2", (2 * p) + 2) })
            yield return ($"y = {name}", "PublicKeyOutOfRange", x, Octets(value));
        foreach (var (name, value) in new (string, BigInteger)[] { ("p - 2 = -g", p - 2), ("p - 4 = -4", p - 4), ("-y", p - y), ("-1/g", p - BigInteger.ModPow(g, q - 1, p)) })
            yield return ($"y = {name}", "WrongOrder", x, Padded(value, length));
        foreach (var (name, value) in new (string, BigInteger)[] { ("0", 0), ("q", q), ("q + 1", q + 1), ("p - 1", p - 1), ("p", p) })
            yield return ($"x = {name}", "InvalidPrivateKey", value, Padded(y, length));
    }

    private static byte[] WithLeadingZeros(BigInteger p, BigInteger g, int length)
    {
        for (var x = (8 * length) + 1; ; x++)
        {
            var y = BigInteger.ModPow(g, x, p);
            if (Octets(y).Length < length)
                return Padded(y, length);
        }
    }

    private static JsonObject Parameters(ref int counter)
    {
        var p = Number(DhGroups.Ffdhe2048.P.Span);
        var prime = (BigInteger.One << 2047) + 1919; // the first prime above 2^2047; half of it is composite
        var tests = new JsonArray();
        foreach (var (comment, flag, result, modulus, generator) in new (string, string, string, BigInteger, BigInteger)[]
        {
            ("ffdhe2048 by value", "Normal", "valid", p, 2),
            ("ffdhe2048 with another generator", "Normal", "valid", p, 4),
            ("p + 2, odd and composite", "CompositeModulus", "invalid", p + 2, 2),
            ("a product of two primes", "CompositeModulus", "invalid", ((BigInteger.One << 1279) - 1) * ((BigInteger.One << 2203) - 1), 4),
            ("a power of a prime", "CompositeModulus", "invalid", BigInteger.Pow((BigInteger.One << 1279) - 1, 2), 4),
            ("a Mersenne prime", "NoSafePrime", "invalid", (BigInteger.One << 2203) - 1, 4),
            ("a prime p, (p - 1)/2 composite", "NoSafePrime", "invalid", prime, 4),
            ("even", "WeakModulus", "invalid", p + 1, 2),
            ("2047 bits", "WeakModulus", "invalid", p >> 1, 4),
            ("8193 bits", "WeakModulus", "invalid", (BigInteger.One << 8192) + 1, 2),
            ("zero", "WeakModulus", "invalid", 0, 2),
            ("g = 0", "InvalidGenerator", "invalid", p, 0),
            ("g = 1", "InvalidGenerator", "invalid", p, 1),
            ("g = p - 1", "InvalidGenerator", "invalid", p, p - 1),
            ("g = p", "InvalidGenerator", "invalid", p, p),
            ("g = p + 2", "InvalidGenerator", "invalid", p, p + 2),
            ("g = p - 2 of order 2q", "InvalidGenerator", "invalid", p, p - 2),
        })
        {
            tests.Add(new JsonObject
            {
                ["tcId"] = ++counter,
                ["comment"] = comment,
                ["flags"] = new JsonArray(flag),
                ["p"] = Hex(Octets(modulus)),
                ["g"] = Hex(Octets(generator)),
                ["result"] = result,
            });
        }

        return new JsonObject { ["type"] = "FfdhGroupTest", ["tests"] = tests };
    }
}
