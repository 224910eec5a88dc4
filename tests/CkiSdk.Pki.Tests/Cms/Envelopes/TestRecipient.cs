using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Tests.Certificates;

namespace CkiSdk.Pki.Tests.Cms.Envelopes;

/// <summary>Holds a certificate that receives keys, and its RSA or elliptic-curve key.</summary>
internal sealed class TestRecipient : IDisposable
{
    private readonly IDisposable _key;

    private TestRecipient(Certificate certificate, IDisposable key) => (Certificate, _key) = (certificate, key);

    public Certificate Certificate { get; }

    public string KeyPem => new(PrivateKeyPem.Write(_key));

    public static async Task<TestRecipient> Create(TestAuthority authority, KeyAlgorithm kind)
    {
        if (kind is KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384)
        {
            var agreement = await TestAuthority.Provider.Keys.CreateKeyAgreementKeyAsync(kind);
            return new TestRecipient(await authority.SignAuthentication(agreement.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt), agreement);
        }

        var decryption = await TestAuthority.Provider.Keys.CreateDecryptionKeyAsync(kind);
        return new TestRecipient(await authority.SignAuthentication(decryption.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt), decryption);
    }

    public async Task<byte[]?> Open(byte[] der, ObjectIdentifier contentType)
    {
        using var content = _key is IDecryptionKey decryption
            ? await AuthEnvelopes.OpenAsync(der, Certificate, decryption, contentType, TestAuthority.Provider)
            : await AuthEnvelopes.OpenAsync(der, Certificate, (IKeyAgreementKey)_key, contentType, TestAuthority.Provider);
        return content?.Span.ToArray();
    }

    public void Dispose() => _key.Dispose();
}
