using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests.Software;

public sealed class BouncyCastleDiffieHellmanTests() : DiffieHellmanContract(new BouncyCastleDiffieHellman())
{
    [Fact]
    public void IsConstantTime_IsNotClaimed() => Assert.False(new BouncyCastleDiffieHellman().IsConstantTime);
}
