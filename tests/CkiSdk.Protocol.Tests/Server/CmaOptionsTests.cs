using CkiSdk.Crypto;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows which configurations a CMA refuses to begin with.</summary>
public sealed class CmaOptionsTests
{
    [Fact]
    public async Task Cma_Refuses_AKeyThatIsNotThatOfTheCertificate()
    {
        var other = await TestDomain.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        await Assert.ThrowsAsync<ArgumentException>("options", () => TestDomain.Create(options => options with { SigningKey = other }));
    }

    [Fact]
    public async Task Cma_Refuses_AnAlgorithmThatTheKeyCannotDo() => await Assert.ThrowsAsync<ArgumentException>(
        "options", () => TestDomain.Create(options => options with { SignatureAlgorithm = SignatureAlgorithm.RsaPssSha256 }));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public async Task Cma_Refuses_AStorageKeyOfAnotherLength(int length) =>
        await Assert.ThrowsAsync<ArgumentException>("options", () => TestDomain.Create(options => options with { StorageKey = new Secret(length) }));

    [Fact]
    public async Task Cma_Refuses_DiffieHellmanThatIsNotConstantTime()
    {
        using var domain = await TestDomain.Create();
        var provider = TestDomain.Provider with { DiffieHellman = new Crypto.Software.BouncyCastleDiffieHellman() };
        Assert.Throws<ArgumentException>("provider", () => new Cma(domain.Options, new InMemoryCmaStore(), provider, domain.Time));
    }

    [Fact]
    public async Task ToString_Tells_NoSecret()
    {
        using var domain = await TestDomain.Create();
        var text = domain.Options.ToString();
        Assert.Contains("StorageKey = Secret(32)", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(domain.Options.StorageKey.Span), text, StringComparison.OrdinalIgnoreCase);
    }
}
