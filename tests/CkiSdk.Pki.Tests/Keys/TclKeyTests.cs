using System.Text;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Keys;

/// <summary>Shows that keys, signatures and ciphertexts go between us and tcllib's <c>pki</c>, both ways.</summary>
public sealed class TclKeyTests : IDisposable
{
    private const string Prologue = """
        package require pki
        proc put {file octets} {set h [open $file wb]; puts -nonewline $h $octets; close $h}
        proc get {file} {set h [open $file rb]; set octets [read $h]; close $h; return $octets}
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KeysOfTcl_AreRead_AndUsed()
    {
        Write("source.pem", ExternalProgram.RunOk("openssl", ["genrsa", "-traditional", "2048"]).Output); // in Tcl it would take a minute
        Tcl("""
            set key [pki::pkcs::parse_key [get source.pem]]
            put plain.pem [pki::key $key "" 1]
            put signature [pki::sign "hello" $key sha256]
            put ciphertext [pki::encrypt -binary -pub -pad "hello" $key]
            """);
        using var plain = KeyFile.Read(Read("plain.pem"));
        Assert.Null(plain.Finding);
        Assert.True(CryptoProviders.Software.PublicKeys.Verify(plain.SubjectPublicKeyInfo.Span, SignatureAlgorithm.RsaPkcs1Sha256, "hello"u8, Read("signature")));
        using var key = await plain.ImportDecryptionKeyAsync(CryptoProviders.Software.Keys, Cancellation);
        using var plaintext = await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, Read("ciphertext"), Cancellation);
        Assert.Equal("hello"u8.ToArray(), plaintext!.Span.ToArray());
    }

    [Fact]
    public async Task OurKeys_AreRead_AndUsedByTcl()
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048);
        using var key = KeyFile.Read(pkcs8.Span);
        using var der = KeyWriter.Write(key, KeyForm.Pkcs1);
        using var pem = KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.Pkcs1), der.Span);
        using var message = Secret.From("hello"u8);
        using var signing = await key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation);
        Write("key.pem", pem.Span.ToArray());
        Write("signature", await signing.SignAsync(SignatureAlgorithm.RsaPkcs1Sha256, message.Memory, Cancellation));
        Write("ciphertext", CryptoProviders.Software.PublicKeys.Encrypt(key.SubjectPublicKeyInfo.Span, RsaEncryptionScheme.Pkcs1, message));
        Tcl("""
            set key [pki::pkcs::parse_key [get key.pem]]
            put verdict [pki::verify [get signature] "hello" $key]
            put plaintext [pki::decrypt -binary -priv -unpad [get ciphertext] $key]
            """);
        Assert.Equal("true", Encoding.ASCII.GetString(Read("verdict")));
        Assert.Equal("hello", Encoding.ASCII.GetString(Read("plaintext")));
    }

    private void Tcl(string script)
    {
        Write("script.tcl", Encoding.ASCII.GetBytes($"cd {{{Path.GetDirectoryName(_folder.PathOf("x"))}}}\n{Prologue}\n{script}\n"));
        ExternalProgram.RunOk("tclsh", [_folder.PathOf("script.tcl")]);
    }

    private byte[] Read(string name) => File.ReadAllBytes(_folder.PathOf(name));

    private void Write(string name, byte[] octets) => File.WriteAllBytes(_folder.PathOf(name), octets);
}
