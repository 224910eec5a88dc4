using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Takes the token away under a service and gives it back: what stood on it works again without a restart.</summary>
public sealed class ReturningTokenTests : IDisposable
{
    private static readonly byte[] Message = "message"u8.ToArray();

    private static readonly List<IPkcs11Library> Others = [];

    private readonly string _label = $"back-{Guid.NewGuid():N}"[..16];
    private readonly string _folder;
    private readonly Pkcs11Module _module;
    private readonly Pkcs11Token _token;
    private readonly ISigningKey _key;

    public ReturningTokenTests()
    {
        _folder = SoftHsm.CreateToken(_label);
        _module = SoftHsm.Load();
        _token = SoftHsm.OpenAsync(_module, _label).GetAwaiter().GetResult();
        _key = _token.PersistentKeys("service").CreateSigningKeyAsync(KeyAlgorithm.EcP256).AsTask().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _key.Dispose();
        _token.Dispose();
        _module.Dispose();
    }

    [Fact]
    public async Task Keys_Work_AfterAllSessionsWereClosed()
    {
        await RequireSignatureAsync();
        for (var i = 0; i < 3; i++)
        {
            WithLibrary(library => SlotOf(library).CloseAllSessions()); // every handle of ours is invalid now, and the login is gone
            await RequireSignatureAsync();
        }
    }

    [Fact]
    public async Task Keys_Work_AfterSomebodyLoggedOut()
    {
        WithLibrary(library =>
        {
            using var session = SlotOf(library).OpenSession(SessionType.ReadOnly);
            session.Logout();
        });
        await RequireSignatureAsync();
    }

    [Fact]
    public async Task Keys_Work_AfterTheModuleWasFinalised()
    {
        await RequireSignatureAsync();
        Finalise();
        await RequireSignatureAsync();
        Finalise();
        Assert.Single(await _token.ListKeysAsync());
    }

    [Fact]
    public async Task Keys_Fail_WhileTheTokenIsAway_AndWorkWhenItIsBack()
    {
        await RequireSignatureAsync();
        var away = _folder + ".away";
        var outside = Path.Combine(Path.GetDirectoryName(SoftHsm.Tokens)!, Path.GetFileName(away));
        Directory.Move(_folder, outside);
        Finalise();
        for (var i = 0; i < 3; i++)
        {
            var exception = await Assert.ThrowsAsync<CryptoProviderException>(async () => await _key.SignAsync(_key.Algorithms[0], Message));
            Assert.Equal(CryptoError.DeviceUnavailable, exception.Code);
            Assert.Contains(_label, exception.Message, StringComparison.Ordinal);
        }

        Directory.Move(outside, _folder);
        await RequireSignatureAsync();
        Assert.True(_token.IsLoggedIn);
    }

    [Fact]
    public async Task Writing_Fails_WhenTheTokenIsTakenOutUnnoticed_AndWorksWhenItIsBack()
    {
        // SoftHSM says CKR_GENERAL_ERROR then, which may mean anything: the token itself is asked whether it is still there.
        var outside = Path.Combine(Path.GetDirectoryName(SoftHsm.Tokens)!, Path.GetFileName(_folder));
        Directory.Move(_folder, outside);
        var exception = await Assert.ThrowsAsync<CryptoProviderException>(async () => await _token.PersistentKeys("second").CreateSigningKeyAsync(KeyAlgorithm.EcP256));
        Assert.Equal(CryptoError.DeviceUnavailable, exception.Code);
        Directory.Move(outside, _folder);
        using var key = await _token.PersistentKeys("second").CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        await RequireSignatureAsync();
    }

