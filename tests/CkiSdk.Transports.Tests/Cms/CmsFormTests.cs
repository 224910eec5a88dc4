using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Protocol;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.Cms;

/// <summary>Shows that what is written is what others read, and that what others write, or this project wrote before, is read.</summary>
public sealed class CmsFormTests
{
    private static readonly byte[] Message = [0x30, 0x03, 0x02, 0x01, 0x05];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20)]
    [InlineData(200_000)]
    public async Task OpenSsl_Decrypts_AndVerifies(int length)
    {
        using var encryption = TestAuthority.Trusted.Certify(TestAuthority.ServerName, usage: X509KeyUsageFlags.KeyAgreement);
        using var key = encryption.GetECDiffieHellmanPrivateKey()!;
        var message = RandomNumberGenerator.GetBytes(length);
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.PathOf("message"), await new CmsProtection(await CmsParty.Client).ProtectAsync(message, Pki.Certificates.Certificate.Decode(encryption.RawData), Cancel), Cancel);
        await File.WriteAllTextAsync(folder.PathOf("certificate.pem"), encryption.ExportCertificatePem(), Cancel);
        await File.WriteAllTextAsync(folder.PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem(), Cancel);
        await File.WriteAllTextAsync(folder.PathOf("anchor.pem"), TestAuthority.Trusted.Anchor.ToPem(), Cancel);
        string[] decrypt = ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", folder.PathOf("message"), "-recip", folder.PathOf("certificate.pem"), "-inkey", folder.PathOf("key.pem"), "-out", folder.PathOf("signed")];
        ExternalProgram.RunOk("openssl", decrypt);
        string[] verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", folder.PathOf("signed"), "-CAfile", folder.PathOf("anchor.pem"), "-purpose", "any", "-out", folder.PathOf("content")];
        ExternalProgram.RunOk("openssl", verify);
        Assert.Equal(message, await File.ReadAllBytesAsync(folder.PathOf("content"), Cancel));
    }

    [Fact]
    public async Task Content_IsPlainData_WithoutAttributes()
    {
        var server = await CmsParty.Server;
        var octets = await new CmsProtection(await CmsParty.Client).ProtectAsync(Message, server.EncryptionCertificate, Cancel);
        var envelope = ContentInfo.Decode(octets).Content.As<AuthEnvelopedData>();
        Assert.Equal(CryptographicMessageSyntax2004Values.IdData, envelope.AuthEncryptedContentInfo.ContentType.Value);
        Assert.Null(envelope.AuthAttrs);
    }

    [Theory]
    [InlineData("a ContentInfo, as it was written before", true)]
    [InlineData("a SignedData alone, as others write it", false)]
    public async Task SignedData_UnderItsOwnType_IsRead(string row, bool isMessage)
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        foreach (var message in new[] { Message, RandomNumberGenerator.GetBytes(100_000) })
        {
            using var signed = new MemoryStream();
            var signing = new SigningOptions { Signers = [new MessageSigner { Certificate = client.SigningCertificate, Key = client.SigningKey }], Certificates = [client.EncryptionCertificate] };
            await SignedMessages.SignAsync(new MemoryStream(message), signed, signing, Cancel);
            var inside = isMessage ? signed.ToArray() : Ber.Decode<ContentInfo>(signed.ToArray()).Content.Encoded.ToArray();
            using var encrypted = new MemoryStream();
            var options = new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(server.EncryptionCertificate)], ContentType = CryptographicMessageSyntax2004Values.IdSignedData };
            await MessageEnvelopes.EncryptAsync(new MemoryStream(inside), encrypted, options, CryptoProviders.Software, Cancel);
            var opened = await new CmsProtection(server).OpenAsync(encrypted.ToArray(), Cancel);
            Assert.True(opened is { Services: SecurityServices.All, Receives: not null } && opened.Octets.Span.SequenceEqual(message), row);
        }
    }
}
