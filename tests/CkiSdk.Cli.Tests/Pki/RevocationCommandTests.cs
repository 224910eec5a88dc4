using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows <c>cki pki crl</c> beside openssl: reasons, numbers, delta lists, and whole paths.</summary>
public sealed class RevocationCommandTests : IDisposable
{
    private readonly CkiFolder _folder = new();

    [Fact]
    public async Task Reasons_AreThose_OfRfc5280()
    {
        await MakeAuthority();
        (string Ours, string OpenSsl)[] reasons =
        [
            ("unspecified", ""), ("keyCompromise", "Key Compromise"), ("cACompromise", "CA Compromise"), ("affiliationChanged", "Affiliation Changed"), ("superseded", "Superseded"),
            ("cessationOfOperation", "Cessation Of Operation"), ("certificateHold", "Certificate Hold"), ("privilegeWithdrawn", "Privilege Withdrawn"), ("aACompromise", "AA Compromise"),
        ];
        foreach (var (reason, name) in reasons)
        {
            await _folder.Cki("cert issue --ca @root --csr @request.pem --profile user --days 30 --out @end.pem --force");
            await _folder.Cki($"crl create --ca @root --revoke @end.pem --reason {reason} --out @crl.pem --force");
            var text = _folder.OpenSsl("crl -in @crl.pem -noout -text -CAfile @root/ca.pem");
            Assert.Contains("verify OK", text, StringComparison.Ordinal);
            Assert.Contains(name, text, StringComparison.Ordinal);
            Assert.Contains(name.Length > 0 ? $"X509v3 CRL Reason Code: \n                {name}\n" : "", await _folder.Cki("crl inspect @crl.pem --text"), StringComparison.Ordinal);
            Assert.Contains("certificate revoked", _folder.OpenSsl("verify -crl_check -CAfile @root/ca.pem -CRLfile @crl.pem @end.pem", 2), StringComparison.Ordinal);
        }

        var listed = await _folder.Json("crl inspect @crl.pem");
        Assert.Equal(reasons.Length, listed.GetProperty("count").GetInt32());
        Assert.Equal(reasons.Skip(1).Select(row => row.Ours), listed.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("reason").GetString()).OfType<string>());
    }

    [Fact]
    public async Task Holds_AreTakenBack_OrBecomeFinal_AndNothingElseChanges()
    {
        await MakeAuthority();
        await _folder.Cki("cert issue --ca @root --csr @request.pem --profile user --days 30 --out @end.pem");
        const string Revoke = "crl create --ca @root --revoke @end.pem --out @crl.pem --force --reason";
        await _folder.Fault($"{Revoke} removeFromCRL", ExitCodes.Usage);
        await _folder.Cki($"{Revoke} certificateHold --revoke @end.pem");
        Assert.Equal("already-revoked", await _folder.Fault($"{Revoke} certificateHold", ExitCodes.Usage));
        await _folder.Cki($"{Revoke} removeFromCRL");
        await _folder.Cki("cert verify --trust @root/ca.pem --crl @crl.pem @end.pem");
        await _folder.Cki($"{Revoke} certificateHold");
        await _folder.Cki($"{Revoke} keyCompromise");
        await _folder.Fault($"{Revoke} removeFromCRL", ExitCodes.Usage);
        Assert.Equal("already-revoked", await _folder.Fault($"{Revoke} superseded", ExitCodes.Usage));
        Assert.Equal("keyCompromise", (await _folder.Json("crl inspect @crl.pem")).GetProperty("entries")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Numbers_Grow_AndMayBeChosen()
    {
        await MakeAuthority();
        Assert.Equal("1", (await _folder.Json("crl create --ca @root --out @one.pem")).GetProperty("number").GetString());
        Assert.Equal("70", (await _folder.Json("crl create --ca @root --number 70 --out @seventy.pem")).GetProperty("number").GetString());
        Assert.Equal("71", (await _folder.Json("crl create --ca @root --delta --out @delta.pem")).GetProperty("number").GetString());
        Assert.Equal("usage", await _folder.Fault("crl create --ca @root --number 71 --out @less.pem", ExitCodes.Usage));
        Assert.Equal("70", (await _folder.Json("crl inspect @delta.pem")).GetProperty("baseNumber").GetString());
        Assert.Contains("X509v3 Delta CRL Indicator: critical", _folder.OpenSsl("crl -in @delta.pem -noout -text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WholePaths_AreChecked_AsOpenSslDoes()
    {
        await MakeAuthority();
        await _folder.Cki("ca init --dir @sub --subject CN=Sub,O=Lab --key rsa:2048 --parent @root --days 100");
        await _folder.Cki("cert issue --ca @sub --csr @request.pem --profile user --days 30 --out @end.pem");
        await _folder.Cki("crl create --ca @sub --out @sub-crl.pem");
        const string Ours = "cert verify --trust @root/ca.pem --untrusted @sub/ca.pem";
        await _folder.Cki($"{Ours} --crl @sub-crl.pem @end.pem");
        await _folder.Cki($"{Ours} --crl @sub-crl.pem --crl-all @end.pem", ExitCodes.NotTrusted);
        await _folder.Cki("crl create --ca @root --outform der --out @root-crl.der");
        _folder.OpenSsl("crl -inform DER -in @root-crl.der -out @root-crl.pem");
        await _folder.Cki($"{Ours} --crl @sub-crl.pem @root-crl.der --crl-all @end.pem");
        File.WriteAllText(_folder.PathOf("both.pem"), _folder.ReadText("sub-crl.pem") + _folder.ReadText("root-crl.pem"));
        const string Theirs = "verify -crl_check_all -CAfile @root/ca.pem -untrusted @sub/ca.pem -CRLfile @both.pem @end.pem";
        Assert.EndsWith(": OK", _folder.OpenSsl(Theirs).Trim(), StringComparison.Ordinal);
        await _folder.Cki("crl create --ca @root --revoke @sub/ca.pem --reason cACompromise --out @root-crl.pem --force");
        File.WriteAllText(_folder.PathOf("both.pem"), _folder.ReadText("sub-crl.pem") + _folder.ReadText("root-crl.pem"));
        Assert.Contains("certificate revoked", _folder.OpenSsl(Theirs, 2), StringComparison.Ordinal);
        Assert.Contains("revoked", await _folder.Cki($"{Ours} --crl @both.pem --crl-all @end.pem", ExitCodes.NotTrusted), StringComparison.Ordinal);
    }

    // A lister below the root says what was revoked, for certificates of two authorities that name it.
    [Fact]
    public async Task IndirectLists_SpeakOfOthers_AsOpenSslSees()
    {
        await MakeAuthority();
        await _folder.Cki("ca init --dir @lister --subject CN=Lister,O=Lab --key ec:P-256 --parent @root --days 100");
        await _folder.Cki("ca init --dir @sub --subject CN=Sub,O=Lab --key ec:P-256 --parent @root --days 100");
        const string Issue = "cert issue --csr @request.pem --profile user --days 30";
        await _folder.Cki($"{Issue} --ca @root --crl-issuer CN=Lister,O=Lab --out @one.pem");
        await _folder.Cki($"{Issue} --ca @sub --crl-issuer CN=Lister,O=Lab --crl-url http://crl.example/all.crl --out @two.pem");
        await _folder.Cki($"{Issue} --ca @lister --out @own.pem");
        await _folder.Cki($"{Issue} --ca @sub --out @other.pem");
        await _folder.Cki("crl create --ca @lister --indirect --out @crl.pem");
        const string Ours = "cert verify --trust @root/ca.pem --untrusted @lister/ca.pem @sub/ca.pem --crl @crl.pem";
        File.WriteAllText(_folder.PathOf("all.pem"), _folder.ReadText("lister/ca.pem") + _folder.ReadText("sub/ca.pem"));
        const string Theirs = "verify -crl_check -extended_crl -CAfile @root/ca.pem -untrusted @all.pem -CRLfile @crl.pem";
        foreach (var name in (string[])["one", "two"])
        {
            await _folder.Cki($"{Ours} @{name}.pem");
            Assert.EndsWith(": OK", _folder.OpenSsl($"{Theirs} @{name}.pem").Trim(), StringComparison.Ordinal);
        }

        await _folder.Cki($"{Ours} @other.pem", ExitCodes.NotTrusted); // it does not name the lister
        Assert.Equal("not-found", await _folder.Fault("crl create --ca @lister --revoke @one.pem --out @no.pem", ExitCodes.NotFound));
        Assert.Equal(3, (await _folder.Json("crl create --ca @lister --indirect --revoke @two.pem --revoke @own.pem --revoke @one.pem --reason superseded --out @crl.pem --force")).GetProperty("count").GetInt32());
        foreach (var name in (string[])["one", "two"])
        {
            Assert.Contains("was revoked", await _folder.Cki($"{Ours} @{name}.pem", ExitCodes.NotTrusted), StringComparison.Ordinal);
            Assert.Contains("certificate revoked", _folder.OpenSsl($"{Theirs} @{name}.pem", 2), StringComparison.Ordinal);
        }

        Assert.Contains("Indirect CRL", await _folder.Cki("crl inspect @crl.pem --text"), StringComparison.Ordinal);
        Assert.Equal([null, "CN=Root,O=Lab", "CN=Sub,O=Lab"], (await _folder.Json("crl inspect @crl.pem")).GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("issuer").GetString()).Select(name => name == "CN=Lister,O=Lab" ? null : name).Order(StringComparer.Ordinal));
        Assert.Equal(1, (await _folder.Json("crl create --ca @lister")).GetProperty("count").GetInt32()); // its own alone
    }

    // An authority that openssl kept: its list goes on here, and what it issued before can be revoked here.
    [Fact]
    public async Task ListsOfBefore_GoOn()
    {
        await MakeAuthority();
        await _folder.Cki("cert issue --profile root --key @key.pem --subject CN=Old,O=Lab --days 300 --out @old.pem");
        _folder.Write("ca.cnf", System.Text.Encoding.ASCII.GetBytes($"[ca]\ndefault_ca=d\n[d]\ndatabase={_folder.PathOf("index.txt")}\ncrlnumber={_folder.PathOf("number")}\ndefault_md=sha256\ndefault_crl_days=5\n"));
        _folder.Write("index.txt", []);
        _folder.Write("number", "0FFF\n"u8);
        foreach (var name in (string[])["one", "two"])
        {
            _folder.OpenSsl($"req -new -newkey ed25519 -nodes -keyout @{name}.key -out @{name}.csr -subj /O=Lab/CN={name}");
            _folder.OpenSsl($"x509 -req -in @{name}.csr -CA @old.pem -CAkey @key.pem -CAcreateserial -days 30 -out @{name}.pem");
        }

        _folder.OpenSsl("ca -config @ca.cnf -keyfile @key.pem -cert @old.pem -revoke @one.pem -crl_reason superseded");
        _folder.OpenSsl("ca -config @ca.cnf -keyfile @key.pem -cert @old.pem -gencrl -out @before.pem");
        await _folder.Cki("ca init --dir @old --key @key.pem --cert @old.pem");
        Assert.Equal("not-trusted", await _folder.Fault("crl create --ca @root --previous @before.pem", ExitCodes.NotTrusted));
        Assert.Equal("usage", await _folder.Fault("crl create --ca @old --previous @before.pem --number 4095", ExitCodes.Usage));
        var list = await _folder.Json("crl create --ca @old --previous @before.pem --revoke @two.pem --reason keyCompromise --out @after.pem");
        Assert.Equal(("4096", 2), (list.GetProperty("number").GetString(), list.GetProperty("count").GetInt32()));
        Assert.Equal(["superseded", "keyCompromise"], list.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("reason").GetString()));
        foreach (var name in (string[])["one", "two"])
            Assert.Contains("certificate revoked", _folder.OpenSsl($"verify -crl_check -CAfile @old.pem -CRLfile @after.pem @{name}.pem", 2), StringComparison.Ordinal);
        Assert.Equal(2, (await _folder.Json("crl create --ca @old")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task WrongUse_IsRefused_BeforeAnythingIsRevoked()
    {
        await MakeAuthority();
        await _folder.Cki("cert issue --ca @root --csr @request.pem --profile user --days 30 --out @end.pem");
        (string Words, int Code, string Fault)[] rows =
        [
            ("crl create --ca @root --revoke @end.pem --delta --out @crl.pem", ExitCodes.Usage, "usage"),
            ("crl create --ca @root --revoke @end.pem --reason boredom --out @crl.pem", ExitCodes.Usage, "usage"),
            ("crl create --ca @root --revoke @end.pem --algorithm Ed25519 --out @crl.pem", ExitCodes.Usage, "usage"),
            ("crl create --ca @root --revoke @end.pem --out @request.pem", ExitCodes.Usage, "file-exists"),
            ("crl create --ca @root --revoke @end.pem --revoke 00ff --out @crl.pem", ExitCodes.NotFound, "not-found"),
            ("crl create --ca @root --revoke @request.pem --out @crl.pem", ExitCodes.CheckFailed, "invalid-input"),
            ("crl inspect @end.pem", ExitCodes.CheckFailed, "invalid-input"),
            ("crl inspect @none.pem", ExitCodes.NotFound, "not-found"),
        ];
        foreach (var (words, code, fault) in rows)
            Assert.True(fault == await _folder.Fault(words, code), words);
        Assert.Equal(0, (await _folder.Json("crl create --ca @root --out @crl.pem")).GetProperty("count").GetInt32());
    }

    public void Dispose() => _folder.Dispose();

    private async Task MakeAuthority()
    {
        await _folder.Cki("ca init --dir @root --subject CN=Root,O=Lab --key ec:P-256");
        await _folder.Cki("key generate --key ec:P-256 --out @key.pem");
        await _folder.Cki("csr create --key @key.pem --subject CN=me,O=Lab --out @request.pem");
    }
}
