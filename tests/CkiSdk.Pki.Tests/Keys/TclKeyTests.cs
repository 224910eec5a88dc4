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

    // Several lengths of keys, because tcllib fills the last block with octets 9 whatever their number.
    [Theory]
    [InlineData("plain", 2048, "")]
    [InlineData("encrypted", 2048, "correct horse")]
    [InlineData("encrypted", 2056, "correct horse")]
    [InlineData("encrypted", 2064, "battery")]
    [InlineData("encrypted", 2080, "staple")]
    public async Task KeysOfTcl_AreRead_AndUsed(string form, int bits, string password)
    {
        Write("source.pem", ExternalProgram.RunOk("openssl", ["genrsa", "-traditional", $"{bits}"]).Output); // in Tcl it would take a minute
        Tcl($$"""
            set key [pki::pkcs::parse_key [get source.pem]]
            put key.pem [pki::key $key "{{password}}" 1]
            put signature [pki::sign "hello" $key sha256]
            put ciphertext [pki::encrypt -binary -pub -pad "hello" $key]
            """);
        using var secret = password.Length == 0 ? null : Secret.From(Encoding.ASCII.GetBytes(password));
        using var read = KeyFile.Read(Read("key.pem"), secret);
        Assert.Equal(form == "encrypted", read.WasEncrypted);
        Assert.Null(read.Finding);
        Assert.True(CryptoProviders.Software.PublicKeys.Verify(read.SubjectPublicKeyInfo.Span, SignatureAlgorithm.RsaPkcs1Sha256, "hello"u8, Read("signature")));
        using var key = await read.ImportDecryptionKeyAsync(CryptoProviders.Software.Keys, Cancellation);
        using var plaintext = await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, Read("ciphertext"), Cancellation);
        Assert.Equal("hello"u8.ToArray(), plaintext!.Span.ToArray());
    }

    // Tcl's generator adds multiples of (p - 1)(q - 1) to the private exponent: in two of three keys it is not below the modulus then.
    [Fact]
    public async Task PrivateExponentsOfTcl_AboveTheModulus_AreUsed()
    {
        Write("source.pem", ExternalProgram.RunOk("openssl", ["genrsa", "-traditional", "2048"]).Output);
        Tcl("""
            set key [pki::pkcs::parse_key [get source.pem]]
            set multiple [expr {([dict get $key p] - 1) * ([dict get $key q] - 1)}]
            set d [pki::rsa::_generate_private [dict get $key p] [dict get $key q] [dict get $key e] 2048]
            put small.pem [pki::key [dict replace $key d [expr {$d % $multiple}]]]
            put tcl.pem [pki::key [dict replace $key d $d]]
            put large.pem [pki::key [dict replace $key d [expr {$d % $multiple + $multiple + $multiple}]] "secret" 1]
            """);
        using var password = Secret.From("secret"u8);
        foreach (var name in new[] { "small.pem", "tcl.pem", "large.pem" })
        {
            using var read = KeyFile.Read(Read(name), password);
            Assert.Null(read.Finding);
            using var key = await read.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation);
            var signature = await key.SignAsync(SignatureAlgorithm.RsaPssSha256, "hello"u8.ToArray(), Cancellation);
            Assert.True(CryptoProviders.Software.PublicKeys.Verify(read.SubjectPublicKeyInfo.Span, SignatureAlgorithm.RsaPssSha256, "hello"u8, signature));
            foreach (var form in new[] { KeyForm.Pkcs1, KeyForm.Pkcs8 })
            {
                using var written = KeyWriter.Write(read, form); // as every program takes it
                using var framework = System.Security.Cryptography.RSA.Create();
                if (form == KeyForm.Pkcs1)
                    framework.ImportRSAPrivateKey(written.Span, out _);
                else
                    framework.ImportPkcs8PrivateKey(written.Span, out _);
            }
        }
    }

    // Takes Tcl's own generator: a short key, which is shown and refused for use, because a long one takes it half a minute.
    [Fact]
    public async Task KeysThatTclGenerated_AreRead()
    {
        var bits = LongRun.Count(usual: 512, @long: 2048);
        Tcl($"put key.pem [pki::key [pki::rsa::generate {bits}] \"secret\" 1]");
        using var password = Secret.From("secret"u8);
        using var read = KeyFile.Read(Read("key.pem"), password);
        Assert.Equal(bits, read.Description.Bits);
        if (bits == 2048)
            (await read.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation)).Dispose();
        else
            await Assert.ThrowsAsync<CryptoProviderException>(async () => await read.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation));
    }

    [Fact]
    public void WrongPasswords_AndDamage_GetOneAnswer()
    {
        Write("source.pem", ExternalProgram.RunOk("openssl", ["genrsa", "-traditional", "2048"]).Output);
        Tcl("put key.pem [pki::key [pki::pkcs::parse_key [get source.pem]] secret 1]");
        var text = Encoding.ASCII.GetString(Read("key.pem"));
        var messages = new HashSet<string>();
        for (var i = 0; i < LongRun.Count(usual: 300, @long: 20_000); i++)
            messages.Add(Refusal(text, $"wrong {i}"));
        var start = text.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        var data = Convert.FromBase64String(text[start..text.IndexOf("-----END", StringComparison.Ordinal)]);
        foreach (var at in new[] { 0, 1, 15, 16, 17, data.Length - 17, data.Length - 1 })
        {
            var damaged = (byte[])data.Clone();
            damaged[at] ^= 0x80;
            messages.Add(Refusal(text[..start] + Convert.ToBase64String(damaged) + "\n-----END RSA PRIVATE KEY-----\n", "secret", mayBeRead: at >= data.Length - 17));
        }

        messages.Add(Refusal(text[..start] + Convert.ToBase64String(data[..^16]) + "\n-----END RSA PRIVATE KEY-----\n", "secret"));
        messages.Add(Refusal(text[..start] + Convert.ToBase64String(data[..^1]) + "\n-----END RSA PRIVATE KEY-----\n", "secret"));
        messages.Remove("");
        Assert.Single(messages);
    }

    [Fact]
    public async Task OurKeys_AreRead_AndUsedByTcl()
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048);
        using var key = KeyFile.Read(pkcs8.Span);
        using var der = KeyWriter.Write(key, KeyForm.Pkcs1);
        using var pem = KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.Pkcs1), der.Span);
        using var password = Secret.From("secret"u8);
        using var encrypted = KeyWriter.ToWeaklyEncryptedPem(KeyWriter.LabelOf(KeyForm.Pkcs1), der.Span, password, CryptoProviders.Software.Random);
        using var message = Secret.From("hello"u8);
        using var signing = await key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation);
        Write("key.pem", pem.Span.ToArray());
        Write("encrypted.pem", encrypted.Span.ToArray());
        Write("signature", await signing.SignAsync(SignatureAlgorithm.RsaPkcs1Sha256, message.Memory, Cancellation));
        Write("ciphertext", CryptoProviders.Software.PublicKeys.Encrypt(key.SubjectPublicKeyInfo.Span, RsaEncryptionScheme.Pkcs1, message));
        Tcl("""
            set key [pki::pkcs::parse_key [get key.pem]]
            put verdict [pki::verify [get signature] "hello" $key]
            put plaintext [pki::decrypt -binary -priv -unpad [get ciphertext] [pki::pkcs::parse_key [get encrypted.pem] secret]]
            """);
        Assert.Equal("true", Encoding.ASCII.GetString(Read("verdict")));
        Assert.Equal("hello", Encoding.ASCII.GetString(Read("plaintext")));
        ExternalProgram.RunOk("openssl", ["rsa", "-in", _folder.PathOf("encrypted.pem"), "-passin", "pass:secret", "-check", "-noout"]);
    }

    // Damage behind the DER hits nothing but the padding, which is not looked at.
    private static string Refusal(string pem, string password, bool mayBeRead = false)
    {
        using var secret = Secret.From(Encoding.ASCII.GetBytes(password));
        try
        {
            using var key = KeyFile.Read(Encoding.ASCII.GetBytes(pem), secret);
            Assert.True(mayBeRead || key.Finding is not null, "a damaged key was read as if it were good");
            return "";
        }
        catch (KeyFileException exception)
        {
            Assert.Equal(KeyFileError.PasswordWrong, exception.Code);
            return exception.Message;
        }
    }

    private void Tcl(string script)
    {
        Write("script.tcl", Encoding.ASCII.GetBytes($"cd {{{Path.GetDirectoryName(_folder.PathOf("x"))}}}\n{Prologue}\n{script}\n"));
        var result = ExternalProgram.Run("tclsh", [_folder.PathOf("script.tcl")], limit: TimeSpan.FromMinutes(LongRun.Count(usual: 2, @long: 20)));
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private byte[] Read(string name) => File.ReadAllBytes(_folder.PathOf(name));

    private void Write(string name, byte[] octets) => File.WriteAllBytes(_folder.PathOf(name), octets);
}
