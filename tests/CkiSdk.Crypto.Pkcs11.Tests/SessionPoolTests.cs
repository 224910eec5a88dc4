using System.Collections.Concurrent;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Shows that sessions are shared: many threads use few of them, with keys of every kind at once.</summary>
public sealed class SessionPoolTests
{
    private const int Threads = 16;
    private const int Sessions = 4;

    private static readonly byte[] Message = "message"u8.ToArray();

    [Fact]
    public async Task SixteenThreads_ShareFourSessions()
    {
        var label = $"pool-{Guid.NewGuid():N}"[..16];
        SoftHsm.CreateToken(label);
        using var module = SoftHsm.Load();
        using var token = module.OpenToken(new Pkcs11Uri { Token = label }, new Pkcs11TokenOptions { MaxSessions = Sessions });
        using var pin = SoftHsm.PinSecret();
        Assert.True(await token.LoginAsync(pin));
        using var signing = await token.PersistentKeys("sign").CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        using var decryption = await token.PersistentKeys("decrypt").CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048);
        using var octets = Secret.Random(32, CryptoProviders.Software.Random);
        using var secret = await token.PersistentKeys("derive").ImportSecretKeyAsync(octets);
        using var expected = Hkdf.Expand(octets, Message, 100);
        using var plaintext = Secret.From(Message);
        var ciphertext = CryptoProviders.Software.PublicKeys.Encrypt(decryption.SubjectPublicKeyInfo.Span, RsaEncryptionScheme.OaepSha256, plaintext);
        await Parallel.ForAsync(0, 20 * Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, async (_, cancellation) =>
        {
            var signature = await signing.SignAsync(Message, cancellation);
            Assert.True(CryptoProviders.Software.PublicKeys.Verify(signing.SubjectPublicKeyInfo.Span, signing.DefaultAlgorithm(), Message, signature));
            using var opened = await decryption.DecryptAsync(ciphertext, cancellation);
            Assert.Equal(Message, opened?.Span.ToArray());
            using var derived = await secret.DeriveAsync(Message, 100, cancellation);
            Assert.True(derived.FixedTimeEquals(expected.Span));
        });
    }

    [Fact]
    public async Task Operations_TakeTheSameSessions_AgainAndAgain()
    {
        var label = $"pool-{Guid.NewGuid():N}"[..16];
        SoftHsm.CreateToken(label);
        using var module = SoftHsm.Load();
        var connection = new TokenConnection(ModuleLibrary.Acquire(SoftHsm.Path), new Pkcs11Uri { Token = label }, new Pkcs11TokenOptions { MaxSessions = Sessions });
        using var pin = SoftHsm.PinSecret();
        Assert.True(await connection.LoginAsync(pin, CancellationToken.None));
        var used = new ConcurrentDictionary<ulong, int>();
        await Parallel.ForAsync(0, 20 * Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, async (_, cancellation) =>
        {
            var session = await connection.RunAsync(
                (_, session) =>
                {
                    session.GenerateRandom(10_000);
                    return session.SessionId;
                },
                cancellation);
            used.AddOrUpdate(session, 1, (_, count) => count + 1);
        });
        connection.Release();
        Assert.InRange(used.Count, 1, Sessions);
        Assert.Equal(20 * Threads, used.Values.Sum());
    }
}
