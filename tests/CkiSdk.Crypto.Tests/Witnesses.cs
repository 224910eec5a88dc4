using System.Formats.Asn1;
using System.Numerics;
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
            SignatureAlgorithm.EcdsaP256Sha256 => "SHA256withECDSA",
            _ => "SHA384withECDSA",
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
        List<string> arguments =
        [
            "dgst", algorithm == SignatureAlgorithm.EcdsaP384Sha384 ? "-sha384" : "-sha256",
            "-verify", folder.PathOf("key"), "-keyform", "DER", "-signature", folder.PathOf("signature"),
        ];
        if (algorithm == SignatureAlgorithm.RsaPssSha256)
            arguments.AddRange(["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32", "-sigopt", "rsa_mgf1_md:sha256"]);
        return ExternalProgram.Run("openssl", arguments, message).ExitCode == 0;
    }

    public static (byte[] Pkcs8, byte[] SubjectPublicKeyInfo) OpenSslKey(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => OpenSslKey("RSA", "rsa_keygen_bits:2048"),
        KeyAlgorithm.Rsa3072 => OpenSslKey("RSA", "rsa_keygen_bits:3072"),
        KeyAlgorithm.Rsa4096 => OpenSslKey("RSA", "rsa_keygen_bits:4096"),
        KeyAlgorithm.EcP256 => OpenSslKey("EC", "ec_paramgen_curve:P-256"),
        _ => OpenSslKey("EC", "ec_paramgen_curve:P-384"),
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

    public static byte[] OpenSslEncrypts(ReadOnlySpan<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> plaintext)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("key"), subjectPublicKeyInfo);
        string[] arguments =
        [
            "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", folder.PathOf("key"),
            "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha256",
        ];
        return ExternalProgram.RunOk("openssl", arguments, plaintext.ToArray()).Output;
    }

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
