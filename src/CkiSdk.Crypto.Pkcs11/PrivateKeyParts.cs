using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Crypto.Software;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Holds the numbers of a private key on their way into a token, and zeroes them.</summary>
internal sealed class PrivateKeyParts : IDisposable
{
    private const int SeedLength = 32;

    private readonly List<(CKA Attribute, byte[] Value)> _private = [];
    private readonly List<(CKA Attribute, byte[] Value)> _public = [];

    private PrivateKeyParts(TokenPublicKey publicKey) => PublicKey = publicKey;

    /// <summary>Gets the public half.</summary>
    public TokenPublicKey PublicKey { get; }

    /// <summary>Takes the numbers out of a PrivateKeyInfo that the software provider accepted.</summary>
    /// <param name="pkcs8">The DER of PrivateKeyInfo.</param>
    /// <param name="subjectPublicKeyInfo">Its public half.</param>
    public static PrivateKeyParts Read(Secret pkcs8, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        var publicKey = TokenPublicKey.From(subjectPublicKeyInfo.ToArray()) ?? throw new CryptoProviderException(CryptoError.UnsupportedKey, "Tokens hold no keys of this kind.");
        var parts = new PrivateKeyParts(publicKey);
        switch (publicKey.Kind)
        {
            case TokenKeyKind.Rsa:
                parts.ReadRsa(pkcs8);
                break;
            case TokenKeyKind.Ed25519:
                parts.ReadCurve(pkcs8.Span[^SeedLength..].ToArray());
                break;
            default:
                parts.ReadElliptic(pkcs8);
                break;
        }

        return parts;
    }

    /// <summary>Adds the private numbers to a template.</summary>
    public List<IObjectAttribute> AddPrivate(List<IObjectAttribute> template)
    {
        foreach (var (attribute, value) in _private)
            template.With(attribute, value);
        return template;
    }

    /// <summary>Adds the public numbers to a template.</summary>
    public List<IObjectAttribute> AddPublic(List<IObjectAttribute> template)
    {
        foreach (var (attribute, value) in _public)
            template.With(attribute, value);
        return template;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, value) in _private)
            CryptographicOperations.ZeroMemory(value);
    }

    private void ReadRsa(Secret pkcs8)
    {
        using var reduced = RsaPrivateKeys.Reduce(pkcs8);
        var key = RSAPrivateKey.Decode(PrivateKeyInfo.Decode(reduced.Memory).PrivateKey.Value.Memory);
        _public.AddRange([(CKA.CKA_MODULUS, Octets(key.Modulus)), (CKA.CKA_PUBLIC_EXPONENT, Octets(key.PublicExponent))]);
        _private.AddRange(
        [
            (CKA.CKA_MODULUS, Octets(key.Modulus)), (CKA.CKA_PUBLIC_EXPONENT, Octets(key.PublicExponent)), (CKA.CKA_PRIVATE_EXPONENT, Octets(key.PrivateExponent)),
            (CKA.CKA_PRIME_1, Octets(key.Prime1)), (CKA.CKA_PRIME_2, Octets(key.Prime2)), (CKA.CKA_EXPONENT_1, Octets(key.Exponent1)),
            (CKA.CKA_EXPONENT_2, Octets(key.Exponent2)), (CKA.CKA_COEFFICIENT, Octets(key.Coefficient)),
        ]);

        static byte[] Octets(Integer number) => number.ToUnsigned().ToArray();
    }

    private void ReadElliptic(Secret pkcs8)
    {
        using var key = ECDiffieHellman.Create();
        key.ImportPkcs8PrivateKey(pkcs8.Span, out _);
        ReadCurve(key.ExportParameters(includePrivateParameters: true).D!);
    }

    private void ReadCurve(byte[] secret)
    {
        var curve = TokenCurves.Of(PublicKey.Kind);
        _private.AddRange([(CKA.CKA_EC_PARAMS, [.. curve.Parameters]), (CKA.CKA_VALUE, secret)]);
        var point = PublicKey.SubjectPublicKeyInfo.Span[curve.Prefix.Length..];
        _public.AddRange([(CKA.CKA_EC_PARAMS, curve.Parameters), (CKA.CKA_EC_POINT, curve.AttributeOf(point))]);
    }
}
