using System.Text;
using System.Text.RegularExpressions;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Holds <c>--text</c> of certificates, lists and requests against what openssl prints: each of our lines stands there, in order.</summary>
public sealed partial class OpenSslTextTests : IDisposable
{
    private const string Everything = """
        [req]
        distinguished_name=dn
        prompt=no
        attributes=at
        [dn]
        C=GB
        O="Example, Inc."
        OU=Unit
        CN=www.example.com
        emailAddress=a@example.com
        SN=Sur
        GN=Given
        [at]
        unstructuredName=An Organisation
        [all]
        basicConstraints=critical,CA:TRUE,pathlen:3
        keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,keyAgreement,keyCertSign,cRLSign,encipherOnly,decipherOnly
        extendedKeyUsage=serverAuth,clientAuth,codeSigning,emailProtection,timeStamping,OCSPSigning,1.2.3.4.5,anyExtendedKeyUsage,msSmartcardLogin
        subjectKeyIdentifier=hash
        authorityKeyIdentifier=keyid:always,issuer:always
        subjectAltName=DNS:a.example,email:b@example.com,URI:http://x.example/y,IP:192.0.2.1,IP:2001:db8::1,RID:1.2.3.4,dirName:name,otherName:1.2.3.4;UTF8:other
        issuerAltName=DNS:issuer.example
        authorityInfoAccess=OCSP;URI:http://ocsp.example/,caIssuers;URI:http://ca.example/ca.crt
        subjectInfoAccess=caRepository;URI:http://repo.example/
        crlDistributionPoints=point
        freshestCRL=URI:http://fresh.example/crl
        certificatePolicies=1.2.3.4,@policy
        policyConstraints=critical,requireExplicitPolicy:3,inhibitPolicyMapping:1
        inhibitAnyPolicy=critical,2
        policyMappings=1.2.3.4:1.5.6.7
        nameConstraints=critical,permitted;DNS:.example.com,excluded;email:.bad.example,permitted;IP:192.168.0.0/255.255.0.0,excluded;URI:.x.example,permitted;dirName:name
        nsComment=a comment
        2.5.29.16=ASN1:SEQUENCE:period
        [period]
        a=IMPLICIT:0,GENTIME:20260101000000Z
        b=IMPLICIT:1,GENTIME:20270101000000Z
        [request]
        subjectAltName=DNS:a.example,IP:192.0.2.1
        keyUsage=digitalSignature
        [point]
        fullname=URI:http://crl.example/1.crl
        reasons=keyCompromise,CACompromise
        CRLissuer=dirName:name
        [name]
        C=GB
        O=My Org
        CN=My Name
        [policy]
        policyIdentifier=1.3.5.8
        CPS.1=http://my.example/
        userNotice.1=@notice
        [notice]
        explicitText=Explicit Text
        organization=Organisation
        noticeNumbers=1,2
        [ca]
        default_ca=d
        [d]
        database=FOLDER/index.txt
        crlnumber=FOLDER/number
        default_md=sha256
        default_crl_days=5
        crl_extensions=crl
        [crl]
        authorityKeyIdentifier=keyid:always
        issuingDistributionPoint=critical,@scope
        [scope]
        fullname=URI:http://crl.example/1.crl
        onlyuser=TRUE
        indirectCRL=TRUE
        onlysomereasons=keyCompromise,superseded
        """;

    private readonly CkiFolder _folder = new();

    public OpenSslTextTests()
    {
        _folder.Write("all.cnf", Encoding.ASCII.GetBytes(Everything.Replace("FOLDER", _folder.PathOf("").TrimEnd('/'), StringComparison.Ordinal)));
        _folder.Write("index.txt", []);
        _folder.Write("number", "0FFF\n"u8);
    }

    [Theory]
    [InlineData("rsa:2048", "")]
    [InlineData("rsa:2048", " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32")]
    [InlineData("ec^-pkeyopt^ec_paramgen_curve:P-384", "")]
    [InlineData("ed25519", "")]
    public async Task Certificates_WithEveryExtension(string key, string more)
    {
        _folder.OpenSsl($"req -x509 -newkey {key.Replace('^', ' ')} -nodes -keyout @key.pem -out @all.pem -config @all.cnf -extensions all -days 100{more}");
        AssertSame(await _folder.Cki("cert inspect --text @all.pem"), _folder.OpenSsl("x509 -in @all.pem -noout -text"));
        foreach (var serial in new[] { "0", "1", "0x7fffffffffffffff", "0x8000000000000000", "0x0102030405060708090a", "0x80", "0xcd527618e164c553162ea214aae4f5ce6869e4" })
        {
            _folder.OpenSsl($"req -x509 -key @key.pem -out @serial.pem -config @all.cnf -extensions all -set_serial {serial}");
            AssertSame(await _folder.Cki("cert inspect --text @serial.pem"), _folder.OpenSsl("x509 -in @serial.pem -noout -text"));
        }
    }

    [Fact]
    public async Task Lists_AndRequests()
    {
        _folder.OpenSsl("req -x509 -newkey rsa:2048 -nodes -keyout @key.pem -out @ca.pem -config @all.cnf -extensions all -days 100");
        foreach (var (name, options) in new[] { ("1", "-crl_reason superseded"), ("2", "-crl_compromise 20260101000000Z"), ("3", "-crl_reason CACompromise") })
        {
            _folder.OpenSsl($"req -new -newkey ed25519 -nodes -keyout @end.key -out @end.csr -subj /CN=u{name}");
            _folder.OpenSsl($"x509 -req -in @end.csr -CA @ca.pem -CAkey @key.pem -set_serial 0x8{name} -days 9 -out @end.pem");
            _folder.OpenSsl($"ca -config @all.cnf -keyfile @key.pem -cert @ca.pem -revoke @end.pem {options}");
        }

        _folder.OpenSsl("ca -config @all.cnf -keyfile @key.pem -cert @ca.pem -gencrl -out @crl.pem");
        AssertSame(await _folder.Cki("crl inspect --text @crl.pem"), _folder.OpenSsl("crl -in @crl.pem -noout -text"));
        _folder.OpenSsl("req -new -key @key.pem -out @request.csr -config @all.cnf -reqexts request");
        AssertSame((await _folder.Cki("csr inspect --text @request.csr")).Replace("    Signature: good\n", "", StringComparison.Ordinal), _folder.OpenSsl("req -in @request.csr -noout -text"));
    }

    public void Dispose() => _folder.Dispose();

    // Later versions of openssl leave blanks out, and some put two of our lines into one.
    private static void AssertSame(string ours, string theirs)
    {
        var (all, from) = (Plain(theirs), 0);
        foreach (var line in ours.Split('\n').Select(Plain).Where(line => line.Length > 0))
        {
            var at = all.IndexOf(line, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"not there: {line}\n{theirs}");
            from = at + line.Length;
        }

        Assert.Equal(Plain(ours).Length, all.Length);
    }

    private static string Plain(string text) => BlankPattern().Replace(text, "");

    [GeneratedRegex(@"\s")]
    private static partial Regex BlankPattern();
}
