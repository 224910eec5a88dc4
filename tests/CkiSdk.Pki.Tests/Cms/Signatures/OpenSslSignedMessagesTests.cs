using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Tests.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Cms.Signatures;

/// <summary>Shows that OpenSSL verifies what we sign, and we what OpenSSL signs.</summary>
public sealed class OpenSslSignedMessagesTests : IDisposable
{
    private static readonly byte[] Short = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private static readonly byte[] Long = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("PSS", KeyAlgorithm.Rsa2048, null, false, false)]
    [InlineData("PKCS #1", KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPkcs1Sha512, false, false)]
    [InlineData("PSS, long, by key identifier", KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPssSha384, true, true)]
    [InlineData("P-256, long", KeyAlgorithm.EcP256, null, true, false)]
    [InlineData("P-384, by key identifier", KeyAlgorithm.EcP384, null, false, true)]
    [InlineData("P-521", KeyAlgorithm.EcP521, null, false, false)]
    public async Task OpenSsl_Verifies_OurMessage(string description, KeyAlgorithm kind, SignatureAlgorithm? algorithm, bool isLong, bool useKeyIdentifier)
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, kind);
        var content = isLong ? Long : Short;
        string[] trust = ["-CAfile", _folder.WriteText("ca.pem", authority.Certificate.ToPem()), "-purpose", "any", "-attime", "1800000000"];
        var attached = ExternalProgram.Run("openssl", ["cms", "-verify", "-binary", "-inform", "DER", .. trust], await signer.Sign(content, algorithm, useKeyIdentifier));
        Assert.True(attached.ExitCode == 0, $"{description}: {attached.Error}");
        Assert.Equal(content, attached.Output);
        await File.WriteAllBytesAsync(_folder.PathOf("content"), content, TestContext.Current.CancellationToken);
        var detached = ExternalProgram.Run(
            "openssl",
            ["cms", "-verify", "-binary", "-inform", "DER", "-content", _folder.PathOf("content"), .. trust],
            await signer.Sign(content, algorithm, useKeyIdentifier, isDetached: true));
        Assert.True(detached.ExitCode == 0, $"{description}, detached: {detached.Error}");
    }

    [Theory]
    [InlineData("RSA", KeyAlgorithm.Rsa2048, "-nodetach")]
    [InlineData("RSA, streamed", KeyAlgorithm.Rsa2048, "-nodetach -stream")]
    [InlineData("RSA with SHA-512, by key identifier", KeyAlgorithm.Rsa2048, "-nodetach -keyid -md sha512")]
    [InlineData("PSS with a long salt", KeyAlgorithm.Rsa2048, "-nodetach -keyopt rsa_padding_mode:pss")]
    [InlineData("PSS with the salt of the hash", KeyAlgorithm.Rsa2048, "-nodetach -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1")]
    [InlineData("RSA without attributes, streamed", KeyAlgorithm.Rsa2048, "-nodetach -noattr -stream")]
    [InlineData("P-256", KeyAlgorithm.EcP256, "-nodetach")]
    [InlineData("P-256 with CAdES, streamed", KeyAlgorithm.EcP256, "-nodetach -cades -stream")]
    [InlineData("P-384 with SHA-256", KeyAlgorithm.EcP384, "-nodetach")]
    [InlineData("P-521 with SHA-512", KeyAlgorithm.EcP521, "-nodetach -md sha512")]
    [InlineData("P-256, without attributes", KeyAlgorithm.EcP256, "-nodetach -noattr")]
    [InlineData("P-256, detached", KeyAlgorithm.EcP256, "")]
    public async Task OpenSslsMessage_IsIntact(string description, KeyAlgorithm kind, string options)
    {
        using var authority = await TestAuthority.Create();
        using var signer = await TestSigner.Create(authority, kind);
        var isDetached = options.Length == 0;
        var content = options.Contains("-stream", StringComparison.Ordinal) ? Long : Short;
        var signed = Sign(signer, options, content);
        var (message, read) = await TestSigner.Verify(signed, isDetached ? content : null);
        Assert.True(message.IsIntact, $"{description}: {message.Signatures[0].Fault}");
        Assert.Equal(signer.Certificate, message.Signatures[0].Certificate);
        Assert.Equal(content, read);
        if (isDetached)
            return;
        signed[signed.AsSpan().IndexOf(content.AsSpan(0, 100)) + 50] ^= 1;
        Assert.False((await TestSigner.Verify(signed)).Message.IsIntact);
    }

    [Fact]
    public async Task OpenSslsMessage_OfTwoSigners_IsIntact()
    {
        using var authority = await TestAuthority.Create();
        using var one = await TestSigner.Create(authority, KeyAlgorithm.Rsa2048);
        using var other = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        var second = Files(other, "other");
        var signed = Sign(one, $"-nodetach {string.Join(' ', second)}", Short);
        var (message, _) = await TestSigner.Verify(signed);
        Assert.Equal(2, message.Signatures.Count);
        Assert.True(message.IsIntact);
    }

    // OpenSSL asks the lists that our message carries, and its own message of nothing but certificates and lists is read here.
    [Fact]
    public async Task RevocationLists_TravelAlong_BothWays()
    {
        using var authority = await TestAuthority.Create();
        using var good = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        using var revoked = await TestSigner.Create(authority, KeyAlgorithm.EcP256);
        var template = new RevocationListTemplate
        {
            IssuedAt = TestAuthority.NotBefore,
            NextIssueAt = TestAuthority.NotAfter,
            Number = 5,
            Entries = [new RevokedCertificate { SerialNumber = revoked.Certificate.SerialNumber, RevocationDate = TestAuthority.NotBefore }],
        };
        var list = await RevocationListSigner.SignAsync(template, authority.Certificate, authority.Key, authority.Key.Algorithms[0], TestContext.Current.CancellationToken);
        string[] verify = ["cms", "-verify", "-binary", "-inform", "DER", "-CAfile", _folder.WriteText("ca.pem", authority.Certificate.ToPem()), "-purpose", "any", "-attime", "1800000000", "-crl_check"];
        foreach (var (signer, content, code) in ((TestSigner, byte[], int)[])[(good, Short, 0), (good, Long, 0), (revoked, Short, 4), (revoked, Long, 4)])
        {
            var signed = await TestSigner.Sign(content, new SigningOptions { Signers = [signer.With()], RevocationLists = [list] });
            var result = ExternalProgram.Run("openssl", verify, signed);
            Assert.True(code == result.ExitCode, result.Error);
            Assert.Equal(code != 0, result.Error.Contains("certificate revoked", StringComparison.Ordinal));
            var read = (await TestSigner.Verify(signed)).Message;
            Assert.Equal(list.Encoded.ToArray(), Assert.Single(read.RevocationLists).Encoded.ToArray());
        }

        await File.WriteAllBytesAsync(_folder.PathOf("list.der"), list.Encoded.ToArray(), TestContext.Current.CancellationToken);
        ExternalProgram.RunOk("openssl", ["crl", "-inform", "DER", "-in", _folder.PathOf("list.der"), "-out", _folder.PathOf("list.pem")]);
        var bare = ExternalProgram.RunOk("openssl", ["crl2pkcs7", "-in", _folder.PathOf("list.pem"), "-certfile", _folder.PathOf("ca.pem"), "-outform", "DER"]).Output;
        var message = (await TestSigner.Verify(bare, [])).Message;
        Assert.False(message.IsIntact); // nobody signed it
        Assert.Equal(list.Encoded.ToArray(), Assert.Single(message.RevocationLists).Encoded.ToArray());
        Assert.Equal(authority.Certificate, Assert.Single(message.Certificates));
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Sign(TestSigner signer, string options, byte[] content) => ExternalProgram.RunOk(
        "openssl",
        ["cms", "-sign", "-binary", "-outform", "DER", .. Files(signer, "signer"), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        content).Output;

    private string[] Files(TestSigner signer, string name) =>
        ["-signer", _folder.WriteText($"{name}.pem", signer.Certificate.ToPem()), "-inkey", _folder.WriteText($"{name}.key", signer.KeyPem)];
}
