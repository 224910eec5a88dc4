using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

namespace CkiSdk.Crypto.Pkcs11.Tests;

public sealed class ModuleTests
{
    [Fact]
    public void Load_Refuses_WhatIsNoModule()
    {
        using var folder = new TemporaryFolder();
        var text = folder.WriteText("text.so", "no library");
        var libc = Directory.EnumerateFiles("/usr/lib", "libdl.so.2", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).First();
        foreach (var path in new[] { folder.PathOf("absent.so"), text, libc })
        {
            var exception = Assert.Throws<CryptoProviderException>(() => Pkcs11Module.Load(path, CryptoProviders.Software));
            Assert.Equal(CryptoError.DeviceUnavailable, exception.Code);
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ListSlots_Tells_IdLabelAndFlags()
    {
        SoftHsm.CreateToken("listed");
        using var module = SoftHsm.Load();
        var slots = module.ListSlots();
        var listed = Assert.Single(slots, slot => slot.Label == "listed");
        Assert.True(listed.Flags.HasFlag(
            Pkcs11SlotFlags.TokenPresent | Pkcs11SlotFlags.TokenInitialized | Pkcs11SlotFlags.LoginRequired | Pkcs11SlotFlags.UserPinInitialized));
        Assert.False(listed.Flags.HasFlag(Pkcs11SlotFlags.UserPinLocked));
        Assert.NotEqual("", listed.Serial);
        Assert.Contains("SoftHSM", listed.Model + listed.Manufacturer, StringComparison.Ordinal);
        var empty = Assert.Single(slots, slot => !slot.Flags.HasFlag(Pkcs11SlotFlags.TokenInitialized)); // SoftHSM keeps one
        Assert.NotEqual(listed.Id, empty.Id);
    }

    [Fact]
    public async Task Dispose_Unloads_AndTheHandleIsNoLongerUsed()
    {
        SoftHsm.CreateToken("unloaded");
        var module = SoftHsm.Load();
        var token = await SoftHsm.OpenAsync(module, "unloaded");
        module.Dispose();
        Assert.Throws<ObjectDisposedException>(() => module.ListSlots());
        Assert.Throws<ObjectDisposedException>(() => module.OpenToken("unloaded"));
        Assert.NotEmpty((await token.DescribeAsync()).Serial); // a token that is open keeps the library
        token.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _ = token.ListKeysAsync(); });
        using var again = SoftHsm.Load();
        Assert.NotEmpty(again.ListSlots());
    }

    [Fact]
    public async Task Keys_OutliveTheTokenObject_UntilTheyAreDisposed()
    {
        SoftHsm.CreateToken("outlived");
        ISigningKey key;
        using (var module = SoftHsm.Load())
        using (var token = await SoftHsm.OpenAsync(module, "outlived"))
            key = await token.PersistentKeys("k").CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        Assert.NotEmpty(await key.SignAsync(new byte[1]));
        key.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await key.SignAsync(new byte[1]));
    }

    [Fact]
    public async Task OpenToken_Refuses_ALabelOfTwoTokensAndOfNone()
    {
        SoftHsm.CreateToken("twice");
        SoftHsm.CreateToken("twice");
        using var module = SoftHsm.Load();
        using var twice = module.OpenToken("twice");
        var exception = await Assert.ThrowsAsync<CryptoProviderException>(() => twice.DescribeAsync());
        Assert.Contains("serial", exception.Message, StringComparison.Ordinal);
        var serial = module.ListSlots().First(slot => slot.Label == "twice").Serial;
        using var one = module.OpenToken(new Pkcs11Uri { Token = "twice", Serial = serial });
        Assert.Equal(serial, (await one.DescribeAsync()).Serial);

        using var none = module.OpenToken("nobody");
        Assert.Equal(CryptoError.DeviceUnavailable, (await Assert.ThrowsAsync<CryptoProviderException>(() => none.DescribeAsync())).Code);
        Assert.Throws<ArgumentException>(() => module.OpenToken(new Pkcs11Uri { Object = "key" }));
    }
}