    [Fact]
    public async Task Keys_Work_InAnotherSlot()
    {
        var before = (await _token.DescribeAsync()).Id;
        using var pkcs8 = await ReplaceTokenAsync();
        Finalise();
        var signature = await _key.SignAsync(_key.Algorithms[0], Message);
        Assert.NotEqual(before, (await _token.DescribeAsync()).Id);

        // It is the other token's key by the same names, as when a token is restored from its backup: the signature is of that key.
        using var software = await CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8);
        Assert.True(CryptoProviders.Software.PublicKeys.Verify(software.SubjectPublicKeyInfo.Span, _key.Algorithms[0], Message, signature));
    }

    [Fact]
    public async Task SessionKeys_SayThatTheyAreGone()
    {
        using var key = await _token.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        Assert.NotEmpty(await key.SignAsync(key.Algorithms[0], Message));
        Assert.Null(key.Location.Name);
        Finalise();
        var exception = await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.SignAsync(key.Algorithms[0], Message));
        Assert.Equal(CryptoError.KeyNotFound, exception.Code);
        using var next = await _token.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        Assert.NotEmpty(await next.SignAsync(next.Algorithms[0], Message));
    }

    [Fact]
    public async Task Login_IsNotTriedAgain_WhenTheTokenComesBackWithAnotherPin()
    {
        await RequireSignatureAsync();
        ExternalProgram.RunOk("pkcs11-tool", ["--module", SoftHsm.Path, "--token-label", _label, "--login", "--pin", SoftHsm.Pin, "--change-pin", "--new-pin", "5678"]);
        Finalise();
        var exception = await Assert.ThrowsAsync<CryptoProviderException>(async () => await _key.SignAsync(_key.Algorithms[0], Message));
        Assert.Equal(CryptoError.PinIncorrect, exception.Code);
        Assert.False(_token.IsLoggedIn);

        // The count of the token is reset by a right login elsewhere, and stays so: nothing is tried any more.
        ExternalProgram.RunOk("pkcs11-tool", ["--module", SoftHsm.Path, "--token-label", _label, "--login", "--pin", "5678", "--list-objects"]);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<CryptoProviderException>(async () => await _key.SignAsync(_key.Algorithms[0], Message));
        Assert.False((await _token.DescribeAsync()).Flags.HasFlag(Pkcs11SlotFlags.UserPinCountLow));
        using var changed = SoftHsm.PinSecret("5678");
        Assert.True(await _token.LoginAsync(changed));
        await RequireSignatureAsync();
    }

    [Fact]
    public async Task Keys_Work_OnManyThreadsWhileSessionsAreTakenAway()
    {
        using var stop = new CancellationTokenSource();
        var library = ModuleLibrary.Acquire(SoftHsm.Path);
        var disturbing = Task.Run(async () =>
        {
            for (var i = 0; i < LongRun.Count(10, 200); i++)
            {
                _ = library.TryReinitialize(isDead: true); // no call is in the library at that moment; SoftHSM does not survive that
                await Task.Delay(20);
            }

            await stop.CancelAsync();
        });
        var signed = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await RequireSignatureAsync();
                    Interlocked.Increment(ref signed);
                }
                catch (CryptoProviderException exception) when (exception.Code is CryptoError.DeviceUnavailable or CryptoError.LoginRequired)
                {
                    // Taken away twice within one operation; the next one finds its way.
                }
            }
        })));
        await disturbing;
        Assert.True(signed > 0);
        await RequireSignatureAsync();
        library.Release();
    }

    private static void WithLibrary(Action<IPkcs11Library> action)
    {
        // Another user of the same library in this process; it is kept, because its end would finalise the library.
        var factories = LibraryLoader.Factories;
        var library = factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, SoftHsm.Path, AppType.MultiThreaded);
        Others.Add(library);
        action(library);
    }

    private static void Finalise() => WithLibrary(library => library.Dispose());

    private ISlot SlotOf(IPkcs11Library library) =>
        library.GetSlotList(SlotsType.WithTokenPresent).Single(slot => slot.GetTokenInfo().Label.Trim() == _label);

    private async Task RequireSignatureAsync()
    {
        var signature = await _key.SignAsync(_key.Algorithms[0], Message);
        Assert.True(CryptoProviders.Software.PublicKeys.Verify(_key.SubjectPublicKeyInfo.Span, _key.Algorithms[0], Message, signature));
    }

    // Deletes the token and makes one of the same label, with a key of the same names.
    private async Task<Secret> ReplaceTokenAsync()
    {
        var entry = Assert.Single(await _token.ListKeysAsync());
        Directory.Delete(_folder, recursive: true);
        SoftHsm.CreateToken(_label);
        var (pkcs8, _) = CkiSdk.Crypto.Tests.Witnesses.OpenSslKey(KeyAlgorithm.EcP256);
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.PathOf("key.der"), pkcs8);
        SoftHsm.Tool(
            _label, "--write-object", folder.PathOf("key.der"), "--type", "privkey", "--label", "service", "--id", Convert.ToHexString(entry.Id.Span), "--usage-sign");
        return Secret.From(pkcs8);
    }
}
