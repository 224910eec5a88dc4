namespace CkiSdk.Crypto.Pkcs11.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task Login_IsFalse_ForAWrongPinWhichIsNeverAskedAgain()
    {
        SoftHsm.CreateToken("pin");
        using var module = SoftHsm.Load();
        using var token = module.OpenToken("pin");
        using var wrong = SoftHsm.PinSecret("9876");
        Assert.False(await token.LoginAsync(wrong));
        Assert.False(token.IsLoggedIn);
        Assert.True((await token.DescribeAsync()).Flags.HasFlag(Pkcs11SlotFlags.UserPinCountLow)); // the token counted it

        // Somebody logs in elsewhere, which resets the token's count; the wrong PIN again does not touch it.
        SoftHsm.Tool("pin", "--list-objects");
        Assert.False((await token.DescribeAsync()).Flags.HasFlag(Pkcs11SlotFlags.UserPinCountLow));
        for (var i = 0; i < 20; i++)
            Assert.False(await token.LoginAsync(wrong));
        using var other = module.OpenToken("pin");
        Assert.False(await other.LoginAsync(wrong));
        Assert.False((await token.DescribeAsync()).Flags.HasFlag(Pkcs11SlotFlags.UserPinCountLow));

        using var right = SoftHsm.PinSecret();
        Assert.True(await token.LoginAsync(right));
        Assert.True(token.IsLoggedIn);
        Assert.Equal("1234"u8.ToArray(), right.Span.ToArray()); // it stays the caller's
    }

    [Fact]
    public async Task Login_IsFalse_ForAnotherPinWhileSomebodyIsLoggedIn()
    {
        SoftHsm.CreateToken("second");
        using var module = SoftHsm.Load();
        using var first = await SoftHsm.OpenAsync(module, "second");
        using var second = module.OpenToken("second");
        using var wrong = SoftHsm.PinSecret("4321");
        Assert.False(await second.LoginAsync(wrong));
        using var right = SoftHsm.PinSecret();
        Assert.True(await second.LoginAsync(right));
    }

    [Fact]
    public async Task Logout_Ends_TheUseOfKeys()
    {
        SoftHsm.CreateToken("logout");
        using var module = SoftHsm.Load();
        using var token = await SoftHsm.OpenAsync(module, "logout");
        using var key = await token.PersistentKeys("k").CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        Assert.Single(await token.ListKeysAsync());
        Assert.True(await token.LogoutAsync());
        Assert.False(await token.LogoutAsync());
        var signing = await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.SignAsync(key.Algorithms[0], new byte[3]));
        Assert.Equal(CryptoError.LoginRequired, signing.Code);
        Assert.Empty(await token.ListKeysAsync());
        var exception = await Assert.ThrowsAsync<CryptoProviderException>(() => token.OpenSigningKeyAsync(new Pkcs11Uri { Object = "k" }));
        Assert.Equal(CryptoError.LoginRequired, exception.Code);
        var creating = await Assert.ThrowsAsync<CryptoProviderException>(async () => await token.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256));
        Assert.Equal(CryptoError.LoginRequired, creating.Code);

        using var pin = SoftHsm.PinSecret();
        Assert.True(await token.LoginAsync(pin));
        Assert.NotEmpty(await key.SignAsync(key.Algorithms[0], new byte[3]));
    }

    [Fact]
    public async Task Operations_StopWaiting_WhenCancelled()
    {
        SoftHsm.CreateToken("cancel");
        using var module = SoftHsm.Load();
        using var token = module.OpenToken(new Pkcs11Uri { Token = "cancel" }, new Pkcs11TokenOptions { MaxSessions = 1 });
        using var pin = SoftHsm.PinSecret();
        Assert.True(await token.LoginAsync(pin));
        using var cancellation = new CancellationTokenSource();
        var slow = token.Keys.CreateSigningKeyAsync(KeyAlgorithm.Rsa4096).AsTask(); // holds the only place
        var waiting = token.Keys.CreateSecretKeyAsync(cancellation.Token).AsTask();
        var running = token.ListKeysAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        using var key = await slow;
        Assert.NotEmpty(await key.SignAsync(SignatureAlgorithm.RsaPssSha256, new byte[1]));
    }
}
