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

    [Fact]
    public void Failures_HaveTheirExitCode_AndADocument()
    {
        _folder.WriteText("wrong", "4321");
        Refused(3, "pki", "token", "list", "--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("wrong"), "--json");
        Refused(5, "pki", "token", "certs", "--module", Module, "--token", "nobody", "--json");
        Refused(5, "pki", "token", "list", "--module", _folder.PathOf("absent.so"), "--json");
        Refused(2, "pki", "token", "list", "--json");
        Refused(2, "pki", "token", "certs", "--module", Module, "--json");
        Refused(2, "pki", "token", "certs", "--module", Module, "--token", "pkcs11:token=cki?pin-value=1234", "--json");
        Refused(7, "pki", "token", "import", "--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("pin"), "--label", "x",
            "--key", $"pkcs11:token=cki;object=absent?module-path={Module}&pin-source={_folder.PathOf("pin")}", "--json");
        var bare = CkiProgram.Run("pki", "token", "list", "--module", Module);
        Assert.Equal(0, bare.ExitCode);
        Assert.Contains(": cki, serial ", bare.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_OfTheDocumentation_Run()
    {
        var commands = Repository.ReadText("docs/pki.md").Split('\n').Where(line => line.StartsWith("cki pki token ", StringComparison.Ordinal)
            || line == "cki pki key generate --key ec:P-256 --out cma.key").ToList();
        Assert.Equal(5, commands.Count);
        var script = string.Join('\n', commands.Select(command => command.Replace("cki pki", $"dotnet '{CkiProgram.Assembly}' pki", StringComparison.Ordinal)));
        ExternalProgram.RunOk("bash", ["-euc", $"cd '{_folder.FullPath}'\nexport CKI_PKCS11_MODULE='{Module}'\n{script}"]);
    }

    private string[] Options => ["--module", Module, "--token", "cki", "--pin-file", _folder.PathOf("pin")];

    private static void Refused(int code, params string[] args)
    {
        var result = CkiProgram.Run(args);
        Assert.True(code == result.ExitCode, $"{result.ExitCode}: {result.Error}");
        Assert.NotEmpty(JsonNode.Parse(result.Text)!["error"]!["message"]!.GetValue<string>());
        Assert.DoesNotContain("1234", result.Text + result.Error, StringComparison.Ordinal);
    }

    private JsonNode Token(string verb, params string[] more)
    {
        var result = CkiProgram.Run(["pki", "token", verb, .. Options, .. more, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonNode.Parse(result.Text)!;
    }
}
