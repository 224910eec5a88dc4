using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Protocol.Sealing;
using CkiSdk.TestSupport;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>OpenSSL opens what is sealed for it, with the receive certificate and the derived private key.</summary>
public sealed class OpenSslOpensTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(500000)]
    public async Task CmsDecrypt_Gives_TheContent(int length)
    {
        var parties = await SealingParties.Create();
        var content = RandomNumberGenerator.GetBytes(length);
        var message = await parties.Seal(content, await parties.Options(SealingScheme.OpenSsl));
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.PathOf("message.der"), message);
        foreach (var key in new[] { parties.ReceiveA2, parties.ReceiveB1 })
        {
            await File.WriteAllTextAsync(folder.PathOf("receive.pem"), key.Certificate.ToPem());
            await File.WriteAllTextAsync(folder.PathOf("key.pem"), new string(PemEncoding.Write("PRIVATE KEY", PrivateKey(key))));
            ExternalProgram.RunOk(
                "openssl",
                ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", folder.PathOf("message.der"), "-recip", folder.PathOf("receive.pem"), "-inkey", folder.PathOf("key.pem"), "-out", folder.PathOf("content")]);
            Assert.Equal(content, await File.ReadAllBytesAsync(folder.PathOf("content")));
        }
    }

    [Fact]
    public async Task Asn1Parse_Reads_EveryMessage()
    {
        var parties = await SealingParties.Create();
        foreach (var message in new[] { await parties.Seal([1]), await parties.Seal(new byte[200_000]) })
            ExternalProgram.RunOk("openssl", ["asn1parse", "-inform", "DER"], message);
    }

    private static byte[] PrivateKey(DatedKey key) => new PrivateKeyInfo
    {
        Version = PrivateKeyVersion.V1,
        PrivateKeyAlgorithm = DhPublicKeys.IdentifierOf(key.Group),
        PrivateKey = new PrivateKey((OctetString)Der.Encode(new DHPrivateKey(Integer.FromUnsigned(key.Exponent.Span)))),
    }.Encode();
}
