using CkiSdk.Cli.Invocation;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Walks through a small authority beside tcllib's pki: what Tcl makes is read and continued here, and the other way.</summary>
public sealed class TclTests : IDisposable
{
    // Keys come from openssl, because Tcl takes half a minute for one. It signs by SHA-1, and makes user certificates of version 1.
    private const string Script = """
        package require pki
        proc read_file {name} {set file [open $name r]; set text [read $file]; close $file; return $text}
        proc write_file {name text} {set file [open $name w]; puts -nonewline $file $text; close $file}
        set authority [pki::pkcs::parse_key [read_file ca.key]]
        dict set authority subject "CN=Example Root CA"
        set from [clock seconds]
        set to [clock add $from 1 year]
        write_file tcl-ca.pem [pki::x509::create_cert $authority $authority 1 $from $to 1 [list] 1]
        set user [pki::pkcs::parse_key [read_file user.key]]
        set request [pki::pkcs::create_csr $user [list "CN" "Joe User"] 1]
        write_file tcl.csr $request
        write_file tcl-user.pem [pki::x509::create_cert [pki::pkcs::parse_csr $request] $authority 2 $from $to 0 [list] 1]
        set ours [pki::pkcs::parse_csr [read_file ours.csr]]
        puts "request: [dict get $ours subject]"
        write_file tcl-ours.pem [pki::x509::create_cert $ours $authority 3 $from $to 0 [list] 1]
        set certificate [pki::x509::parse_cert [read_file ours.pem]]
        puts "certificate: [dict get $certificate subject] by [dict get $certificate issuer]"
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task TheWalkThrough_WorksBothWays()
    {
        foreach (var name in (string[])["ca.key", "user.key"])
        {
            ExternalProgram.RunOk("openssl", ["genrsa", "-traditional", "-out", _folder.PathOf(name), "2048"]);
        }

        await Do(["pki", "ca", "init", "--dir", In("root"), "--subject", "CN=Our Root", "--key", "rsa:2048"]);
        await Do(["pki", "key", "generate", "--key", "rsa:2048", "--out", In("ours.key")]);
        await Do(["pki", "csr", "create", "--key", In("ours.key"), "--subject", "CN=Our User", "--out", In("ours.csr")]);
        await Do(["pki", "cert", "issue", "--ca", In("root"), "--csr", In("ours.csr"), "--profile", "user", "--out", In("ours.pem")]);
        _folder.WriteText("walk.tcl", Script);
        var tcl = ExternalProgram.RunOk("sh", ["-c", $"cd '{_folder.PathOf(".")}' && tclsh walk.tcl"]).Text;
        Assert.Contains("request: CN=Our User", tcl, StringComparison.Ordinal);
        Assert.Contains("certificate: CN=Our User by CN=Our Root", tcl, StringComparison.Ordinal);

        string[] verify = ["pki", "cert", "verify", "--trust", In("tcl-ca.pem")];
        await Do([.. verify, In("tcl-user.pem")], ExitCodes.NotTrusted);
        await Do([.. verify, "--allow", "sha1", In("tcl-user.pem")], ExitCodes.NotTrusted);
        await Do([.. verify, "--allow", "sha1,v1", In("tcl-user.pem")]);
        await Do([.. verify, "--allow", "sha1,v1", In("tcl-ours.pem")]);
        await Do([.. verify, "--allow", "sha1", "--signature-only", In("tcl-user.pem")]);
        await Do(["pki", "csr", "inspect", In("tcl.csr")], ExitCodes.CheckFailed);
        Assert.Contains("CN=Joe User", await Do(["pki", "csr", "inspect", "--allow", "sha1", In("tcl.csr")]), StringComparison.Ordinal);
        await Do(["pki", "cert", "issue", "--ca", In("root"), "--csr", In("tcl.csr"), "--profile", "user", "--out", In("no.pem")], ExitCodes.CheckFailed);
        await Do(["pki", "cert", "issue", "--ca", In("root"), "--csr", In("tcl.csr"), "--allow", "sha1", "--profile", "user", "--out", In("joe.pem")]);
        await Do(["pki", "cert", "verify", "--trust", In("root/ca.pem"), "--purpose", "tls-client", In("joe.pem")]);
    }

    public void Dispose() => _folder.Dispose();

    private string In(string name) => _folder.PathOf(name);

    private static async Task<string> Do(string[] words, int expected = ExitCodes.Ok)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(words);
        Assert.True(code == expected, $"{string.Join(' ', words)}: {code}\n{error}{output}");
        return output;
    }
}
