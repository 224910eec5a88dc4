using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Tests.Certificates;

namespace CkiSdk.Pki.Tests.Cms.Signatures;

/// <summary>Holds a certificate that signs, and its key.</summary>
internal sealed class TestSigner(Certificate certificate, ISigningKey key) : IDisposable
{
    public Certificate Certificate => certificate;

    public string KeyPem => new(PrivateKeyPem.Write(key));

    public static async Task<TestSigner> Create(TestAuthority authority, KeyAlgorithm kind)
    {
        var key = await TestAuthority.Provider.Keys.CreateSigningKeyAsync(kind);
        return new TestSigner(await authority.SignAuthentication(key.SubjectPublicKeyInfo, CertificatePurposes.Mail), key);
    }

    public MessageSigner With(SignatureAlgorithm? algorithm = null, bool useKeyIdentifier = false) =>
        new() { Certificate = certificate, Key = key, Algorithm = algorithm, UseKeyIdentifier = useKeyIdentifier };

    public async Task<byte[]> Sign(byte[] content, SignatureAlgorithm? algorithm = null, bool useKeyIdentifier = false, bool isDetached = false)
    {
        var options = new SigningOptions { Signers = [With(algorithm, useKeyIdentifier)], SigningTime = TestAuthority.NotBefore.AddDays(1), IsDetached = isDetached };
        return await Sign(content, options);
    }

    public static async Task<byte[]> Sign(byte[] content, SigningOptions options)
    {
        using var message = new MemoryStream();
        await SignedMessages.SignAsync(new MemoryStream(content), message, options);
        return message.ToArray();
    }

    public static async Task<(SignedMessage Message, byte[] Content)> Verify(byte[] message, byte[]? detached = null, params Certificate[] certificates)
    {
        using var content = new MemoryStream();
        var options = new VerificationOptions { DetachedContent = detached is null ? null : new MemoryStream(detached), Certificates = certificates };
        var result = await SignedMessages.VerifyAsync(new MemoryStream(message), content, TestAuthority.Provider, options);
        return (result, content.ToArray());
    }

    public void Dispose() => key.Dispose();
}
