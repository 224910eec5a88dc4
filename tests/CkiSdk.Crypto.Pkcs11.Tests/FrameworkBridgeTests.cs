using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Shows that a key in a token is an <see cref="RSA"/> or <see cref="ECDsa"/> of .NET, and that keys of .NET go into a token.</summary>
public sealed class FrameworkBridgeTests(TokenFixture fixture) : IClassFixture<TokenFixture>
{
    private static readonly byte[] Message = "a message"u8.ToArray();

    private readonly Pkcs11KeyFactory _keys = fixture.Token.Keys;

    [Fact]
    public async Task TokenKeys_AreRsa_OfTheFramework()
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048);
        using var signing = (IHashSigningKey)await _keys.ImportSigningKeyAsync(pkcs8);
        using var decryption = await _keys.ImportDecryptionKeyAsync(pkcs8);
        using var rsa = new KeyAsRsa(signing, decryption);
        using var peer = RSA.Create();
        peer.ImportSubjectPublicKeyInfo(signing.SubjectPublicKeyInfo.Span, out _);
        foreach (var padding in new[] { RSASignaturePadding.Pss, RSASignaturePadding.Pkcs1 })
        {
            foreach (var hash in new[] { HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512 })
                Assert.True(peer.VerifyData(Message, rsa.SignData(Message, hash, padding), hash, padding), $"{padding} {hash}");
        }

        foreach (var padding in new[] { RSAEncryptionPadding.OaepSHA1, RSAEncryptionPadding.OaepSHA256, RSAEncryptionPadding.OaepSHA384, RSAEncryptionPadding.Pkcs1 })
            Assert.Equal(Message, rsa.Decrypt(peer.Encrypt(Message, padding), padding));
        Assert.Equal(2048, rsa.KeySize);
        Assert.Throws<CryptographicException>(() => rsa.ExportParameters(includePrivateParameters: true));
        Assert.Throws<CryptographicException>(() => rsa.ExportPkcs8PrivateKey());
        RequireCertificate(rsa, X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pss), new CertificateRequest("CN=Token", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcP256, "SHA256")]
    [InlineData(KeyAlgorithm.EcP384, "SHA384")]
    [InlineData(KeyAlgorithm.EcP521, "SHA512")]
    public async Task TokenKeys_AreECDsa_OfTheFramework(KeyAlgorithm algorithm, string name)
    {
        using var key = (IHashSigningKey)await _keys.CreateSigningKeyAsync(algorithm);
        using var ecdsa = (ECDsa)key.ToFramework();
        using var peer = ECDsa.Create();
        peer.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        var hash = new HashAlgorithmName(name);
        foreach (var format in new[] { DSASignatureFormat.IeeeP1363FixedFieldConcatenation, DSASignatureFormat.Rfc3279DerSequence })
            Assert.True(peer.VerifyData(Message, ecdsa.SignData(Message, hash, format), hash, format));
        Assert.Throws<CryptographicException>(() => ecdsa.ExportParameters(includePrivateParameters: true));
        RequireCertificate(ecdsa, X509SignatureGenerator.CreateForECDsa(ecdsa), new CertificateRequest("CN=Token", ecdsa, hash));
    }

    [Fact]
    public async Task FrameworkKeys_GoIntoTheToken()
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsaPkcs8 = ((IExportableKey)rsa.ToSigningKey()).ExportPkcs8();
        using var ecPkcs8 = ((IExportableKey)ecdsa.ToSigningKey()).ExportPkcs8();
        using var rsaKey = await _keys.ImportSigningKeyAsync(rsaPkcs8);
        using var ecKey = await _keys.ImportSigningKeyAsync(ecPkcs8);
        Assert.True(rsa.VerifyData(Message, await rsaKey.SignAsync(SignatureAlgorithm.RsaPssSha256, Message), HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        Assert.True(ecdsa.VerifyData(Message, await ecKey.SignAsync(Message), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        using var bridge = (RSA)((IHashSigningKey)rsaKey).ToFramework();
        Assert.Equal(CryptoError.UnsupportedKey, Assert.Throws<CryptoProviderException>(() => bridge.ToSigningKey()).Code); // it does not come out again
    }

    // The framework makes a certificate with the key, and its chain believes the signature.
    private static void RequireCertificate(AsymmetricAlgorithm key, X509SignatureGenerator generator, CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(request.SubjectName, generator, now.AddMinutes(-1), now.AddDays(1), [1]);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        Assert.True(chain.Build(certificate), string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }
}
