using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests;

public sealed class X963KdfTests
{
    [Theory]
    [InlineData("one block, cut", DigestAlgorithm.Sha256, 16)]
    [InlineData("one whole block", DigestAlgorithm.Sha256, 32)]
    [InlineData("three blocks, cut", DigestAlgorithm.Sha256, 70)]
    [InlineData("SHA-384", DigestAlgorithm.Sha384, 32)]
    [InlineData("SHA-512 in two blocks", DigestAlgorithm.Sha512, 65)]
    public void Derive_Equals_BouncyCastleKdf2(string description, DigestAlgorithm algorithm, int length)
    {
        Assert.NotEmpty(description);
        using var z = SecretOf("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        byte[] sharedInfo = [0x30, 0x03, 0x02, 0x01, 0x05];
        IDigest digest = algorithm switch
        {
            DigestAlgorithm.Sha256 => new Sha256Digest(),
            DigestAlgorithm.Sha384 => new Sha384Digest(),
            _ => new Sha512Digest(),
        };
        var oracle = new Kdf2BytesGenerator(digest);
        oracle.Init(new KdfParameters(z.Span.ToArray(), sharedInfo));
        var expected = new byte[length];
        oracle.GenerateBytes(expected, 0, length);

        using var derived = X963Kdf.Derive(algorithm, z, sharedInfo, length);
        Assert.Equal(expected, derived.Span.ToArray());
    }

    [Fact]
    public void Derive_Rejects_NonPositiveLength()
    {
        using var z = new Secret(32);
        Assert.Throws<ArgumentOutOfRangeException>(() => X963Kdf.Derive(DigestAlgorithm.Sha256, z, [], 0));
    }
}
