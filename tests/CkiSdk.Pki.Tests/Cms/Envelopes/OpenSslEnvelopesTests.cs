using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Tests.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Cms.Envelopes;

/// <summary>Shows that OpenSSL opens what we encrypt, and we what OpenSSL encrypts.</summary>
public sealed class OpenSslEnvelopesTests : IDisposable
{
    private static readonly byte[] Short = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private static readonly byte[] Long = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("rsa", ContentEncryption.Aes256Gcm, false, false)]
    [InlineData("rsa", ContentEncryption.Aes128Gcm, true, true)]
    [InlineData("rsa", ContentEncryption.Aes256Cbc, true, false)]
    [InlineData("P-256", ContentEncryption.Aes256Gcm, true, true)]
    [InlineData("P-384", ContentEncryption.Aes192Cbc, false, false)]
    [InlineData("P-521", ContentEncryption.Aes256Gcm, false, false)]
    [InlineData("dh", ContentEncryption.Aes256Gcm, true, false)]
    [InlineData("dh", ContentEncryption.Aes128Cbc, false, true)]
    public async Task OpenSsl_Opens_OurMessage(string kind, ContentEncryption algorithm, bool isLong, bool useKeyIdentifier)
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, kind);
        var content = isLong ? Long : Short;
        var message = await TestParty.Encrypt(content, new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(party.Certificate, useKeyIdentifier)], Algorithm = algorithm });
        var result = ExternalProgram.Run("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-recip", CertificateOf(party), "-inkey", _folder.WriteText("key.pem", party.KeyPem)], message);
        Assert.True(result.ExitCode == 0, $"{kind}: {result.Error}");
        Assert.Equal(content, result.Output);
    }

    [Theory]
    [InlineData("rsa", "-aes-256-gcm -stream")]
    [InlineData("rsa", "-aes-128-cbc")]
    [InlineData("rsa", "-aes-256-cbc -stream", "-keyid")]
    [InlineData("rsa", "-des3")]
    [InlineData("rsa", "-aes-256-gcm", "-keyopt rsa_padding_mode:oaep")]
    [InlineData("rsa", "-aes-192-cbc", "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256")]
    [InlineData("rsa", "-aes-192-gcm -stream", "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha512 -keyopt rsa_mgf1_md:sha256")]
    [InlineData("P-256", "-aes-128-gcm -stream")]
    [InlineData("P-256", "-aes-256-cbc", "-keyid -keyopt ecdh_kdf_md:sha256")]
    [InlineData("P-384", "-aes-192-cbc", "-keyopt ecdh_kdf_md:sha384")]
    [InlineData("P-521", "-aes-256-gcm", "-keyopt ecdh_kdf_md:sha512")]
    [InlineData("P-256", "-aes-256-gcm", "-keyopt ecdh_cofactor_mode:1")]
    [InlineData("P-384", "-aes-128-cbc", "-keyopt ecdh_cofactor_mode:1 -keyopt ecdh_kdf_md:sha384")]
    [InlineData("dh", "-aes-256-gcm -stream")]
    [InlineData("dh", "-aes-128-cbc")]
    public async Task OpenSslsMessage_Opens(string kind, string options, string recipientOptions = "")
    {
        using var authority = await TestAuthority.Create();
        using var party = await TestParty.Create(authority, kind);
        var content = options.Contains("-stream", StringComparison.Ordinal) ? Long : Short;
        var message = Encrypt($"{options} -recip {CertificateOf(party)} {recipientOptions}", content);
        var (envelope, opened) = await TestParty.Open(message, party.Key);
        Assert.True(envelope.IsAddressed);
        Assert.Equal(content, opened);
    }

    // RSA with both paddings, a curve, Diffie-Hellman and a password in one message: each opens it, and so does each one's own message to all.
    [Fact]
    public async Task SeveralRecipients_WorkBothWays()
    {
        using var authority = await TestAuthority.Create();
        TestParty[] parties = [await TestParty.Create(authority, "rsa"), await TestParty.Create(authority, "rsa"), await TestParty.Create(authority, "P-521"), await TestParty.Create(authority, "dh")];
        using var password = Secret.From("open sesame"u8);
        EnvelopeRecipient[] recipients = [new RsaRecipient(parties[0].Certificate, RsaEncryptionScheme.Pkcs1), .. parties.Skip(1).Select(party => EnvelopeRecipient.For(party.Certificate)), new PasswordRecipient(password, 1000)];
        var ours = await TestParty.Encrypt(Long, new EnvelopeOptions { Recipients = recipients });
        string[] files = [.. parties.Select((party, i) => _folder.WriteText($"{i}.pem", party.Certificate.ToPem()))];
        var theirs = Encrypt($"-aes-128-cbc {string.Join(' ', files.Select(file => $"-recip {file}"))} -pwri_password sesame", Short);
        foreach (var (i, party) in parties.Index())
        {
            Assert.Equal(Long, ExternalProgram.RunOk("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-recip", files[i], "-inkey", _folder.WriteText("key.pem", party.KeyPem)], ours).Output);
            Assert.Equal(Short, (await TestParty.Open(theirs, party.Key)).Content);
            party.Dispose();
        }

        Assert.Equal(Long, ExternalProgram.RunOk("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-pwri_password", "open sesame"], ours).Output);
        using var other = Secret.From("sesame"u8);
        Assert.Equal(Short, (await TestParty.Open(theirs, new PasswordEnvelopeKey(other))).Content);
    }

    [Fact]
    public async Task Passwords_AndSymmetricKeys_WorkBothWays()
    {
        using var password = Secret.From("open sesame"u8);
        using var key = Secret.From(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));
        var message = await TestParty.Encrypt(Short, new EnvelopeOptions { Recipients = [new PasswordRecipient(password, 1000), new WrappingKeyRecipient([0xAB], key)] });
        string[] decrypt = ["cms", "-decrypt", "-binary", "-inform", "DER"];
        Assert.Equal(Short, ExternalProgram.RunOk("openssl", [.. decrypt, "-pwri_password", "open sesame"], message).Output);
        Assert.Equal(Short, ExternalProgram.RunOk("openssl", [.. decrypt, "-secretkey", "000102030405060708090a0b0c0d0e0f", "-secretkeyid", "AB"], message).Output);
        message = ExternalProgram.RunOk(
            "openssl",
            ["cms", "-encrypt", "-binary", "-outform", "DER", "-aes-256-cbc", "-pwri_password", "open sesame", "-secretkey", "000102030405060708090a0b0c0d0e0f", "-secretkeyid", "AB"],
            Short).Output;
        Assert.Equal(Short, (await TestParty.Open(message, new PasswordEnvelopeKey(password))).Content);
        Assert.Equal(Short, (await TestParty.Open(message, new WrappingEnvelopeKey([0xAB], key))).Content);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Encrypt(string options, byte[] content) => ExternalProgram.RunOk(
        "openssl", ["cms", "-encrypt", "-binary", "-outform", "DER", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], content).Output;

    private string CertificateOf(TestParty party) => _folder.WriteText("recipient.pem", party.Certificate.ToPem());
}
