using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests.Software;

public sealed class SoftwareCryptoProviderTests() : CryptoProviderContract(CryptoProviders.Software)
{
    [Fact]
    public void Software_CanBeReplaced_PartByPart()
    {
        var software = CryptoProviders.Software;
        var other = new SoftwareKeyFactory(software.Random, new BouncyCastleDiffieHellman());
        var mixed = software with { Keys = other };
        Assert.Same(other, mixed.Keys);
        Assert.Same(software.PublicKeys, mixed.PublicKeys);
        Assert.NotSame(other, CryptoProviders.Software.Keys);
        Assert.Equal("software", mixed.Name);
    }
}
