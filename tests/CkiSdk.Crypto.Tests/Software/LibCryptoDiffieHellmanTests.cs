using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests.Software;

public sealed class LibCryptoDiffieHellmanTests() : DiffieHellmanContract(new LibCryptoDiffieHellman())
{
    [Fact]
    public void Software_Takes_LibCryptoWhereItIsPresent()
    {
        Assert.True(LibCryptoDiffieHellman.IsAvailable);
        Assert.IsType<LibCryptoDiffieHellman>(CryptoProviders.Software.DiffieHellman);
        Assert.True(CryptoProviders.Software.DiffieHellman.IsConstantTime);
    }
}
