using System.Security.Cryptography;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows that ECDSA by libcrypto and by the framework understand each other, and which public keys are refused.</summary>
public sealed class LibCryptoEcdsaTests
{
    private static readonly byte[] Message = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    public static TheoryData<string, SignatureAlgorithm[]> Curves => new()
    {
        { "nistP256", [SignatureAlgorithm.EcdsaSha256, SignatureAlgorithm.EcdsaSha384, SignatureAlgorithm.EcdsaSha512] },
        { "nistP384", [SignatureAlgorithm.EcdsaSha384, SignatureAlgorithm.EcdsaSha512] },
        { "nistP521", [SignatureAlgorithm.EcdsaSha512] },
    };

    [Theory]
    [MemberData(nameof(Curves))]
    public async Task Signatures_AreVerified_ByTheFramework_AndTheOtherWay(string curve, SignatureAlgorithm[] algorithms)
    {
        using var framework = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using var signer = framework.ToSigningKey();
        using var verifier = CryptoProviders.Software.PublicKeys.ImportVerificationKey(signer.SubjectPublicKeyInfo.Span);
        foreach (var algorithm in algorithms)
        {
            var hash = SignatureAlgorithms.HashOf(algorithm).FrameworkName();
            var ours = await signer.SignAsync(algorithm, Message, TestContext.Current.CancellationToken);
            Assert.True(framework.VerifyData(Message, ours, hash, DSASignatureFormat.Rfc3279DerSequence));
            Assert.True(verifier.Verify(algorithm, Message, ours));
            Assert.True(verifier.Verify(algorithm, Message, framework.SignData(Message, hash, DSASignatureFormat.Rfc3279DerSequence)));
            Assert.False(verifier.Verify(algorithm, Message.AsSpan(1), ours));
            ours[^1] ^= 1;
            Assert.False(verifier.Verify(algorithm, Message, ours));
        }
    }

    [Fact]
    public async Task OneKey_IsUsed_ByManyThreads()
    {
        using var signer = await CryptoProviders.Software.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, TestContext.Current.CancellationToken);
        using var verifier = CryptoProviders.Software.PublicKeys.ImportVerificationKey(signer.SubjectPublicKeyInfo.Span);
        await Parallel.ForAsync(0, 400, TestContext.Current.CancellationToken, async (i, cancel) =>
        {
            var message = BitConverter.GetBytes(i);
            var signature = await signer.SignAsync(SignatureAlgorithm.EcdsaSha256, message, cancel);
            Assert.True(verifier.Verify(SignatureAlgorithm.EcdsaSha256, message, signature));
            Assert.False(verifier.Verify(SignatureAlgorithm.EcdsaSha256, Message, signature));
        });
    }

    [Fact]
    public async Task DisposedKey_Signs_NoMore()
    {
        var signer = await CryptoProviders.Software.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, TestContext.Current.CancellationToken);
        signer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await signer.SignAsync(SignatureAlgorithm.EcdsaSha256, Message, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("compressed")]
    [InlineData("hybrid")]
    [InlineData("infinity")]
    [InlineData("off the curve")]
    [InlineData("coordinate not below p")]
    [InlineData("too long")]
    [InlineData("unused bits")]
    public void Import_Refuses_OtherPoints(string description)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = key.ExportSubjectPublicKeyInfo();
        byte[] head = der[..26], point = der[26..]; // SEQUENCE, algorithm, BIT STRING with its count of unused bits
        byte[] changed = description switch
        {
            "compressed" => [(byte)(2 + (point[^1] & 1)), .. point[1..33]],
            "hybrid" => [(byte)(6 + (point[^1] & 1)), .. point[1..]],
            "infinity" => [0],
            "off the curve" => [.. point[..^1], (byte)(point[^1] ^ 1)],
            "coordinate not below p" => [4, .. Enumerable.Repeat((byte)0xFF, 32), .. point[33..]],
            "too long" => [.. point, 0],
            _ => point,
        };
        head[1] = (byte)(24 + changed.Length);
        head[24] = (byte)(1 + changed.Length);
        head[25] = description == "unused bits" ? (byte)1 : (byte)0;
        Assert.False(CryptoProviders.Software.PublicKeys.TryImportVerificationKey([.. head, .. changed], out _, out var error));
        Assert.Equal(CryptoError.InvalidKey, error);
    }
}
