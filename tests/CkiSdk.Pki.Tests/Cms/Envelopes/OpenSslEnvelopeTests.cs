using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Tests.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Cms.Envelopes;

/// <summary>Shows that OpenSSL opens our envelopes and we open OpenSSL's.</summary>
public sealed class OpenSslEnvelopeTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private readonly TemporaryFolder _folder = new();

    // Plain data, because OpenSSL 3.0 looks for authAttrs under a tag that RFC 5083 does not give them.
    [Theory]
    [InlineData("RSA-OAEP", KeyAlgorithm.Rsa2048)]
    [InlineData("P-256", KeyAlgorithm.EcP256)]
    [InlineData("P-384", KeyAlgorithm.EcP384)]
    public async Task OpenSsl_Opens_OurEnvelope(string description, KeyAlgorithm kind)
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, kind);
        using var content = Secret.From(Content);
        var der = await AuthEnvelopes.SealAsync(
            CryptographicMessageSyntax2004Values.IdData, content, [recipient.Certificate], TestAuthority.Provider, TestContext.Current.CancellationToken);
        var result = ExternalProgram.Run("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", .. Files(recipient)], der);
        Assert.True(result.ExitCode == 0, $"{description}: {result.Error}");
        Assert.Equal(Content, result.Output);
    }

    [Theory]
    [InlineData("RSA-OAEP", KeyAlgorithm.Rsa2048, new[] { "rsa_padding_mode:oaep", "rsa_oaep_md:sha256", "rsa_mgf1_md:sha256" })]
    [InlineData("P-256", KeyAlgorithm.EcP256, new[] { "ecdh_kdf_md:sha256" })]
    [InlineData("P-384", KeyAlgorithm.EcP384, new[] { "ecdh_kdf_md:sha384" })]
    public async Task OpenSslsEnvelope_Opens(string description, KeyAlgorithm kind, string[] options)
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, kind);
        var der = Encrypt(recipient, options);
        Assert.Equal(Content, await recipient.Open(der, CryptographicMessageSyntax2004Values.IdData));
        Assert.True(await recipient.Open(der, CKIProfileValues.IdCkiCtProtectedKey) is null, description);
    }

    [Theory]
    [InlineData("RSA with the padding of PKCS #1 v1.5", KeyAlgorithm.Rsa2048, new string[0])]
    [InlineData("RSA-OAEP with SHA-1", KeyAlgorithm.Rsa2048, new[] { "rsa_padding_mode:oaep" })]
    [InlineData("key derivation with SHA-1", KeyAlgorithm.EcP256, new string[0])]
    [InlineData("key derivation with SHA-384 on P-256", KeyAlgorithm.EcP256, new[] { "ecdh_kdf_md:sha384" })]
    public async Task OpenSslsEnvelope_Refuses_OtherAlgorithms(string description, KeyAlgorithm kind, string[] options)
    {
        using var authority = await TestAuthority.Create();
        using var recipient = await TestRecipient.Create(authority, kind);
        Assert.True(await recipient.Open(Encrypt(recipient, options), CryptographicMessageSyntax2004Values.IdData) is null, description);
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Encrypt(TestRecipient recipient, string[] options) => ExternalProgram.RunOk(
        "openssl",
        ["cms", "-encrypt", "-aes-256-gcm", "-binary", "-noindef", "-outform", "DER", "-recip", Files(recipient)[1], .. options.SelectMany(option => (string[])["-keyopt", option])],
        Content).Output;

    private string[] Files(TestRecipient recipient) =>
        ["-recip", _folder.WriteText("recipient.pem", recipient.Certificate.ToPem()), "-inkey", _folder.WriteText("recipient.key", recipient.KeyPem)];
}
