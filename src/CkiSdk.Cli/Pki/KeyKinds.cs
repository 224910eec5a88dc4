using System.Globalization;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Reads what <c>--key</c> says of a key to be generated.</summary>
internal static class KeyKinds
{
    /// <summary>Describes the option.</summary>
    public const string Description = "The kind of key: rsa:BITS (2048 to 8192), ec:P-256, ec:P-384, ec:P-521, ed25519, or dh:GROUP (ffdhe2048 to ffdhe8192).";

    /// <summary>Generates a key.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="exponent">The public exponent of an RSA key; null for 65537.</param>
    /// <returns>The DER of PrivateKeyInfo, owned by the caller.</returns>
    /// <exception cref="CommandException">There is no such kind.</exception>
    public static Secret Generate(string kind, string? exponent = null)
    {
        var colon = kind.IndexOf(':', StringComparison.Ordinal);
        var (family, size) = colon < 0 ? (kind, "") : (kind[..colon], kind[(colon + 1)..]);
        return (family.ToLowerInvariant(), size.ToUpperInvariant()) switch
        {
            ("rsa", var text) when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && SoftwareKeys.IsRsaSize(bits) => GenerateRsa(bits, exponent),
            _ when exponent is not null => throw CommandException.Usage("--exponent goes with rsa only."),
            ("ec", "P-256") => SoftwareKeys.Generate(KeyAlgorithm.EcP256),
            ("ec", "P-384") => SoftwareKeys.Generate(KeyAlgorithm.EcP384),
            ("ec", "P-521") => SoftwareKeys.Generate(KeyAlgorithm.EcP521),
            ("ed25519", "") => SoftwareKeys.Generate(KeyAlgorithm.Ed25519),
            ("dh", var name) when DhGroups.Named.FirstOrDefault(g => g.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } group => GenerateDh(group),
            _ => throw CommandException.Usage($"--key: '{kind}' is none of rsa:2048 to rsa:8192, ec:P-256, ec:P-384, ec:P-521, ed25519, dh:ffdhe2048 to dh:ffdhe8192."),
        };
    }

    /// <summary>Tells whether a word is meant as a kind of key, and not as a file.</summary>
    /// <param name="text">The word.</param>
    public static bool IsKind(string text) => text.Split(':')[0].ToLowerInvariant() is "rsa" or "ec" or "ed25519" or "dh";

    /// <summary>Generates a key that signs.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The DER of PrivateKeyInfo, owned by the caller.</returns>
    /// <exception cref="CommandException">There is no such kind, or it does not sign.</exception>
    public static Secret GenerateForSignatures(string kind) =>
        kind.StartsWith("dh:", StringComparison.OrdinalIgnoreCase) ? throw CommandException.Usage($"--key: a key {kind} signs nothing.") : Generate(kind);

    private static Secret GenerateRsa(int bits, string? exponent)
    {
        if (exponent is null)
        {
            return SoftwareKeys.GenerateRsa(bits);
        }

        try
        {
            var number = System.Numerics.BigInteger.Parse(exponent, NumberStyles.None, CultureInfo.InvariantCulture);
            return SoftwareKeys.GenerateRsa(bits, number.ToByteArray(isUnsigned: true, isBigEndian: true));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            throw CommandException.Usage($"--exponent: '{exponent}' is no odd number from 65537 up of at most 256 bits.", exception);
        }
    }

    private static Secret GenerateDh(DhGroup group)
    {
        using var candidate = Secret.Random(group.CandidateLength, CryptoProviders.Software.Random);
        using var exponent = group.ExponentFrom(candidate);
        return DhPrivateKeys.Encode(group, exponent);
    }
}
