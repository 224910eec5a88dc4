using System.Text;
using CkiSdk.Crypto;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Tests.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Keys;

/// <summary>Shows that private keys travel as PEM to and from OpenSSL.</summary>
public sealed class PrivateKeyPemTests
{
    [Theory]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public async Task OpenSsl_Reads_OurKey(KeyAlgorithm kind)
    {
        using var key = await TestAuthority.Provider.Keys.CreateSigningKeyAsync(kind, TestContext.Current.CancellationToken);
        var pem = PrivateKeyPem.Write(key);
        var result = ExternalProgram.RunOk("openssl", ["pkey", "-pubout", "-outform", "DER"], Encoding.ASCII.GetBytes(pem));
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), result.Output);
        using var read = await PrivateKeyPem.ReadSigningKeyAsync(pem, TestAuthority.Provider.Keys, TestContext.Current.CancellationToken);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), read.SubjectPublicKeyInfo.ToArray());
    }

    [Fact]
    public async Task Read_Takes_OpenSslsKeys()
    {
        var ec = ExternalProgram.RunOk("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]).Text.AsMemory();
        var rsa = ExternalProgram.RunOk("openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]).Text.AsMemory();
        using var agreement = await PrivateKeyPem.ReadKeyAgreementKeyAsync(ec, TestAuthority.Provider.Keys, TestContext.Current.CancellationToken);
        using var decryption = await PrivateKeyPem.ReadDecryptionKeyAsync(rsa, TestAuthority.Provider.Keys, TestContext.Current.CancellationToken);
        Assert.NotEmpty(agreement.SubjectPublicKeyInfo.ToArray());
        Assert.NotEmpty(decryption.SubjectPublicKeyInfo.ToArray());
        await Assert.ThrowsAsync<CryptoProviderException>(async () =>
            await PrivateKeyPem.ReadDecryptionKeyAsync(ec, TestAuthority.Provider.Keys, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_Refuses_TextWithoutAKey() => await Assert.ThrowsAsync<FormatException>(async () =>
        await PrivateKeyPem.ReadSigningKeyAsync("nothing".AsMemory(), TestAuthority.Provider.Keys, TestContext.Current.CancellationToken));
}
