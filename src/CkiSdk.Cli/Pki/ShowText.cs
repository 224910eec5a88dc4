using System.Globalization;
using System.Net;
using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes the parts of certificates, lists and requests for people.</summary>
internal static class ShowText
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.1"] = "RSA",
        ["1.2.840.113549.1.1.10"] = "RSA-PSS",
        ["1.2.840.10045.2.1"] = "EC",
        ["1.2.840.10046.2.1"] = "X9.42 DH",
        ["1.2.840.10040.4.1"] = "DSA",
        ["1.3.101.110"] = "X25519",
        ["1.3.101.112"] = "Ed25519",
    };

    private static readonly Dictionary<string, string> Curves = new(StringComparer.Ordinal)
    {
        ["06082a8648ce3d030107"] = "P-256",
        ["06052b81040022"] = "P-384",
        ["06052b81040023"] = "P-521",
    };

    /// <summary>Replaces what could move a terminal's cursor.</summary>
    /// <param name="text">The text.</param>
    public static string Safe(string text) => Failures.OneLine(text);

    /// <summary>Writes a subject, which may be empty.</summary>
    /// <param name="name">The name.</param>
    public static string Subject(DistinguishedName name) => name.Count == 0 ? "(no subject)" : Safe(name.ToString());

    /// <summary>Writes a moment as ISO 8601.</summary>
    /// <param name="time">The moment.</param>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes a moment as OpenSSL does.</summary>
    /// <param name="time">The moment.</param>
    public static string OpenSslTime(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:MMM} {time.UtcDateTime.Day,2} {time.UtcDateTime:HH:mm:ss yyyy} GMT");

    /// <summary>Writes a serial number as OpenSSL does: one below 2^63 as a number, a longer one as octets in a line of their own.</summary>
    /// <param name="serial">The number.</param>
    /// <param name="indent">How far that line stands in.</param>
    public static string Serial(Integer serial, int indent)
    {
        var (octets, isNegative) = (Magnitude(serial), serial.IsNegative);
        var number = new System.Numerics.BigInteger(octets, isUnsigned: true, isBigEndian: true);
        var hexadecimal = Convert.ToHexStringLower(octets).TrimStart('0') is { Length: > 0 } digits ? digits : "0";
        return number <= long.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $" {(isNegative ? "-" : "")}{number} ({(isNegative ? "-" : "")}0x{hexadecimal})")
            : $"\n{new string(' ', indent)}{(isNegative ? " (Negative)" : "")}{Colons(octets)}";
    }

    /// <summary>Gives the octets of a number without its sign, big-endian, as few as there can be; one of 0.</summary>
    /// <param name="number">The number.</param>
    public static byte[] Magnitude(Integer number) => System.Numerics.BigInteger.Abs(number.ToBigInteger()).ToByteArray(isUnsigned: true, isBigEndian: true);

    /// <summary>Writes octets with colons.</summary>
    /// <param name="octets">The octets.</param>
    public static string Colons(ReadOnlySpan<byte> octets) => string.Join(':', Convert.ToHexStringLower(octets).Chunk(2).Select(pair => new string(pair)));

    /// <summary>Writes octets with colons, eighteen a line.</summary>
    /// <param name="text">Where they go.</param>
    /// <param name="octets">The octets.</param>
    /// <param name="indent">How far the lines stand in.</param>
    public static void Octets(StringBuilder text, ReadOnlySpan<byte> octets, int indent)
    {
        for (; !octets.IsEmpty; octets = octets[Math.Min(18, octets.Length)..])
        {
            text.Append(' ', indent).Append(Colons(octets[..Math.Min(18, octets.Length)])).AppendLine(octets.Length > 18 ? ":" : "");
        }
    }

    /// <summary>Names a public key and its size or curve.</summary>
    /// <param name="subjectPublicKeyInfo">The DER.</param>
    public static string Key(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var key = SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo);
        var name = Keys.GetValueOrDefault(key.Algorithm.Algorithm.ToString(), key.Algorithm.Algorithm.ToString());
        if (name.StartsWith("RSA", StringComparison.Ordinal) && RSAPublicKey.TryDecode(key.SubjectPublicKey.Octets, out var rsa))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name} {rsa.Modulus.ToBigInteger().GetBitLength()}");
        }

        return name == "EC" && key.Algorithm.Parameters is { } curve ? $"EC {Curves.GetValueOrDefault(Convert.ToHexStringLower(curve.Encoded.Span), "of an unknown curve")}" : name;
    }

    /// <summary>Names a signature algorithm.</summary>
    /// <param name="identifier">The identifier.</param>
    public static string Algorithm(AlgorithmIdentifier identifier) =>
        SignatureIdentifiers.TryFind(identifier, out var algorithm) ? algorithm.ToString() : identifier.Algorithm.ToString();

    /// <summary>Writes a name as OpenSSL does.</summary>
    /// <param name="name">The name.</param>
    public static string Name(GeneralName name) => Safe(name switch
    {
        GeneralName.DNSName dns => $"DNS:{dns.Value}",
        GeneralName.Rfc822Name mail => $"email:{mail.Value}",
        GeneralName.UniformResourceIdentifier uri => $"URI:{uri.Value}",
        GeneralName.IPAddress address => $"IP Address:{Address(address.Value.Span)}",
        GeneralName.DirectoryName directory => $"DirName:{DistinguishedName.From(directory.Value)}",
        GeneralName.RegisteredID id => $"Registered ID:{id.Value}",
        GeneralName.OtherName other => $"othername:{other.Value.TypeId}",
        _ => $"{name.GetType().Name}:<unsupported>",
    });

    private static string Address(ReadOnlySpan<byte> octets) => octets.Length switch
    {
        4 or 16 => new IPAddress(octets).ToString(),
        8 or 32 => $"{new IPAddress(octets[..(octets.Length / 2)])}/{new IPAddress(octets[(octets.Length / 2)..])}",
        _ => Convert.ToHexStringLower(octets),
    };
}
