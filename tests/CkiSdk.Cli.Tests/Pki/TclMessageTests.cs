using System.Security.Cryptography;
using System.Text;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Exchanges messages with tcllib: as section 2.3.3 of its description does, and as CMS, which Tcl takes apart by its package asn.</summary>
public sealed class TclMessageTests : IDisposable
{
    private const string Content = "A message that is longer than one block of the cipher.";

    private readonly TclFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Each side checks the peer's certificate, sends key and initialization vector to it, and then one CBC stream.
    [Fact]
    public async Task Exchange_OfSection233_WorksBothWays()
    {
        await MakeParties();
        var ours = Certificate.FromPem(Encoding.ASCII.GetString(_folder.Read("alice.pem")));
        var theirs = Certificate.FromPem(Encoding.ASCII.GetString(_folder.Read("joe.pem")));
        await _folder.Cki("cert verify --trust @root/ca.pem --purpose mail @joe.pem");
        using var session = Secret.Random(32, CryptoProviders.Software.Random); // AES-128 and IV
        _folder.Write("key.to-tcl", CryptoProviders.Software.PublicKeys.Encrypt(theirs.SubjectPublicKeyInfo.Span, RsaEncryptionScheme.Pkcs1, session));
        using var outgoing = Aes.Create();
        outgoing.Key = session.Span[..16].ToArray();
        _folder.Write("message.to-tcl", outgoing.EncryptCbc(Encoding.ASCII.GetBytes(Content), session.Span[16..]));
        var received = _folder.Tcl("""
            set root [pki::x509::parse_cert [read_file root/ca.pem]]
            set alice [pki::x509::parse_cert [read_file alice.pem]]
            if {[dict get $alice subject] ne "CN=Alice" || ![is_signed_by $alice $root]} {error "not Alice"}
            set key [random_block]; set iv [random_block]
            write_file key.to-us [pki::encrypt -binary -pub -pad -- $key$iv $alice]
            set stream [aes::Init cbc $key $iv]
            write_file message.to-us [aes::Encrypt $stream "0123456789abcdef"][aes::Encrypt $stream "the second block"]
            set received [pki::decrypt -binary -priv -unpad -- [read_file key.to-tcl] [pki::pkcs::parse_key [read_file joe.key] "secret"]]
            set incoming [aes::Init cbc [string range $received 0 15] [string range $received 16 31]]
            puts [aes::Decrypt $incoming [read_file message.to-tcl]]
            """);
        Assert.StartsWith(Content, received, StringComparison.Ordinal);

        using var file = KeyFile.Read(_folder.Read("alice.key"));
        Assert.Equal(ours.SubjectPublicKeyInfo.ToArray(), file.SubjectPublicKeyInfo.ToArray());
        using var key = await file.ImportDecryptionKeyAsync(CryptoProviders.Software.Keys, Cancellation);
        using var theirSession = await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, _folder.Read("key.to-us"), Cancellation);
        using var incoming = Aes.Create();
        incoming.Key = theirSession!.Span[..16].ToArray();
        Assert.Equal("0123456789abcdefthe second block", Encoding.ASCII.GetString(incoming.DecryptCbc(_folder.Read("message.to-us"), theirSession.Span[16..], PaddingMode.None)));
    }

    [Fact]
    public async Task OurCms_IsVerified_AndOpenedByTcl()
    {
        await MakeParties();
        _folder.Write("content", Encoding.ASCII.GetBytes(Content));
        await _folder.Cki("sign --in @content --key @alice.key --cert @alice.pem --trust @root/ca.pem --algorithm RsaPkcs1Sha256 --outform der --out @signed");
        await _folder.Cki("encrypt --in @content --to @joe.pem --trust @root/ca.pem --rsa pkcs1 --cipher aes-128-cbc --outform der --out @encrypted");
        var tcl = _folder.Tcl("""
            set message [read_file signed]
            asn::asnGetSequence message info
            asn::asnGetObjectIdentifier info type
            asn::asnGetContext info - wrapped
            asn::asnGetSequence wrapped signed
            asn::asnGetInteger signed version
            asn::asnGetSet signed digests
            asn::asnGetSequence signed encapsulated
            asn::asnGetObjectIdentifier encapsulated contentType
            asn::asnGetContext encapsulated - octets
            asn::asnGetOctetString octets content
            asn::asnGetContext signed - certificates
            asn::asnGetSet signed signers
            asn::asnGetSequence signers signer
            asn::asnGetInteger signer version
            asn::asnGetSequence signer name
            asn::asnGetSequence signer digest
            asn::asnGetContext signer - attributes
            asn::asnGetSequence signer algorithm
            asn::asnGetOctetString signer signature
            set alice [pki::x509::parse_cert [read_file alice.pem]]
            puts "signature: [pki::verify $signature [asn::asnSet $attributes] $alice]"
            puts "digest: [expr {[string first [sha2::sha256 -bin $content] $attributes] >= 0}]"

            set message [read_file encrypted]
            asn::asnGetSequence message info
            asn::asnGetObjectIdentifier info type
            asn::asnGetContext info - wrapped
            asn::asnGetSequence wrapped enveloped
            asn::asnGetInteger enveloped version
            asn::asnGetSet enveloped recipients
            asn::asnGetSequence recipients recipient
            asn::asnGetInteger recipient version
            asn::asnGetSequence recipient name
            asn::asnGetSequence recipient algorithm
            asn::asnGetOctetString recipient wrappedKey
            asn::asnGetSequence enveloped encrypted
            asn::asnGetObjectIdentifier encrypted contentType
            asn::asnGetSequence encrypted cipher
            asn::asnGetObjectIdentifier cipher oid
            asn::asnGetOctetString cipher iv
            asn::asnGetByte encrypted tag
            asn::asnGetLength encrypted length
            set key [pki::decrypt -binary -priv -unpad -- $wrappedKey [pki::pkcs::parse_key [read_file joe.key] "secret"]]
            puts [aes::aes -dir decrypt -mode cbc -key $key -iv $iv -- [string range $encrypted 0 [expr {$length - 1}]]]
            """);
        Assert.Contains("signature: true", tcl, StringComparison.Ordinal);
        Assert.Contains("digest: 1", tcl, StringComparison.Ordinal);
        Assert.Contains(Content, tcl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CmsMadeInTcl_IsVerified_AndOpenedHere()
    {
        await MakeParties();
        _folder.Tcl("""
            proc oid {dotted} {return [asn::asnObjectIdentifier [split $dotted .]]}
            proc issuer_and_serial {name} {
                array set c [pki::x509::parse_cert [read_file $name]]
                set tbs [binary format H* $c(cert)]
                asn::asnGetSequence tbs fields
                asn::asnGetContext fields - version
                asn::asnGetBigInteger fields serial
                asn::asnGetSequence fields algorithm
                asn::asnGetSequence fields issuer
                return [asn::asnSequence [asn::asnSequence $issuer] [asn::asnBigInteger $serial]]
            }
            set content "written in Tcl"
            set joe [pki::pkcs::parse_key [read_file joe.key] "secret"]
            set sha256 [asn::asnSequence [oid 2.16.840.1.101.3.4.2.1] [asn::asnNull]]
            set rsa [asn::asnSequence [oid 1.2.840.113549.1.1.1] [asn::asnNull]]
            set signer [asn::asnSequence [asn::asnInteger 1] [issuer_and_serial joe.pem] $sha256 $rsa [asn::asnOctetString [pki::sign $content $joe sha256]]]
            set signed [asn::asnSequence [asn::asnInteger 1] [asn::asnSet $sha256] \
                [asn::asnSequence [oid 1.2.840.113549.1.7.1] [asn::asnContextConstr 0 [asn::asnOctetString $content]]] [asn::asnSet $signer]]
            write_file signed [asn::asnSequence [oid 1.2.840.113549.1.7.2] [asn::asnContextConstr 0 $signed]]

            set key "0123456789abcdef"; set iv "fedcba9876543210"
            set padded "$content\x02\x02"
            set recipient [asn::asnSequence [asn::asnInteger 0] [issuer_and_serial alice.pem] $rsa \
                [asn::asnOctetString [pki::encrypt -binary -pub -pad -- $key [pki::x509::parse_cert [read_file alice.pem]]]]]
            set cipher [asn::asnSequence [oid 2.16.840.1.101.3.4.1.2] [asn::asnOctetString $iv]]
            set data [asn::asnContext 0 [aes::aes -dir encrypt -mode cbc -key $key -iv $iv -- $padded]]
            set enveloped [asn::asnSequence [asn::asnInteger 0] [asn::asnSet $recipient] [asn::asnSequence [oid 1.2.840.113549.1.7.1] $cipher $data]]
            write_file encrypted [asn::asnSequence [oid 1.2.840.113549.1.7.3] [asn::asnContextConstr 0 $enveloped]]
            """);
        await _folder.Cki("verify --in @signed --signer @joe.pem --trust @root/ca.pem --out @verified");
        await _folder.Cki("decrypt --in @encrypted --key @alice.key --cert @alice.pem --out @opened");
        Assert.Equal("written in Tcl", Encoding.ASCII.GetString(_folder.Read("verified")));
        Assert.Equal("written in Tcl", Encoding.ASCII.GetString(_folder.Read("opened")));
    }

    public void Dispose() => _folder.Dispose();

    // Alice's key is ours, and Joe's is Tcl's; both certificates are from our root.
    private async Task MakeParties()
    {
        await _folder.Cki("ca init --dir @root --subject CN=Root --key rsa:2048 --algorithm RsaPkcs1Sha256");
        await _folder.Cki("key generate --key rsa:2048 --out @alice.key");
        await _folder.Cki("csr create --key @alice.key --subject CN=Alice --out @alice.csr");
        await _folder.Cki("cert issue --ca @root --csr @alice.csr --profile user --algorithm RsaPkcs1Sha256 --out @alice.pem");
        _folder.Tcl("""
            set joe [generate joe.key 2048]
            write_file joe.key [pki::key $joe "secret" 1]
            write_file joe.csr [pki::pkcs::create_csr $joe [list "CN" "Joe User"] 1 sha256]
            """);
        await _folder.Cki("cert issue --ca @root --csr @joe.csr --profile user --algorithm RsaPkcs1Sha256 --out @joe.pem");
    }
}
