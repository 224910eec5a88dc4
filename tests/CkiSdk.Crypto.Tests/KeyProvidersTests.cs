using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests;

/// <summary>Shows that a program registers providers of keys at run time, and that a location finds them.</summary>
public sealed class KeyProvidersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenSigningKeyAsync_Asks_TheProviderOfThePlace()
    {
        var providers = KeyProviders.None.With("vault", new Vault());
        Assert.Equal(["vault"], providers.Places);
        Assert.Empty(KeyProviders.None.Places);
        using var key = await providers.OpenSigningKeyAsync(new KeyLocation("vault", "one"), Cancellation);
        Assert.NotEmpty(await key.SignAsync("message"u8.ToArray(), Cancellation));
        using var decryption = await providers.OpenDecryptionKeyAsync(new KeyLocation("vault", "one"), Cancellation);
        var missing = await Assert.ThrowsAsync<CryptoProviderException>(async () => await providers.OpenSigningKeyAsync(new KeyLocation("vault", "two"), Cancellation));
        Assert.Contains("vault:two", missing.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await providers.OpenKeyAgreementKeyAsync(new KeyLocation("vault", "one"), Cancellation));
        var unknown = await Assert.ThrowsAsync<CryptoProviderException>(async () => await providers.OpenSigningKeyAsync(new KeyLocation("cellar"), Cancellation));
        Assert.Contains("cellar", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("software", "software", null)]
    [InlineData("token:box/key one", "token", "box/key one")]
    [InlineData("a-1:", "a-1", "")]
    public void Locations_AreReadAndWritten(string text, string place, string? name)
    {
        Assert.True(KeyLocation.TryParse(text, out var location));
        Assert.Equal(new KeyLocation(place, name), location);
        Assert.Equal(text, location.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":name")]
    [InlineData("a b:name")]
    public void Locations_OfAnotherForm_AreNotRead(string text) => Assert.False(KeyLocation.TryParse(text, out _));

    private sealed class Vault : IKeyProvider
    {
        public async ValueTask<ISigningKey?> OpenSigningKeyAsync(string name, CancellationToken cancellationToken = default) =>
            name == "one" ? await CryptoProviders.Software.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken) : null;

        public async ValueTask<IDecryptionKey?> OpenDecryptionKeyAsync(string name, CancellationToken cancellationToken = default) =>
            await CryptoProviders.Software.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, cancellationToken);

        public ValueTask<IKeyAgreementKey?> OpenKeyAgreementKeyAsync(string name, CancellationToken cancellationToken = default) => ValueTask.FromResult<IKeyAgreementKey?>(null);
    }
}
