using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows that old signatures are verified by permission only, and what keys bound to RSASSA-PSS verify; OpenSSL signs.</summary>
public sealed class LegacyAlgorithmsTests : IDisposable
{
    private static readonly byte[] Message = "an old message"u8.ToArray();
    private static readonly IPublicKeys PublicKeys = CryptoProviders.Software.PublicKeys;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dsa_NeedsAPermission()
    {
        OpenSsl("genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -pkeyopt dsa_paramgen_q_bits:256 -out parameters");
        var key = Generate("-paramfile parameters");
        AssertNeeds(LegacyAlgorithms.Dsa, SignatureAlgorithm.DsaSha256, key, Sign("sha256"));
        AssertNeeds(LegacyAlgorithms.Dsa | LegacyAlgorithms.Sha1, SignatureAlgorithm.DsaSha1, key, Sign("sha1"));
    }

    [Fact]
    public void Sha1_NeedsAPermission()
    {
        AssertNeeds(LegacyAlgorithms.Sha1, SignatureAlgorithm.RsaPkcs1Sha1, Generate("-algorithm RSA -pkeyopt rsa_keygen_bits:2048"), Sign("sha1"));
        AssertNeeds(LegacyAlgorithms.Sha1, SignatureAlgorithm.EcdsaSha1, Generate("-algorithm EC -pkeyopt ec_paramgen_curve:P-256"), Sign("sha1"));
    }

    [Fact]
    public void SmallExponents_NeedAPermission() => AssertNeeds(
        LegacyAlgorithms.SmallExponents, SignatureAlgorithm.RsaPkcs1Sha256, Generate("-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3"), Sign("sha256"));

    [Fact]
    public void KeysBoundToPss_Verify_TheirParametersOnly()
    {
        var free = Generate("-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048");
        var signature = Sign("sha384", "-sigopt rsa_pss_saltlen:48");
        using var freeKey = PublicKeys.ImportVerificationKey(free);
        Assert.True(freeKey.Verify(SignatureAlgorithm.RsaPssSha384, Message, signature));
        Assert.DoesNotContain(SignatureAlgorithm.RsaPkcs1Sha256, freeKey.Algorithms);

        var bound = Generate("-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32");
        using var boundKey = Assert.IsType<IPssVerificationKey>(PublicKeys.ImportVerificationKey(bound), exactMatch: false);
        Assert.Equal([SignatureAlgorithm.RsaPssSha256], boundKey.Algorithms);
        Assert.True(boundKey.Verify(SignatureAlgorithm.RsaPssSha256, Message, Sign("sha256", "-sigopt rsa_pss_saltlen:32")));
        var longer = Sign("sha256", "-sigopt rsa_pss_saltlen:40");
        Assert.False(boundKey.Verify(SignatureAlgorithm.RsaPssSha256, Message, longer));
        Assert.True(boundKey.VerifyPss(new RsaPssParameters(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256, 40), Message, longer));
        Assert.False(boundKey.VerifyPss(new RsaPssParameters(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256, 20), Message, longer));
        Assert.False(boundKey.VerifyPss(new RsaPssParameters(DigestAlgorithm.Sha512, DigestAlgorithm.Sha512, 40), Message, longer));
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256, DigestAlgorithm.Sha512, 0)]
    [InlineData(DigestAlgorithm.Sha512, DigestAlgorithm.Sha256, 20)]
    [InlineData(DigestAlgorithm.Sha384, DigestAlgorithm.Sha384, 100)]
    public void VerifyPss_Takes_OtherParameters(DigestAlgorithm hash, DigestAlgorithm mask, int salt)
    {
        var key = Assert.IsType<IPssVerificationKey>(PublicKeys.ImportVerificationKey(Generate("-algorithm RSA -pkeyopt rsa_keygen_bits:2048")), exactMatch: false);
        using (key)
        {
            var signature = Sign(hash.ToString().ToLowerInvariant(), $"-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:{salt} -sigopt rsa_mgf1_md:{mask}");
            Assert.True(key.VerifyPss(new RsaPssParameters(hash, mask, salt), Message, signature));
            Assert.False(key.VerifyPss(new RsaPssParameters(hash, mask, salt + 1), Message, signature));
            Assert.False(key.VerifyPss(new RsaPssParameters(hash, mask, salt), Message.AsSpan(1), signature));
            Assert.False(key.VerifyPss(new RsaPssParameters(hash, mask, -1), Message, signature));
            Assert.False(key.VerifyPss(new RsaPssParameters(hash, mask, salt), Message, []));
        }
    }

    private static void AssertNeeds(LegacyAlgorithms permission, SignatureAlgorithm algorithm, byte[] key, byte[] signature)
    {
        using var permitted = PublicKeys.ImportVerificationKey(key, permission);
        Assert.True(permitted.Verify(algorithm, Message, signature));
        Assert.False(permitted.Verify(algorithm, Message.AsSpan(1), signature));
        Assert.False(PublicKeys.Verify(key, algorithm, Message, signature));
        foreach (var one in new[] { LegacyAlgorithms.Sha1, LegacyAlgorithms.Dsa, LegacyAlgorithms.SmallExponents }.Where(one => permission.HasFlag(one)))
        {
            if (PublicKeys.TryImportVerificationKey(key, permission & ~one, out var refused, out _))
            {
                using (refused)
                    Assert.False(refused.Verify(algorithm, Message, signature));
            }
        }
    }

    private byte[] Generate(string arguments)
    {
        OpenSsl($"genpkey {arguments} -out key");
        return OpenSsl("pkey -in key -pubout -outform DER");
    }

    private byte[] Sign(string hash, string options = "")
    {
        File.WriteAllBytes(_folder.PathOf("message"), Message);
        return OpenSsl($"dgst -{hash} {options} -sign key message");
    }

    // Names of files are made paths of the folder.
    private byte[] OpenSsl(string arguments) => ExternalProgram.RunOk(
        "openssl",
        arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word is "key" or "message" or "parameters" ? _folder.PathOf(word) : word)).Output;
}
