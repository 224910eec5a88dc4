using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows <c>cki pki ca init</c> and <c>cki pki cert issue</c> with every profile, beside openssl.</summary>
public sealed class IssueCommandTests : IDisposable
{
    private readonly CkiFolder _folder = new();

    [Theory]
    [InlineData("tls-server", "sslserver", "tls-server")]
    [InlineData("tls", "sslserver", "tls-server")]
    [InlineData("tls-client", "sslclient", "tls-client")]
    [InlineData("smime", "smimesign", "mail")]
    [InlineData("mail", "smimeencrypt", "mail")]
    [InlineData("user", "sslclient", "tls-client")]
    public async Task EndProfiles_AreTrusted_ByOpenSslToo(string profile, string purpose, string ours)
    {
        await _folder.Cki("ca init --dir @root --subject CN=Root,O=Lab --key rsa:2048");
        await _folder.Cki("key generate --key rsa:2048 --out @key.pem");
        await _folder.Cki("csr create --key @key.pem --subject CN=www.example.com --san www.example.com --san a@example.com --out @request.pem");
        var issued = await _folder.Json($"cert issue --ca @root --csr @request.pem --profile {profile} --days 30 --policy 1.2.3.4 --crl-url http://example.com/crl --issuer-url http://example.com/ca --out @end.pem");
        Assert.True(issued.GetProperty("serial").GetString()!.Length >= 32); // 127 random bits and more
        Assert.EndsWith(": OK", _folder.OpenSsl($"verify -x509_strict -CAfile @root/ca.pem -purpose {purpose} @end.pem").Trim(), StringComparison.Ordinal);
        var text = _folder.OpenSsl("x509 -in @end.pem -noout -text");
        foreach (var part in (string[])["Policy: 1.2.3.4", "URI:http://example.com/crl", "CA Issuers - URI:http://example.com/ca"])
            Assert.Contains(part, text, StringComparison.Ordinal);
        await _folder.Cki($"cert verify --trust @root/ca.pem --purpose {ours} --policy 1.2.3.4 --explicit-policy @end.pem");
        Assert.Equal("clean\n", await _folder.Cki("cert lint @end.pem"));
    }

    [Fact]
    public async Task Roots_SignThemselves_AndIntermediatesStandBelow()
    {
        await _folder.Cki("key generate --key ec:P-384 --out @root.key");
        await _folder.Cki("cert issue --profile root --key @root.key --subject CN=Root,O=Lab --days 3650 --path-length 1 --out @root.pem");
        Assert.EndsWith(": OK", _folder.OpenSsl("verify -x509_strict -CAfile @root.pem -check_ss_sig @root.pem").Trim(), StringComparison.Ordinal);
        await _folder.Cki("ca init --dir @root --key @root.key --cert @root.pem");
        await _folder.Cki("key generate --key ed25519 --out @sub.key");
        await _folder.Cki("csr create --key @sub.key --subject CN=Sub,O=Lab --out @sub.csr");
        await _folder.Cki("cert issue --ca @root --csr @sub.csr --profile intermediate --path-length 0 --out @sub.pem");
        await _folder.Cki("ca init --dir @sub --key @sub.key --cert @sub.pem");
        await _folder.Cki("key generate --key ec:P-521 --out @end.key");
        await _folder.Cki("csr create --key @end.key --subject CN=End,O=Lab --out @end.csr");
        await _folder.Cki("cert issue --ca @sub --csr @end.csr --profile user --days 100 --out @end.pem");
        Assert.EndsWith(": OK", _folder.OpenSsl("verify -x509_strict -CAfile @root.pem -untrusted @sub.pem @end.pem").Trim(), StringComparison.Ordinal);
        await _folder.Cki("cert verify --trust @root.pem --untrusted @sub.pem @end.pem");
        await _folder.Cki("cert issue --ca @sub --csr @end.csr --profile intermediate --days 100 --out @never.pem", ExitCodes.CheckFailed);
    }

    [Theory]
    [InlineData("rsa:2048", "")]
    [InlineData("rsa:3072", "--algorithm RsaPkcs1Sha384")]
    [InlineData("ec:P-256", "")]
    [InlineData("ec:P-521", "")]
    [InlineData("ed25519", "")]
    public async Task Text_Shows_KeysAndAlgorithms_AsOpenSslDoes(string kind, string options)
    {
        await _folder.Cki($"key generate --key {kind} --out @root.key");
        await _folder.Cki($"cert issue --profile root --key @root.key --subject CN=Root --days 30 --out @root.pem {options}".TrimEnd());
        var (ours, theirs) = (KeyLines(await _folder.Cki("cert inspect @root.pem --text")), KeyLines(_folder.OpenSsl("x509 -in @root.pem -noout -text")));
        Assert.Equal(theirs, ours);
        Assert.InRange(ours.Count, 5, 100);
    }

