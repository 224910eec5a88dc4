using System.Text;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows <c>cki pki csr</c> beside openssl, both ways.</summary>
public sealed class RequestCommandTests : IDisposable
{
    private readonly CkiFolder _folder = new();

    [Theory]
    [InlineData("rsa:2048", "", "rsassaPss")]
    [InlineData("rsa:2048", "--algorithm RsaPkcs1Sha384", "sha384WithRSAEncryption")]
    [InlineData("ec:P-256", "", "ecdsa-with-SHA256")]
    [InlineData("ec:P-384", "", "ecdsa-with-SHA384")]
    [InlineData("ec:P-521", "--outform der", "ecdsa-with-SHA512")]
    [InlineData("ed25519", "", "ED25519")]
    public async Task OpenSsl_Verifies_OurRequest(string kind, string options, string algorithm)
    {
        await _folder.Cki($"key generate --key {kind} --out @key.pem");
        await _folder.Cki($"csr create --key @key.pem --subject CN=www.example.com,O=Lab --san www.example.com --san 192.0.2.7 --san a@example.com --san https://example.com/x --out @request {options}".TrimEnd());
        var text = _folder.OpenSsl($"req -in @request -inform {(options.Contains("der", StringComparison.Ordinal) ? "DER" : "PEM")} -verify -noout -text");
        Assert.Contains("verify OK", text, StringComparison.Ordinal);
        Assert.Contains($"Signature Algorithm: {algorithm}", text, StringComparison.Ordinal);
        Assert.Contains("DNS:www.example.com, IP Address:192.0.2.7, email:a@example.com, URI:https://example.com/x", text, StringComparison.Ordinal);
        var shown = await _folder.Json("csr inspect @request");
        Assert.True(shown.GetProperty("proofOfPossession").GetBoolean());
        Assert.Contains("names:   DNS:www.example.com", await _folder.Cki("csr inspect @request"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file", "--challenge-file @challenge")]
    [InlineData("environment", "--challenge-env CKI_TEST_CHALLENGE")]
    public async Task Requests_HaveChallenges_PurposesAndExtensions(string description, string options)
    {
        Assert.NotEmpty(description);
        _folder.Write("challenge", "revoke me\n"u8);
        Environment.SetEnvironmentVariable("CKI_TEST_CHALLENGE", "revoke me");
        await _folder.Cki("key generate --key ec:P-256 --out @key.pem");
        await _folder.Cki($"csr create --key @key.pem --subject CN=me --purpose mail --purpose 1.3.6.1.4.1.311.20.2.2 --extension critical:2.5.29.15=03020780 --extension 1.2.3.4=0500 {options} --out @request.pem");
        var text = _folder.OpenSsl("req -in @request.pem -verify -noout -text");
        foreach (var part in (string[])["challengePassword", "revoke me", "E-mail Protection, Microsoft Smartcard Login", "X509v3 Key Usage: critical", "Digital Signature", "1.2.3.4"])
            Assert.Contains(part, text, StringComparison.Ordinal);
        var shown = await _folder.Cki("csr inspect @request.pem --text");
        Assert.Contains("challengePassword        :(not shown)", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("revoke me", shown, StringComparison.Ordinal);
        Assert.True((await _folder.Json("csr inspect @request.pem")).GetProperty("challengePassword").GetBoolean());
    }

    [Fact]
    public async Task OpenSslsRequests_AreShown_AndDamageIsSeen()
    {
        _folder.OpenSsl("req -new -newkey rsa:2048 -nodes -keyout @key.pem -out @request.pem -subj /O=Lab/CN=me -addext subjectAltName=DNS:a.example,email:me@example.com");
        var shown = await _folder.Json("csr inspect @request.pem");
        Assert.Equal("CN=me,O=Lab", shown.GetProperty("subject").GetString());
        Assert.Equal("RSA 2048", shown.GetProperty("key").GetString());
        _folder.OpenSsl("req -in @request.pem -outform DER -out @request.der");
        var octets = _folder.Read("request.der");
        octets[^1] ^= 1;
        _folder.Write("damaged.der", octets);
        Assert.Contains("NOT signed by its key", await _folder.Cki("csr inspect @damaged.der", ExitCodes.CheckFailed), StringComparison.Ordinal);
        _folder.Write("cut.der", octets.AsSpan(0, 100));
        Assert.Equal("invalid-input", await _folder.Fault("csr inspect @cut.der", ExitCodes.CheckFailed));
    }

    [Theory]
    [InlineData("a name that is none", "--subject nonsense", ExitCodes.Usage, "usage")]
    [InlineData("a purpose that is none", "--subject CN=x --purpose walking", ExitCodes.Usage, "usage")]
    [InlineData("an extension without a value", "--subject CN=x --extension 1.2.3", ExitCodes.Usage, "usage")]
    [InlineData("an extension that is no hexadecimal", "--subject CN=x --extension 1.2.3=0x05", ExitCodes.Usage, "usage")]
    [InlineData("an extension twice", "--subject CN=x --san a.example --extension 2.5.29.17=3000", ExitCodes.Usage, "usage")]
    [InlineData("an algorithm of another key", "--subject CN=x --algorithm RsaPssSha256", ExitCodes.Usage, "usage")]
    [InlineData("an algorithm that is none", "--subject CN=x --algorithm 3", ExitCodes.Usage, "usage")]
    [InlineData("an address that is none", "--subject CN=x --san ip:300.1.2.3", ExitCodes.Usage, "usage")]
    [InlineData("a host outside ASCII", "--subject CN=x --san dns:exämple.com", ExitCodes.Usage, "usage")]
    [InlineData("a missing variable", "--subject CN=x --challenge-env CKI_NOT_SET", ExitCodes.Usage, "usage")]
    [InlineData("a missing file", "--subject CN=x --challenge-file @none", ExitCodes.NotFound, "not-found")]
    public async Task WrongUse_IsRefused(string description, string options, int code, string expected)
    {
        await _folder.Cki("key generate --key ec:P-256 --out @key.pem");
        Assert.True(expected == await _folder.Fault($"csr create --key @key.pem {options} --out @request.pem", code), description);
        Assert.False(File.Exists(_folder.PathOf("request.pem")));
    }

    [Fact]
    public async Task KeysThatDoNotSign_AreRefused()
    {
        await _folder.Cki("key generate --key dh:ffdhe2048 --out @dh.pem");
        Assert.Equal("invalid-key", await _folder.Fault("csr create --key @dh.pem --subject CN=x", ExitCodes.CheckFailed));
        _folder.OpenSsl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out @weak.pem");
        Assert.Equal("weak-key", await _folder.Fault("csr create --key @weak.pem --subject CN=x", ExitCodes.CheckFailed));
        _folder.OpenSsl("pkey -in @weak.pem -pubout -out @public.pem");
        Assert.Equal("invalid-key", await _folder.Fault("csr create --key @public.pem --subject CN=x", ExitCodes.CheckFailed));
        Assert.Equal("not-found", await _folder.Fault("csr create --key @none.pem --subject CN=x", ExitCodes.NotFound));
        Assert.Equal("usage", await _folder.Fault("csr create --subject CN=x", ExitCodes.Usage));
        _folder.Write("text", Encoding.ASCII.GetBytes("no key"));
        Assert.Equal("invalid-key", await _folder.Fault("csr create --key @text --subject CN=x", ExitCodes.CheckFailed));
    }

    public void Dispose() => _folder.Dispose();
}
