using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows that keys go to .NET and back.</summary>
public sealed class FrameworkKeysTests
{
    private static readonly byte[] Message = "a message"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FrameworkKeys_BecomeOurs()
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsaKey = rsa.ToSigningKey();
        using var ecdsaKey = ecdsa.ToSigningKey();
        using var decryption = rsa.ToDecryptionKey();
        Assert.True(rsa.VerifyData(Message, await rsaKey.SignAsync(SignatureAlgorithm.RsaPssSha384, Message, Cancellation), HashAlgorithmName.SHA384, RSASignaturePadding.Pss));
        Assert.True(ecdsa.VerifyData(Message, await ecdsaKey.SignAsync(Message, Cancellation), HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence));
        using var plaintext = await decryption.DecryptAsync(rsa.Encrypt(Message, RSAEncryptionPadding.OaepSHA256), Cancellation);
        Assert.Equal(Message, plaintext!.Span.ToArray());
        using var weak = RSA.Create(1024);
        Assert.Equal(CryptoError.WeakKey, Assert.Throws<CryptoProviderException>(() => weak.ToSigningKey()).Code);
        using var bound = new KeyAsRsa(rsaKey);
        Assert.Equal(CryptoError.UnsupportedKey, Assert.Throws<CryptoProviderException>(() => bound.ToSigningKey()).Code);
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384)]
    [InlineData(KeyAlgorithm.EcP521)]
    public async Task OurKeys_SignCertificates_OfTheFramework(KeyAlgorithm algorithm)
    {
        using var key = (IHashSigningKey)await CryptoProviders.Software.Keys.CreateSigningKeyAsync(algorithm, Cancellation);
        using var framework = key.ToFramework();
        var hash = algorithm switch
        {
            KeyAlgorithm.EcP384 => HashAlgorithmName.SHA384,
            KeyAlgorithm.EcP521 => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        var request = framework is RSA rsa
            ? new CertificateRequest("CN=Bridge", rsa, hash, RSASignaturePadding.Pss)
            : new CertificateRequest("CN=Bridge", (ECDsa)framework, hash);
        var generator = framework is RSA signer ? X509SignatureGenerator.CreateForRSA(signer, RSASignaturePadding.Pss) : X509SignatureGenerator.CreateForECDsa((ECDsa)framework);
        using var certificate = request.Create(request.SubjectName, generator, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), [1]);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        using var other = certificate.GetECDsaPublicKey();
        if (other is not null)
            Assert.True(other.VerifyData(Message, ((ECDsa)framework).SignData(Message, hash), hash));
    }

    [Fact]
    public async Task KeyAsRsa_Decrypts_AndKeepsItsNumbers()
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048);
        using var signing = (IHashSigningKey)await CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8, Cancellation);
        using var decryption = await CryptoProviders.Software.Keys.ImportDecryptionKeyAsync(pkcs8, Cancellation);
        using var rsa = new KeyAsRsa(signing, decryption);
        foreach (var padding in new[] { RSAEncryptionPadding.OaepSHA1, RSAEncryptionPadding.OaepSHA256, RSAEncryptionPadding.OaepSHA512, RSAEncryptionPadding.Pkcs1 })
            Assert.Equal(Message, rsa.Decrypt(rsa.Encrypt(Message, padding), padding));
        Assert.True(rsa.VerifyData(Message, rsa.SignData(Message, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1));
        Assert.Throws<CryptographicException>(() => rsa.ExportParameters(includePrivateParameters: true));
        Assert.Throws<CryptographicException>(() => rsa.SignData(Message, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        Assert.Throws<CryptographicException>(() => rsa.Decrypt(new byte[256], RSAEncryptionPadding.OaepSHA256));
        using var other = await CryptoProviders.Software.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, Cancellation);
        Assert.Throws<ArgumentException>(() => new KeyAsRsa(signing, other));
        Assert.Throws<ArgumentException>(() => new KeyAsRsa(null));
    }
}