    [Fact]
    public async Task Cmas_HaveTheirDomain()
    {
        await _folder.Cki("ca init --dir @root --subject CN=Root,O=Lab --key ec:P-256");
        await _folder.Cki("key generate --key ec:P-256 --out @cma.key");
        await _folder.Cki("csr create --key @cma.key --subject CN=CMA,OU=North,O=Lab --out @cma.csr");
        Assert.Equal("usage", await _folder.Fault("cert issue --ca @root --csr @cma.csr --profile cma", ExitCodes.Usage));
        Assert.Equal("usage", await _folder.Fault("cert issue --ca @root --csr @cma.csr --profile cma --domain OU=South,O=Lab", ExitCodes.Usage));
        await _folder.Cki("cert issue --ca @root --csr @cma.csr --profile cma --domain OU=North,O=Lab --days 100 --out @cma.pem");
        Assert.Matches("CKI Domain: *\n *Permitted:\n *DirName:O = Lab, OU = North", await _folder.Cki("cert inspect @cma.pem --text"));
        Assert.Equal("clean\n", await _folder.Cki("cert lint --rules rfc5280,cki @cma.pem"));
        await _folder.Cki("cert verify --trust @root/ca.pem @cma.pem");
    }

    [Fact]
    public async Task WrongUse_IsRefused_AndNothingIsWritten()
    {
        await _folder.Cki("ca init --dir @root --subject CN=Root,O=Lab --key ec:P-256 --days 100");
        await _folder.Cki("key generate --key ec:P-256 --out @key.pem");
        await _folder.Cki("csr create --key @key.pem --subject CN=x --out @request.pem");
        (string Words, int Code, string Fault)[] rows =
        [
            ("cert issue --ca @root --csr @request.pem --profile nothing", ExitCodes.Usage, "usage"),
            ("cert issue --csr @request.pem --profile user", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --profile user", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --csr @request.pem --profile root", ExitCodes.Usage, "usage"),
            ("cert issue --profile root --key @key.pem", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --key @key.pem --csr @request.pem --profile user", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --csr @request.pem --profile user --days 0", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --csr @request.pem --profile user --days 101", ExitCodes.Usage, "outlives-issuer"),
            ("cert issue --ca @root --csr @request.pem --profile user --policy x", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --csr @request.pem --profile tls-server --days 10", ExitCodes.CheckFailed, "certificate-refused"),
            ("cert issue --ca @root --csr @key.pem --profile user --days 10", ExitCodes.CheckFailed, "invalid-input"),
            ("cert issue --ca @root --csr @none.pem --profile user --days 10", ExitCodes.NotFound, "not-found"),
            ("cert issue --ca @none --csr @request.pem --profile user --days 10", ExitCodes.NotFound, "not-found"),
            ("cert issue --ca @root --public-key @request.pem --subject CN=x --profile user --days 10", ExitCodes.CheckFailed, "invalid-key"),
            ("cert issue --ca @root --csr @request.pem --profile intermediate --days 10 --path-length -1", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --csr @request.pem --profile user --days 10 --crl-url http://exämple.com", ExitCodes.Usage, "usage"),
            ("cert issue --ca @root --csr @request.pem --profile user --days 10 --issuer-url nowhere", ExitCodes.Usage, "usage"),
            ("ca init --dir @new --subject /CN=x/O=y --key ec:P-256", ExitCodes.Usage, "usage"),
            ("ca init --dir @new --subject CN=x --key ec:P-256 --path-length -1", ExitCodes.Usage, "usage"),
            ("ca init --dir @new --key ec:P-256", ExitCodes.Usage, "usage"),
            ("ca init --dir @new --subject CN=x --key dh:ffdhe2048", ExitCodes.Usage, "usage"),
            ("ca init --dir @new --subject CN=x --key rsa:1024", ExitCodes.Usage, "usage"),
            ("ca init --dir @new --subject CN=x --key @none.key", ExitCodes.NotFound, "not-found"),
            ("ca init --dir @new --subject CN=x --key @key.pem --cert @root/ca.pem", ExitCodes.Usage, "usage"),
            ("ca init --dir @new --key @key.pem --cert @root/ca.pem", ExitCodes.Usage, "usage"),
            ("ca init --dir @root --subject CN=x --key ec:P-256", ExitCodes.Usage, "file-exists"),
        ];
        foreach (var (words, code, fault) in rows)
            Assert.True(fault == await _folder.Fault($"{words}{(words.StartsWith("cert", StringComparison.Ordinal) ? " --out @out.pem" : "")}", code), words);
        Assert.False(File.Exists(_folder.PathOf("out.pem")) || Directory.Exists(_folder.PathOf("new")));
    }

    public void Dispose() => _folder.Dispose();

    // The signature algorithm, and what stands between the key and the extensions.
    private static List<string> KeyLines(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        var start = lines.FindIndex(line => line.Contains("Subject Public Key Info", StringComparison.Ordinal));
        return [lines.First(line => line.Contains("Signature Algorithm:", StringComparison.Ordinal)), .. lines[start..lines.FindIndex(line => line.Contains("X509v3 extensions", StringComparison.Ordinal))]];
    }
}
