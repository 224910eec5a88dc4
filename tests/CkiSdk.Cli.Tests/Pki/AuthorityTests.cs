using System.Text.Json;
using System.Text.RegularExpressions;
using CkiSdk.Cli.Invocation;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Walks from an authority over a request to a certificate, its verification and its revocation, beside the real openssl.</summary>
public sealed partial class AuthorityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Authorities_Issue_VerifyAndRevoke_WithOpenSsl()
    {
        await Do("pki ca init --dir root --subject CN=Root,O=Lab --key ec:P-384 --path-length 1");
        await Do("pki ca init --dir sub --subject CN=Sub,O=Lab --key ed25519 --parent root --days 1000");
        await Do("pki key generate --key ec:P-256 --out key.pem");
        await Do("pki csr create --key key.pem --subject CN=www.example.com --san www.example.com --san 192.0.2.7 --out request.pem");
        Assert.Contains("verify OK", OpenSsl("req -in request.pem -verify -noout"), StringComparison.Ordinal);
        Assert.True(Json(await Do("pki csr inspect --json request.pem")).GetProperty("proofOfPossession").GetBoolean());
        var issued = Json(await Do("pki cert issue --ca sub --csr request.pem --profile tls-server --days 90 --out server.pem --json"));
        Assert.Equal(0, issued.GetProperty("ignored").GetArrayLength());

        const string Verify = "pki cert verify --trust root/ca.pem --untrusted sub/ca.pem --purpose tls-server --name www.example.com";
        var valid = Json(await Do($"{Verify} --json server.pem"));
        Assert.Equal(["CN=www.example.com", "CN=Sub,O=Lab", "CN=Root,O=Lab"], valid.GetProperty("path").EnumerateArray().Select(subject => subject.GetString()));
        Assert.EndsWith(": OK", OpenSsl("verify -x509_strict -CAfile root/ca.pem -untrusted sub/ca.pem -purpose sslserver -verify_hostname www.example.com server.pem").Trim(), StringComparison.Ordinal);
        Assert.Equal("clean", (await Do("pki cert lint --rules rfc5280,web-pki server.pem")).Trim());
        Assert.Contains("Subject: CN = www.example.com", await Do("pki cert inspect --text server.pem"), StringComparison.Ordinal);

        var refused = Json(await Do("pki cert verify --trust root/ca.pem --untrusted sub/ca.pem --name other.example --json server.pem", ExitCodes.NotTrusted));
        var reason = Assert.Single(refused.GetProperty("reasons").EnumerateArray());
        Assert.Equal(("name-mismatch", "CN=www.example.com"), (reason.GetProperty("code").GetString(), reason.GetProperty("certificate").GetString()));

        await Do("pki crl create --ca sub --out first.pem");
        await Do($"{Verify} --crl first.pem server.pem");
        await Do("pki crl create --ca sub --revoke server.pem --reason certificateHold --delta --out delta.pem");
        await Do($"{Verify} --crl first.pem --crl delta.pem server.pem", ExitCodes.NotTrusted);
        await Do("pki crl create --ca sub --revoke server.pem --reason removeFromCRL --delta --out back.pem");
        await Do($"{Verify} --crl first.pem --crl delta.pem --crl back.pem server.pem");
        await Do("pki crl create --ca sub --revoke server.pem --reason keyCompromise --out second.pem");
        Assert.Contains("revoked", await Do($"{Verify} --crl second.pem server.pem", ExitCodes.NotTrusted), StringComparison.Ordinal);
        Assert.Equal("4", Json(await Do("pki crl inspect --json second.pem")).GetProperty("number").GetString());
        Assert.Contains("verify OK", OpenSsl("crl -in second.pem -CAfile sub/ca.pem -noout -verify"), StringComparison.Ordinal);
        Assert.Contains("certificate revoked", OpenSsl("verify -crl_check -CAfile root/ca.pem -untrusted sub/ca.pem -CRLfile second.pem server.pem"), StringComparison.Ordinal);
        await Do("pki crl create --ca root --revoke 0123 --out none.pem", ExitCodes.NotFound);
    }

    [Fact]
    public async Task Authority_Keeps_ItsKeyEncrypted()
    {
        _folder.WriteText("password", "open-sesame\n");
        await Do("pki ca init --dir root --subject CN=Root --key ec:P-256 --password-file password");
        Assert.Contains("Public-Key: (256 bit)", OpenSsl("pkey -in root/ca.key -passin pass:open-sesame -noout -text_pub"), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", await File.ReadAllTextAsync(_folder.PathOf("root/ca.key"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Do("pki ca init --dir sub --subject CN=Sub --key ec:P-256 --parent root --days 100", ExitCodes.Usage);
        await Do("pki ca init --dir sub --subject CN=Sub --key ec:P-256 --parent root --days 100 --password-file password");
        await Do("pki crl create --ca sub --out list.pem --password-file password");
    }

    [Fact]
    public async Task OpenSslsChains_AreVerified()
    {
        OpenSsl("req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 30 -subj /O=Lab/CN=Root -addext keyUsage=critical,keyCertSign,cRLSign");
        _folder.WriteText("sub.ext", "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
        _folder.WriteText("end.ext", "keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:www.example.com\nauthorityKeyIdentifier=keyid\n");
        OpenSsl("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout sub.key -out sub.csr -subj /O=Lab/CN=Sub");
        OpenSsl("x509 -req -in sub.csr -CA root.pem -CAkey root.key -CAcreateserial -days 20 -sha384 -extfile sub.ext -out sub.pem");
        OpenSsl("req -new -newkey ed25519 -nodes -keyout end.key -out end.csr -subj /CN=www.example.com");
        OpenSsl("x509 -req -in end.csr -CA sub.pem -CAkey sub.key -CAcreateserial -days 10 -extfile end.ext -out end.pem");
        OpenSsl("x509 -req -in end.csr -CA root.pem -CAkey root.key -CAcreateserial -days 10 -out old.pem");
        await Do("pki cert verify --trust root.pem --untrusted sub.pem --purpose tls-server --name www.example.com end.pem");
        await Do("pki cert verify --trust root.pem old.pem", ExitCodes.NotTrusted);
        await Do("pki cert verify --trust root.pem --allow v1 old.pem");
        await Do("pki cert verify --trust root.pem --signature-only old.pem");
        await Do("pki cert verify --trust sub.pem --signature-only old.pem", ExitCodes.NotTrusted);

        // openssl ca as the issuer of the list: a version 1 list, because its default says so.
        _folder.WriteText("ca.cnf", $"[ca]\ndefault_ca=d\n[d]\ndatabase={_folder.PathOf("index.txt")}\ndefault_md=sha256\ndefault_crl_days=5\n");
        _folder.WriteText("index.txt", "");
        OpenSsl("ca -config ca.cnf -keyfile sub.key -cert sub.pem -gencrl -out empty.pem");
        OpenSsl("ca -config ca.cnf -keyfile sub.key -cert sub.pem -revoke end.pem -crl_reason superseded");
        OpenSsl("ca -config ca.cnf -keyfile sub.key -cert sub.pem -gencrl -out full.pem");
        await Do("pki cert verify --trust root.pem --untrusted sub.pem --crl empty.pem end.pem");
        Assert.Contains("Superseded", await Do("pki cert verify --trust root.pem --untrusted sub.pem --crl full.pem end.pem", ExitCodes.NotTrusted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DiffieHellmanKeys_OfOpenSsl_AreCertified()
    {
        await Do("pki ca init --dir root --subject CN=Root,O=Lab --key ec:P-256");
        OpenSsl("genpkey -algorithm DHX -pkeyopt group:dh_2048_256 -out dh.key");
        OpenSsl("pkey -in dh.key -pubout -out dh.pub");
        await Do("pki cert issue --ca root --public-key dh.pub --subject CN=Receiver,O=Lab --profile user --out dh.pem");
        Assert.EndsWith(": OK", OpenSsl("verify -x509_strict -CAfile root/ca.pem dh.pem").Trim(), StringComparison.Ordinal);
        Assert.Contains("Key Agreement", OpenSsl("x509 -in dh.pem -noout -text"), StringComparison.Ordinal);
        await Do("pki cert verify --trust root/ca.pem dh.pem");
    }

    [Fact]
    public async Task Requests_ThatAskForTooMuch_GetLess()
    {
        await Do("pki ca init --dir root --subject CN=Root,O=Lab --key ec:P-256");
        OpenSsl("req -new -newkey ed25519 -nodes -keyout end.key -out end.csr -subj /CN=me -addext basicConstraints=CA:TRUE -addext subjectAltName=DNS:www.example.com,email:me@example.com");
        var json = Json(await Do("pki cert issue --ca root --csr end.csr --profile mail --out end.pem --json"));
        Assert.Equal(2, json.GetProperty("ignored").GetArrayLength());
        Assert.False(json.GetProperty("authority").GetBoolean());
        Assert.Contains("email:me@example.com", await Do("pki cert inspect end.pem"), StringComparison.Ordinal);
        await Do("pki cert verify --trust root/ca.pem --purpose mail --name me@example.com end.pem");
        await Do("pki cert issue --ca root --csr end.csr --profile tls-server --days 9000 --out never.pem", ExitCodes.Usage);
        Assert.False(File.Exists(_folder.PathOf("never.pem")));
        await Do("pki ca init --dir root --subject CN=Root,O=Lab --key ec:P-256", ExitCodes.Usage);
        await Do("pki cert issue --ca nowhere --csr end.csr --profile mail --out never.pem", ExitCodes.NotFound);
    }

    public void Dispose() => _folder.Dispose();

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    // Words that name a file of the folder; the rest stays as it is.
    private static readonly HashSet<string> Files = ["--dir", "--parent", "--ca", "--out", "--csr", "--key", "--password-file", "--trust", "--untrusted", "--crl", "--revoke", "--public-key", "-in", "-CAfile", "-untrusted", "-CRLfile", "-keyout", "-out", "-CA", "-CAkey", "-extfile", "-config", "-keyfile", "-cert"];

    private string[] Words(string line)
    {
        var words = WordPattern().Matches(line).Select(match => match.Value.Trim('"')).ToArray();
        for (var i = 1; i < words.Length; i++)
        {
            var isFile = Files.Contains(words[i - 1]) || (i == words.Length - 1 && words[i].EndsWith(".pem", StringComparison.Ordinal)) || (i == words.Length - 1 && words[i].EndsWith(".csr", StringComparison.Ordinal)) || words[i - 1] == "-revoke";
            if (isFile && !words[i].Contains(':', StringComparison.Ordinal) && words[i] is not ("ed25519" or "0123"))
                words[i] = _folder.PathOf(words[i]);
        }

        return words;
    }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WordPattern();

    private async Task<string> Do(string line, int expected = ExitCodes.Ok)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(Words(line));
        Assert.True(code == expected, $"{line}: {code}\n{error}{output}");
        return output;
    }

    private string OpenSsl(string line)
    {
        var result = ExternalProgram.Run("openssl", Words(line));
        return result.Text + result.Error;
    }
}
