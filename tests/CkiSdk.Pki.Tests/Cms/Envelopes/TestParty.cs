using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Tests.Certificates;

namespace CkiSdk.Pki.Tests.Cms.Envelopes;

/// <summary>Holds a certificate that receives encrypted messages, and its RSA, elliptic-curve or Diffie-Hellman key.</summary>
internal sealed class TestParty : IDisposable
{
    private readonly IDisposable _key;

    private TestParty(Certificate certificate, IDisposable key) => (Certificate, _key) = (certificate, key);

    public Certificate Certificate { get; }

    public EnvelopeKey Key => _key switch
    {
        IDecryptionKey rsa => new RsaEnvelopeKey(Certificate, rsa),
        IKeyAgreementKey ec => new EcEnvelopeKey(Certificate, ec),
        _ => new DhEnvelopeKey(Certificate, (IDhKey)_key),
    };

    public string KeyPem => _key is SoftwareDhKey dh ? DhPem(dh) : new(PrivateKeyPem.Write(_key));

    /// <summary>Makes one: rsa, P-256, P-384, P-521 or dh.</summary>
    public static async Task<TestParty> Create(TestAuthority authority, string kind)
    {
        var keys = TestAuthority.Provider.Keys;
        if (kind == "rsa")
        {
            var rsa = await keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048);
            return new TestParty(await authority.SignAuthentication(rsa.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt), rsa);
        }

        if (kind == "dh")
        {
            var dh = await keys.CreateDhKeyAsync(DhGroups.Ffdhe2048);
            var template = CertificateProfiles.Receive(
                TestAuthority.User, DhPublicKeys.Encode(dh.Group, dh.PublicValue.Span), TestAuthority.NotBefore, TestAuthority.NotAfter, TestAuthority.SeedKeyIdentifier());
            return new TestParty(await authority.Sign(template), dh);
        }

        var ec = await keys.CreateKeyAgreementKeyAsync(kind == "P-256" ? KeyAlgorithm.EcP256 : kind == "P-384" ? KeyAlgorithm.EcP384 : KeyAlgorithm.EcP521);
        return new TestParty(await authority.SignAuthentication(ec.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt), ec);
    }

    public static async Task<byte[]> Encrypt(byte[] content, EnvelopeOptions options)
    {
        using var message = new MemoryStream();
        await MessageEnvelopes.EncryptAsync(new MemoryStream(content), message, options, TestAuthority.Provider);
        return message.ToArray();
    }

    public static async Task<(OpenedEnvelope Envelope, byte[]? Content)> Open(byte[] message, EnvelopeKey key, OpeningOptions? options = null)
    {
        await using var staged = new StagedBuffer();
        var opened = await MessageEnvelopes.DecryptAsync(new MemoryStream(message), key, staged, TestAuthority.Provider, options);
        Assert.Equal(opened.IsOpened, staged.Content is not null);
        if (!opened.IsOpened)
            Assert.Equal(0, staged.Stream.Length);
        return (opened, staged.Content);
    }

    public void Dispose() => _key.Dispose();

    private static string DhPem(SoftwareDhKey key)
    {
        using var exponent = key.ExportExponent();
        var info = new PrivateKeyInfo
        {
            Version = PrivateKeyVersion.V1,
            PrivateKeyAlgorithm = DhPublicKeys.IdentifierOf(key.Group),
            PrivateKey = new PrivateKey((OctetString)Der.Encode(new DHPrivateKey(Integer.FromUnsigned(exponent.Span)))),
        };
        return System.Security.Cryptography.PemEncoding.WriteString("PRIVATE KEY", info.Encode());
    }
}
