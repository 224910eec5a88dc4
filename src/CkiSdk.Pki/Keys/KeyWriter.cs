using System.Buffers.Text;
using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Pki.Keys;

/// <summary>Writes keys in every form that <see cref="KeyFile"/> reads, but for most of the old encryptions.</summary>
public static class KeyWriter
{
    private const int LineLength = 64;

    /// <summary>Encrypts a private key under a password: EncryptedPrivateKeyInfo with PBES2.</summary>
    /// <param name="pkcs8">The DER of PrivateKeyInfo.</param>
    /// <param name="password">The password in UTF-8.</param>
    /// <param name="random">Where salt and initialization vector come from.</param>
    /// <param name="protection">How; by default <see cref="KeyProtection.Default"/>.</param>
    /// <returns>The DER.</returns>
    public static byte[] Encrypt(Secret pkcs8, Secret password, IRandomSource random, KeyProtection? protection = null)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(random);
        var (parameters, data) = Pbes2.Encrypt(pkcs8, password, protection ?? KeyProtection.Default, random);
        return new EncryptedPrivateKeyInfo
        {
            EncryptionAlgorithm = new AlgorithmIdentifier { Algorithm = PKCS5v21Values.IdPBES2, Parameters = AnyValue.From(parameters) },
            EncryptedData = new EncryptedData(data),
        }.Encode();
    }

    /// <summary>Writes a key in one of the forms without encryption.</summary>
    /// <param name="key">The key.</param>
    /// <param name="form">The form.</param>
    /// <returns>The DER, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">The key has no such form: a public key as a private one, PKCS #1 of another key than RSA, or the form is encrypted.</exception>
    public static Secret Write(ParsedKey key, KeyForm form)
    {
        ArgumentNullException.ThrowIfNull(key);
        return form switch
        {
            KeyForm.Public => Secret.From(key.SubjectPublicKeyInfo.Span),
            KeyForm.Pkcs1Public when key.Description.Kind == KeyKind.Rsa =>
                Secret.From(SubjectPublicKeyInfo.Decode(key.SubjectPublicKeyInfo).SubjectPublicKey.Octets.Span),
            KeyForm.Pkcs8 when key.Pkcs8 is { } pkcs8 => RsaPrivateKeys.Reduce(pkcs8),
            KeyForm.Pkcs1 when key is { Pkcs8: { } pkcs8, Description.Kind: KeyKind.Rsa } => Pkcs1(pkcs8),
            KeyForm.Sec1 when key is { Pkcs8: { } pkcs8, Description.Kind: KeyKind.EllipticCurve } => Sec1(PrivateKeyInfo.Decode(pkcs8.Memory), key),
            _ => throw new NotSupportedException($"A {(key.IsPrivate ? "private" : "public")} key {key.Description.Name} cannot be written as {form}."),
        };
    }

    /// <summary>Gives the label of a form.</summary>
    /// <param name="form">The form.</param>
    /// <returns>The label, such as PRIVATE KEY.</returns>
    public static string LabelOf(KeyForm form) => form switch
    {
        KeyForm.Pkcs8 => "PRIVATE KEY",
        KeyForm.EncryptedPkcs8 => "ENCRYPTED PRIVATE KEY",
        KeyForm.Pkcs1 => "RSA PRIVATE KEY",
        KeyForm.Sec1 => "EC PRIVATE KEY",
        KeyForm.Public => "PUBLIC KEY",
        KeyForm.Pkcs1Public => "RSA PUBLIC KEY",
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    /// <summary>Writes PEM without any string: lines of 64 characters and a last line break (RFC 7468 §3).</summary>
    /// <param name="label">The label.</param>
    /// <param name="der">The octets.</param>
    /// <returns>The text in ASCII, owned by the caller.</returns>
    public static Secret ToPem(string label, ReadOnlySpan<byte> der) => ToPem(label, "", der);

    /// <summary>Writes PEM with the traditional encryption: AES-256-CBC under one MD5 of password and salt (RFC 1421 §4.6), for programs such as tcllib's <c>pki</c> that read nothing else.</summary>
    /// <param name="label">The label: RSA PRIVATE KEY or EC PRIVATE KEY.</param>
    /// <param name="der">The key in the form of that label.</param>
    /// <param name="password">The password in UTF-8. Whoever has the file tries billions of passwords a second: only a long random one protects it.</param>
    /// <param name="random">Where the initialization vector comes from.</param>
    /// <returns>The text in ASCII, owned by the caller.</returns>
    public static Secret ToWeaklyEncryptedPem(string label, ReadOnlySpan<byte> der, Secret password, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(random);
        var (headers, data) = TraditionalEncryption.Encrypt(der, password, random);
        return ToPem(label, headers, data);
    }

    private static Secret ToPem(string label, string headers, ReadOnlySpan<byte> der)
    {
        var (begin, end) = (Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n{headers}"), Encoding.ASCII.GetBytes($"-----END {label}-----\n"));
        using var digits = new Secret(Base64.GetMaxEncodedToUtf8Length(der.Length));
        Base64.EncodeToUtf8(der, digits.Span, out _, out var count);
        var lines = (count + LineLength - 1) / LineLength;
        var pem = new Secret(begin.Length + count + lines + end.Length);
        begin.CopyTo(pem.Span);
        var rest = pem.Span[begin.Length..];
        for (var done = 0; done < count; done += LineLength)
        {
            var line = digits.Span[done..Math.Min(done + LineLength, count)];
            line.CopyTo(rest);
            rest[line.Length] = (byte)'\n';
            rest = rest[(line.Length + 1)..];
        }

        end.CopyTo(rest);
        return pem;
    }

    private static Secret Pkcs1(Secret pkcs8)
    {
        using var reduced = RsaPrivateKeys.Reduce(pkcs8);
        return Secret.From(PrivateKeyInfo.Decode(reduced.Memory).PrivateKey.Value.Span);
    }

    // The curve and the public key stand inside, as OpenSSL writes them (RFC 5915 §3).
    private static Secret Sec1(PrivateKeyInfo info, ParsedKey key)
    {
        var ec = ECPrivateKey.Decode(info.PrivateKey.Value.Memory);
        var curve = ECParameters.Decode(info.PrivateKeyAlgorithm.Parameters!.Value.Encoded);
        var point = SubjectPublicKeyInfo.Decode(key.SubjectPublicKeyInfo).SubjectPublicKey;
        return SecretDer.Take((ec with { Parameters = curve, PublicKey = point }).Encode());
    }
}
