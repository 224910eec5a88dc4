using System.Text.Json.Nodes;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Runs <c>cki pki token</c> against SoftHSM2, as processes of their own.</summary>
public sealed class TokenCommandTests : IDisposable
{
    private static readonly string Module =
        Directory.EnumerateFiles("/usr/lib", "libsofthsm2.so", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None }).First();

    private readonly TemporaryFolder _folder = new();

    public TokenCommandTests()
    {
        Directory.CreateDirectory(_folder.PathOf("tokens"));
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", _folder.WriteText("softhsm2.conf", $"directories.tokendir = {_folder.PathOf("tokens")}\nlog.level = ERROR\n"));
        ExternalProgram.RunOk("softhsm2-util", ["--init-token", "--free", "--label", "cki", "--so-pin", "12345678", "--pin", "1234"]);
        _folder.WriteText("pin", "1234\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_PutsKeyAndCertificateIntoTheToken_ThatListAndCertsShow()
    {
        var (key, certificate) = (_folder.PathOf("cma.key"), _folder.PathOf("cma.pem"));
        Assert.Equal(0, CkiProgram.Run("pki", "key", "generate", "--key", "ec:P-256", "--out", key).ExitCode);
        ExternalProgram.RunOk("openssl", ["req", "-new", "-x509", "-key", key, "-subj", "/CN=CMA", "-days", "30", "-out", certificate]);
        var imported = Token("import", "--label", "cma", "--id", "a1", "--key", key, "--cert", certificate);
        Assert.Equal(2, imported["imported"]!.AsArray().Count);

        var keys = Token("list");
        Assert.Equal("cki", keys["slots"]![0]!["label"]!.GetValue<string>());
        Assert.Contains("LoginRequired", keys["slots"]![0]!["flags"]!.AsArray().Select(flag => flag!.GetValue<string>()));
        var row = Assert.Single(keys["keys"]!.AsArray())!;
        Assert.Equal("cma", row["label"]!.GetValue<string>());
        Assert.Equal("a1", row["id"]!.GetValue<string>());
        Assert.Equal("P-256", row["kind"]!.GetValue<string>());
        Assert.False(row["extractable"]!.GetValue<bool>());

        var listed = Assert.Single(Token("certs")["certificates"]!.AsArray())!;
        Assert.Equal(File.ReadAllText(certificate).TrimEnd(), listed["pem"]!.GetValue<string>());
        Assert.Equal("a1", listed["id"]!.GetValue<string>());
        var seen = ExternalProgram.RunOk("pkcs11-tool", ["--module", Module, "--token-label", "cki", "--login", "--pin", "1234", "--list-objects"]).Text;
        Assert.Contains("Private Key Object; EC", seen, StringComparison.Ordinal);
        Assert.Contains("Certificate Object; type = X.509 cert", seen, StringComparison.Ordinal);

        Assert.Equal(3, CkiProgram.Run(["pki", "token", "import", .. Options, "--label", "cma", "--key", key]).ExitCode); // the label is taken
    }

    [Fact]
    public void Commands_SignWithAKeyInTheToken()
    {
        var (key, request) = (_folder.PathOf("made.key"), _folder.PathOf("request.pem"));
        Assert.Equal(0, CkiProgram.Run("pki", "key", "generate", "--key", "ec:P-256", "--out", key).ExitCode);
        Token("import", "--label", "requester", "--key", key);
        var uri = $"pkcs11:token=cki;object=requester?module-path={Module}";
        var made = CkiProgram.Run("pki", "csr", "create", "--key", $"{uri}&pin-source={_folder.PathOf("pin")}", "--subject", "CN=token", "--out", request);
        Assert.True(made.ExitCode == 0, made.Error);
        ExternalProgram.RunOk("openssl", ["req", "-in", request, "-noout", "-verify"]);
        var again = CkiProgram.Run("pki", "csr", "create", "--key", uri, "--password-file", _folder.PathOf("pin"), "--subject", "CN=token", "--out", request, "--force");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(3, CkiProgram.Run("pki", "csr", "create", "--key", uri, "--subject", "CN=token", "--out", request, "--force").ExitCode); // no PIN
    }

    [Fact]
    public void Import_TakesSymmetricKeys_AndKeysThatDecryptOrAgree()
    {
        File.WriteAllBytes(_folder.PathOf("ik"), new byte[32]);
        Token("import", "--label", "ik", "--use", "secret", "--key", _folder.PathOf("ik"));
        ExternalProgram.RunOk("openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", _folder.PathOf("rsa.key")]);
        Token("import", "--label", "rsa", "--use", "decrypt", "--key", _folder.PathOf("rsa.key"));
        Assert.Equal(0, CkiProgram.Run("pki", "key", "generate", "--key", "ec:P-384", "--out", _folder.PathOf("ec.key")).ExitCode);
        Token("import", "--label", "ec", "--use", "agree", "--key", _folder.PathOf("ec.key"));
        var kinds = Token("list")["keys"]!.AsArray().ToDictionary(row => row!["label"]!.GetValue<string>(), row => $"{row!["kind"]} {row["uses"]![0]}");
        Assert.Equal("secret sign", kinds["ik"]);
        Assert.Equal("RSA-2048 decrypt", kinds["rsa"]);
        Assert.Equal("P-384 derive", kinds["ec"]);
    }

    [Theory]
    [InlineData("rsa:2048", "decrypt")]
    [InlineData("ec:P-384", "agree")]
    [InlineData("dh:ffdhe2048", "agree")]
    public void Decrypt_Opens_WithAKeyInTheToken(string kind, string use)
    {
        var (key, certificate, message) = (_folder.PathOf("bob.key"), _folder.PathOf("bob.pem"), _folder.PathOf("message"));
        Cki(0, "key", "generate", "--key", kind, "--out", key);
        Cki(0, "key", "convert", key, "--as", "public", "--out", _folder.PathOf("bob.pub"));
        Cki(0, "ca", "init", "--dir", _folder.PathOf("root"), "--subject", "CN=Root", "--key", "ec:P-256");
        Cki(0, "cert", "issue", "--ca", _folder.PathOf("root"), "--public-key", _folder.PathOf("bob.pub"), "--subject", "CN=bob", "--profile", "user", "--out", certificate);
        Cki(0, "encrypt", "--in", _folder.PathOf("pin"), "--to", certificate, "--trust", _folder.PathOf("root/ca.pem"), "--out", message);
        Token("import", "--label", "bob", "--use", use, "--key", key, "--cert", certificate);
        Cki(0, ["decrypt", "--in", message, "--key", "bob", .. Options, "--out", _folder.PathOf("by-label")]);
        var uri = $"pkcs11:token=cki;object=bob?module-path={Module}&pin-source={_folder.PathOf("pin")}";
        Cki(0, "decrypt", "--in", message, "--key", uri, "--cert", certificate, "--out", _folder.PathOf("by-uri"));
        Assert.Equal("1234\n", File.ReadAllText(_folder.PathOf("by-label")));
        Assert.Equal("1234\n", File.ReadAllText(_folder.PathOf("by-uri")));
        _folder.WriteText("wrong", "4321");
        Refused(3, "pki", "decrypt", "--in", message, "--key", "bob", "--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("wrong"), "--out", _folder.PathOf("no"), "--json");
        Refused(7, ["pki", "decrypt", "--in", message, "--key", "carol", .. Options, "--out", _folder.PathOf("no"), "--json"]);
        Refused(2, ["pki", "decrypt", "--in", message, .. Options, "--out", _folder.PathOf("no"), "--json"]);
        Assert.False(File.Exists(_folder.PathOf("no")));
    }

    [Fact]
    public void Failures_HaveTheirExitCode_AndADocument()
    {
        _folder.WriteText("wrong", "4321");
        Refused(3, "pki", "token", "list", "--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("wrong"), "--json");
        Assert.Contains("It was tried once. The token counts wrong PINs", CkiProgram.Run("pki", "token", "list", "--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("wrong")).Error, StringComparison.Ordinal);
        Refused(5, "pki", "token", "certs", "--module", Module, "--token", "nobody", "--json");
        Refused(5, "pki", "token", "list", "--module", _folder.PathOf("absent.so"), "--json");
        Refused(2, "pki", "token", "list", "--json");
        Refused(2, "pki", "token", "certs", "--module", Module, "--json");
        Refused(2, "pki", "token", "certs", "--module", Module, "--token", "pkcs11:token=cki?pin-value=1234", "--json");
        Refused(2, "pki", "token", "import", "--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("pin"), "--label", "x",
            "--key", $"pkcs11:token=cki;object=absent?module-path={Module}&pin-source={_folder.PathOf("pin")}", "--json");
        var bare = CkiProgram.Run("pki", "token", "list", "--module", Module);
        Assert.Equal(0, bare.ExitCode);
        Assert.Contains(": cki, serial ", bare.Text, StringComparison.Ordinal);
    }

    private string[] Options => ["--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("pin")];

    private static void Refused(int code, params string[] args)
    {
        var result = CkiProgram.Run(args);
        Assert.True(code == result.ExitCode, $"{result.ExitCode}: {result.Error}");
        Assert.NotEmpty(JsonNode.Parse(result.Text)!["error"]!["message"]!.GetValue<string>());
        Assert.DoesNotContain("1234", result.Text + result.Error, StringComparison.Ordinal);
    }

    private static void Cki(int code, params string[] args)
    {
        var result = CkiProgram.Run(["pki", .. args]);
        Assert.True(code == result.ExitCode, $"{string.Join(' ', args)}: {result.ExitCode}: {result.Error}");
    }

    private JsonNode Token(string verb, params string[] more)
    {
        var result = CkiProgram.Run(["pki", "token", verb, .. Options, .. more, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonNode.Parse(result.Text)!;
    }
}
