using CkiSdk.Crypto;
using CkiSdk.Pki.Tests.Certificates;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.X509;

namespace CkiSdk.Pki.Tests.Cms.Signatures;

/// <summary>Shows that BouncyCastle verifies what OpenSSL 3.0 cannot.</summary>
public sealed class BouncyCastleSignedMessagesTests
{
    [Theory]
    [InlineData(KeyAlgorithm.Ed25519, 100)]
    [InlineData(KeyAlgorithm.Ed25519, 100_000)]
    [InlineData(KeyAlgorithm.Rsa2048, 100_000)]
    public async Task BouncyCastle_Verifies_OurMessage(KeyAlgorithm kind, int length)
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, kind);
        var message = new CmsSignedData(await signer.Sign(new byte[length]));
        var signature = Assert.Single(message.GetSignerInfos().GetSigners());
        Assert.True(signature.Verify(new X509Certificate(signer.Certificate.Encoded.ToArray())));
    }
}
