using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Walks through sections 2.3.1 and 2.3.2 of the description of Tcl's pki beside tcllib: what Tcl makes is read and continued here, and the other way.</summary>
public sealed class TclTests : IDisposable
{
    private readonly TclFolder _folder = new();

    // It signs by SHA-1, and makes user certificates of version 1.
    [Fact]
    public async Task AuthorityOfTcl_IsRead_AndContinued()
    {
        await _folder.Cki("key generate --key rsa:2048 --out @ours.key");
        await _folder.Cki("csr create --key @ours.key --subject CN=Our^User --algorithm RsaPkcs1Sha256 --out @ours.csr");
        var tcl = _folder.Tcl("""
            set ca_key [generate ca.key 2048]
            set ca_key_subject "CN=Example Root CA"
            dict set ca_key subject $ca_key_subject
            set issue_date [clock seconds]
            set expire_date [clock add $issue_date 1 year]
            set ca_cert [pki::x509::create_cert $ca_key $ca_key 1 $issue_date $expire_date 1 [list] 1]
            write_file ca.pem $ca_cert
            write_file ca.key [pki::key $ca_key "secret" 1]
            set user_key [generate user.key 2048]
            set user_csr [pki::pkcs::create_csr $user_key [list "CN" "Joe User"] 1]
            write_file user.csr $user_csr
            set user_csr_list [pki::pkcs::parse_csr $user_csr]
            set user_cert [pki::x509::create_cert $user_csr_list $ca_key 2 $issue_date $expire_date 0 [list] 1]
            write_file user.pem $user_cert
            puts "tcl verifies: [is_signed_by [pki::x509::parse_cert $user_cert] [pki::x509::parse_cert $ca_cert]]"
            set ours [pki::pkcs::parse_csr [read_file ours.csr]]
            puts "our request: [dict get $ours subject]"
            write_file ours.pem [pki::x509::create_cert $ours $ca_key 3 $issue_date $expire_date 0 [list] 1 sha256]
            """);
        Assert.Contains("tcl verifies: true", tcl, StringComparison.Ordinal);
        Assert.Contains("our request: CN=Our User", tcl, StringComparison.Ordinal);
        await VerifyWhatTclIssued();

        // The authority goes on here, with its own key and certificate.
        _folder.Write("password", "secret\n"u8);
        await _folder.Cki("ca init --dir @continued --key @ca.key --cert @ca.pem --password-file @password");
        await _folder.Cki("cert issue --ca @continued --password-file @password --csr @user.csr --profile user --days 100 --out @no.pem", ExitCodes.CheckFailed);
        await _folder.Cki("cert issue --ca @continued --password-file @password --csr @user.csr --allow sha1 --profile user --days 100 --algorithm RsaPkcs1Sha256 --out @joe.pem");
        await _folder.Cki("cert verify --trust @ca.pem --allow sha1 @joe.pem");
        await _folder.Cki("cert verify --trust @ca.pem --allow sha1,loose-profile --purpose tls-client @joe.pem"); // Tcl's root has no key identifier
        await _folder.Cki("crl create --ca @continued --password-file @password --revoke @joe.pem --reason superseded --out @crl.pem");
        await _folder.Cki("cert verify --trust @ca.pem --allow sha1 --crl @crl.pem @joe.pem", ExitCodes.NotTrusted);
        Assert.Contains("joe: CN=Joe User true", _folder.Tcl("""
            set joe [pki::x509::parse_cert [read_file joe.pem]]
            puts "joe: [dict get $joe subject] [is_signed_by $joe [pki::x509::parse_cert [read_file ca.pem]]]"
            """), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OurAuthority_IsRead_AndContinuedByTcl()
    {
        _folder.Write("password", "secret\n"u8);
        await _folder.Cki("ca init --dir @root --subject CN=Our^Root --key rsa:2048 --algorithm RsaPkcs1Sha256");
        await _folder.Cki("key generate --key rsa:2048 --out @user.key");
        await _folder.Cki("csr create --key @user.key --subject CN=Our^User --algorithm RsaPkcs1Sha256 --out @user.csr");
        await _folder.Cki("cert issue --ca @root --csr @user.csr --profile user --algorithm RsaPkcs1Sha256 --out @user.pem");
        await _folder.Cki("key convert @root/ca.key --as traditional --weak-encryption --new-password-file @password --out @tcl.key");
        var tcl = _folder.Tcl("""
            set root [pki::x509::parse_cert [read_file root/ca.pem]]
            set user [pki::x509::parse_cert [read_file user.pem]]
            puts "root: [dict get $root subject] [is_signed_by $root $root]"
            puts "user: [dict get $user subject] by [dict get $user issuer] [is_signed_by $user $root]"
            set request [pki::pkcs::parse_csr [read_file user.csr]]
            puts "request: [dict get $request subject]"
            set ca_key [pki::pkcs::parse_key [read_file tcl.key] "secret"]
            dict set ca_key subject "CN=Our Root"
            set from [clock seconds]
            write_file continued.pem [pki::x509::create_cert $request $ca_key 77 $from [clock add $from 1 month] 0 [list] 1 sha256]
            """);
        Assert.Contains("root: CN=Our Root true", tcl, StringComparison.Ordinal);
        Assert.Contains("user: CN=Our User by CN=Our Root true", tcl, StringComparison.Ordinal);
        Assert.Contains("request: CN=Our User", tcl, StringComparison.Ordinal);
        await _folder.Cki("cert verify --trust @root/ca.pem --purpose tls-client @user.pem");
        await _folder.Cki("cert verify --trust @root/ca.pem @continued.pem", ExitCodes.NotTrusted);
        await _folder.Cki("cert verify --trust @root/ca.pem --allow v1 @continued.pem");
    }

    public void Dispose() => _folder.Dispose();

    private async Task VerifyWhatTclIssued()
    {
        await _folder.Cki("cert verify --trust @ca.pem @user.pem", ExitCodes.NotTrusted);
        await _folder.Cki("cert verify --trust @ca.pem --allow sha1 @user.pem", ExitCodes.NotTrusted);
        await _folder.Cki("cert verify --trust @ca.pem --allow sha1,v1 @user.pem");
        await _folder.Cki("cert verify --trust @ca.pem --allow v1 @ours.pem");
        await _folder.Cki("cert verify --trust @ca.pem --allow sha1 --signature-only @user.pem");
        await _folder.Cki("csr inspect @user.csr", ExitCodes.CheckFailed);
        Assert.Contains("CN=Joe User", await _folder.Cki("csr inspect --allow sha1 @user.csr"), StringComparison.Ordinal);
    }
}
