using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Runs scripts of Tcl with tcllib's <c>pki</c> beside commands of <c>cki</c>, in one folder.</summary>
internal sealed class TclFolder : CkiFolder
{
    // Tcl takes half a minute for a key of 2048 bits: openssl makes the primes in the usual run. What is behind them comes from tcllib alone,
    // also the private exponent, which is not below the modulus in two of three keys.
    private const string Prologue = """
        package require pki
        package require asn
        package require aes
        package require sha256
        proc read_file {name} {set file [open $name rb]; set octets [read $file]; close $file; return $octets}
        proc write_file {name octets} {set file [open $name wb]; puts -nonewline $file $octets; close $file}
        proc generate {name bits} {
            if {$::env(CKI_LONG) eq "1"} {return [pki::rsa::generate $bits]}
            exec openssl genrsa -traditional -out $name $bits 2>/dev/null
            set key [pki::pkcs::parse_key [read_file $name]]
            dict set key d [pki::rsa::_generate_private [dict get $key p] [dict get $key q] [dict get $key e] $bits]
            return $key
        }
        proc random_block {} {
            set octets {}
            while {[string length $octets] < 16} {append octets [pki::_random -binary]}
            return [string range $octets 0 15]
        }
        # verify_cert of tcllib 1.21 refuses every critical extension, even the basicConstraints that it writes: the signature itself is verified.
        proc is_signed_by {certificate authority} {
            array set c $certificate
            array set a $authority
            return [pki::verify [pki::_dec_to_ascii 0x$c(signature) $a(l)] [binary format H* $c(cert)] $authority]
        }
        """;

    /// <summary>Runs a script, and returns what it printed.</summary>
    public string Tcl(string script)
    {
        Folder.WriteText("script.tcl", $"cd {{{Folder.PathOf(".")}}}\nset env(CKI_LONG) {LongRun.Count(usual: 0, @long: 1)}\n{Prologue}\n{script}\n");
        var result = ExternalProgram.Run("tclsh", [Folder.PathOf("script.tcl")], limit: TimeSpan.FromMinutes(LongRun.Count(usual: 2, @long: 20)));
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Text;
    }
}
