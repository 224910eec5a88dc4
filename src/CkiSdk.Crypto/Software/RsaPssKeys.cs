using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Crypto.Software;

/// <summary>Reads public keys that are bound to RSASSA-PSS (RFC 4055 §1.2, §3.1).</summary>
internal static class RsaPssKeys
{
    private static readonly AlgorithmIdentifier RsaEncryption =
        new() { Algorithm = ObjectIdentifier.Parse(SubjectPublicKeys.RsaEncryption), Parameters = AnyValue.Null };

    /// <summary>Gives the same key as rsaEncryption, which is what the framework imports.</summary>
    /// <param name="subjectPublicKeyInfo">The DER.</param>
    /// <param name="bound">The parameters that signatures must have; <see langword="null"/> if the key names none.</param>
    /// <returns>The DER; <see langword="null"/> if the key is malformed or names functions outside the profile.</returns>
    public static byte[]? ToRsaEncryption(ReadOnlySpan<byte> subjectPublicKeyInfo, out RsaPssParameters? bound)
    {
        bound = null;
        if (!SubjectPublicKeyInfo.TryDecode(subjectPublicKeyInfo.ToArray(), out var key))
            return null;
        if (key.Algorithm.Parameters is { } parameters)
        {
            bound = RsaPssParametersReader.Read(parameters.Encoded);
            if (bound is null)
                return null;
        }

        return (key with { Algorithm = RsaEncryption }).Encode();
    }
}
