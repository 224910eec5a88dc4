using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using CkiSdk.TestSupport;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Security;

namespace CkiSdk.Crypto.Tests;

/// <summary>Lets other implementations do the same, to compare.</summary>
internal static class Witnesses
{
    public static bool BouncyCastleVerifies(byte[] subjectPublicKeyInfo, SignatureAlgorithm algorithm, byte[] message, byte[] signature)
    {
        var verifier = SignerUtilities.GetSigner(algorithm switch
        {
            SignatureAlgorithm.RsaPkcs1Sha256 => "SHA256withRSA",
            SignatureAlgorithm.RsaPssSha256 => "SHA256withRSAandMGF1",
            SignatureAlgorithm.RsaPssSha512 => "SHA512withRSAandMGF1",
            SignatureAlgorithm.EcdsaSha256 => "SHA256withECDSA",
            SignatureAlgorithm.EcdsaSha384 => "SHA384withECDSA",
            SignatureAlgorithm.EcdsaSha512 => "SHA512withECDSA",
            SignatureAlgorithm.Ed25519 => "Ed25519",
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        });
        verifier.Init(forSigning: false, PublicKeyFactory.CreateKey(subjectPublicKeyInfo));
        verifier.BlockUpdate(message, 0, message.Length);
        return verifier.VerifySignature(signature);
    }

    public static bool OpenSslVerifies(ReadOnlySpan<byte> subjectPublicKeyInfo, SignatureAlgorithm algorithm, byte[] message, byte[] signature)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("key"), subjectPublicKeyInfo);
        File.WriteAllBytes(folder.PathOf("signature"), signature);
        if (algorithm == SignatureAlgorithm.Ed25519)
        {
            File.WriteAllBytes(folder.PathOf("message"), message);
            string[] raw =
            [
                "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", folder.PathOf("key"),
                "-in", folder.PathOf("message"), "-sigfile", folder.PathOf("signature"),
            ];
            return ExternalProgram.Run("openssl", raw, []).ExitCode == 0;
        }

        var hash = HashName(algorithm);
        List<string> arguments =
        [
            "dgst", "-" + hash,
            "-verify", folder.PathOf("key"), "-keyform", "DER", "-signature", folder.PathOf("signature"),
        ];
        if (algorithm is SignatureAlgorithm.RsaPssSha256 or SignatureAlgorithm.RsaPssSha512)
            arguments.AddRange(["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest", "-sigopt", "rsa_mgf1_md:" + hash]);
        return ExternalProgram.Run("openssl", arguments, message).ExitCode == 0;
    }

    public static (byte[] Pkcs8, byte[] SubjectPublicKeyInfo) OpenSslKey(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => OpenSslKey("RSA", "rsa_keygen_bits:2048"),
        KeyAlgorithm.Rsa3072 => OpenSslKey("RSA", "rsa_keygen_bits:3072"),
        KeyAlgorithm.Rsa4096 => OpenSslKey("RSA", "rsa_keygen_bits:4096"),
        KeyAlgorithm.EcP256 => OpenSslKey("EC", "ec_paramgen_curve:P-256"),
        KeyAlgorithm.EcP384 => OpenSslKey("EC", "ec_paramgen_curve:P-384"),
        KeyAlgorithm.EcP521 => OpenSslKey("EC", "ec_paramgen_curve:P-521"),
        _ => OpenSslKey("ED25519"),
    };

    public static (byte[] Pkcs8, byte[] SubjectPublicKeyInfo) OpenSslKey(string algorithm, params string[] options)
    {
        string[] arguments = ["genpkey", "-algorithm", algorithm, "-outform", "DER", .. options.SelectMany(o => new[] { "-pkeyopt", o })];
        var traditional = ExternalProgram.RunOk("openssl", arguments).Output;
        var pkcs8 = ExternalProgram.RunOk("openssl", ["pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-outform", "DER"], traditional).Output;
        return (pkcs8, ExternalProgram.RunOk("openssl", ["pkey", "-inform", "DER", "-pubout", "-outform", "DER"], pkcs8).Output);
    }

    public static byte[] BouncyCastleEncrypts(byte[] subjectPublicKeyInfo, byte[] plaintext, byte[] label)
    {
        var engine = new OaepEncoding(new RsaEngine(), new Sha256Digest(), new Sha256Digest(), label);
        engine.Init(forEncryption: true, PublicKeyFactory.CreateKey(subjectPublicKeyInfo));
        return engine.ProcessBlock(plaintext, 0, plaintext.Length);
    }

    public static byte[] Hash(SignatureAlgorithm algorithm, byte[] message) =>
        CryptographicOperations.HashData(new HashAlgorithmName(HashName(algorithm).ToUpperInvariant()), message);

    public static byte[] OpenSslEncrypts(ReadOnlySpan<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> plaintext) =>
        OpenSslEncrypts(subjectPublicKeyInfo, RsaEncryptionScheme.OaepSha256, plaintext);

    public static byte[] OpenSslEncrypts(ReadOnlySpan<byte> subjectPublicKeyInfo, RsaEncryptionScheme scheme, ReadOnlySpan<byte> plaintext)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("key"), subjectPublicKeyInfo);
        string[] arguments =
        [
            "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", folder.PathOf("key"),
            .. Options(scheme).SelectMany(option => new[] { "-pkeyopt", option }),
        ];
        return ExternalProgram.RunOk("openssl", arguments, plaintext.ToArray()).Output;
    }

    private static List<string> Options(RsaEncryptionScheme scheme)
    {
        if (scheme.IsPkcs1)
            return ["rsa_padding_mode:pkcs1"];
        List<string> options = ["rsa_padding_mode:oaep", $"rsa_oaep_md:{scheme.Hash}", $"rsa_mgf1_md:{scheme.MaskHash}"];
        if (scheme.Label.Length > 0)
            options.Add("rsa_oaep_label:" + Convert.ToHexString(scheme.Label.Span));
        return options;
    }

    private static string HashName(SignatureAlgorithm algorithm) => algorithm.ToString() switch
    {
        var name when name.EndsWith("Sha1", StringComparison.Ordinal) => "sha1",
        var name when name.EndsWith("Sha384", StringComparison.Ordinal) => "sha384",
        var name when name.EndsWith("Sha512", StringComparison.Ordinal) => "sha512",
        _ => "sha256",
    };

    public static byte[] BouncyCastleAgrees(byte[] pkcs8, byte[] peerSubjectPublicKeyInfo)
    {
        var agreement = new ECDHBasicAgreement();
        agreement.Init(PrivateKeyFactory.CreateKey(pkcs8));
        var x = agreement.CalculateAgreement(PublicKeyFactory.CreateKey(peerSubjectPublicKeyInfo)).ToByteArrayUnsigned();
        return [.. new byte[agreement.GetFieldSize() - x.Length], .. x];
    }

    public static (BigInteger R, BigInteger S) ReadEcdsa(byte[] signature)
    {
        var sequence = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        return (sequence.ReadInteger(), sequence.ReadInteger());
    }

    public static byte[] WriteEcdsa(BigInteger r, BigInteger s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode();
    }

    public static BigInteger CurveOrder(KeyAlgorithm algorithm) => Numbers.Number(Convert.FromHexString(
        algorithm == KeyAlgorithm.EcP256
            ? "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
            : "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"));
}
