using System.Formats.Asn1;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.OpenSsl;

/// <summary>Has OpenSSL write one file of each kind that the modules describe, once for all tests.</summary>
public sealed class OpenSslFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Has all files written.</summary>
    public OpenSslFiles()
    {
        MakeKeys();
        MakeCertificates();
        MakeStatus();
        MakeTimeStamps();
        MakeMessages();
        MakeEnrolment();
        MakeFullRequest();
    }

    /// <summary>Gives the octets of a file.</summary>
    public byte[] this[string name] => File.ReadAllBytes(_folder.PathOf(name));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void MakeKeys()
    {
        Key("ca", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        Key("user", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        Key("ed25519", "-algorithm ED25519");
        Key("explicit", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit");
        Run("dsaparam -genkey -out dsa.key 1024");
        Run("pkcs8 -topk8 -nocrypt -in dsa.key -outform DER -out dsa.der");
        Run("pkey -in dsa.key -pubout -outform DER -out dsa-public.der");
        Run("dsa -in dsa.key -outform DER -out dsa-traditional.der");
        Run("rsa -in user.key -traditional -outform DER -out rsa-traditional.der");
        Run("genrsa -primes 3 -traditional -out three.pem 2048");
        Run("rsa -in three.pem -traditional -outform DER -out rsa-three.der");
        Run("pkcs8 -topk8 -in user.key -v2 aes-256-cbc -v2prf hmacWithSHA512 -passout pass:x -outform DER -out pbes2.der");
        Run("pkcs8 -topk8 -in user.key -v2 des3 -v2prf hmacWithSHA1 -passout pass:x -outform DER -out pbes2-defaults.der");
        Run("pkcs8 -topk8 -in user.key -scrypt -passout pass:x -outform DER -out scrypt.der");
        Run("pkcs8 -topk8 -in user.key -v1 PBE-SHA1-3DES -passout pass:x -outform DER -out pbe.der");
    }

    private void MakeCertificates()
    {
        _folder.WriteText("user.ext", "subjectAltName=DNS:a.example,IP:10.0.0.1,URI:http://a,email:u@example.com\nkeyUsage=critical,digitalSignature\n"
            + "authorityInfoAccess=OCSP;URI:http://b,caIssuers;URI:http://c\ncertificatePolicies=1.2.3.4,@p\nnameConstraints=permitted;DNS:example\ncrlDistributionPoints=URI:http://d\n[p]\npolicyIdentifier=1.3.5.8\nCPS.1=http://e\nuserNotice.1=@n\n[n]\nexplicitText=words\n");
        _folder.WriteText("tsa.ext", "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n");
        _folder.WriteText("ca.cnf", "[ca]\ndefault_ca=c\n[c]\ndatabase=crl.txt\ndefault_md=sha256\ndefault_crl_days=3\ncrlnumber=number\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n");
        _folder.WriteText("crl.txt", "R\t301231235959Z\t240101000000Z,keyCompromise\t0A\tunknown\t/CN=Revoked\n");
        _folder.WriteText("number", "05\n");
        Run("req -x509 -new -key ca.key -subj /C=GB/O=Test/CN=Root -days 30 -out ca.pem");
        Run("x509 -in ca.pem -outform DER -out certificate-ca.der");
        Run("req -new -key user.key -subj /CN=User/emailAddress=u@example.com -addext subjectAltName=DNS:a.example -out user.csr");
        Run("req -in user.csr -outform DER -out request.der");
        Run("x509 -req -in user.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 10 -extfile user.ext -out user.pem");
        Run("x509 -in user.pem -outform DER -out certificate.der");
        Run("req -new -key ed25519.key -subj /CN=Ed -out ed.csr");
        Run("req -in ed.csr -outform DER -out request-ed25519.der");
        Run("req -x509 -new -key dsa.key -subj /CN=Dsa -days 3 -outform DER -out certificate-dsa.der");
        Run("req -x509 -new -key user.key -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -subj /CN=Pss -days 3 -outform DER -out certificate-pss.der");
        Run("req -new -key ca.key -subj /CN=Tsa -out tsa.csr");
        Run("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 10 -extfile tsa.ext -out tsa.pem");
        Run("ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -out crl.pem");
        Run("crl -in crl.pem -outform DER -out crl.der");
    }

    private void MakeStatus()
    {
        var serial = Run("x509 -in user.pem -noout -serial").Split('=')[1].Trim();
        _folder.WriteText("index.txt", $"R\t301231235959Z\t240101000000Z,superseded\t{serial}\tunknown\t/CN=User\n");
        Run("ocsp -issuer ca.pem -cert user.pem -signer ca.pem -signkey ca.key -reqout ocsp-request.der");
        Run("ocsp -index index.txt -rsigner ca.pem -rkey ca.key -CA ca.pem -reqin ocsp-request.der -nmin 5 -respout ocsp-response.der -noverify");
    }

    private void MakeTimeStamps()
    {
        _folder.WriteText("message", "hello\n");
        _folder.WriteText("ts.cnf", "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1,millisecs:500\nordering=yes\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha384\n");
        _folder.WriteText("serial", "07\n");
        Run("ts -query -data message -sha256 -cert -tspolicy 1.2.3.4 -out stamp-request.der");
        Run("ts -reply -config ts.cnf -queryfile stamp-request.der -signer tsa.pem -inkey ca.key -out stamp-response.der");
    }

    private void MakeMessages()
    {
        Run("crl2pkcs7 -in crl.pem -certfile user.pem -certfile ca.pem -outform DER -out certificates.der");
        Run("cms -sign -binary -nodetach -in message -signer user.pem -inkey user.key -outform DER -out signed.der");
        Run("cms -sign -binary -nodetach -receipt_request_to r@example.com -receipt_request_all -in message -signer user.pem -inkey user.key -outform DER -out signed-receipt.der");
        Run("cms -encrypt -binary -aes128 -in message -outform DER -out enveloped.der user.pem");
        Run("cms -encrypt -binary -aes128 -pwri_password x -in message -outform DER -out enveloped-password.der");
        Run("cms -encrypt -binary -aes128 -secretkey 00112233445566778899AABBCCDDEEFF -secretkeyid 0102 -in message -outform DER -out enveloped-kek.der");
        Run("cms -encrypt -binary -aes128 -in message -outform DER -out enveloped-ec.der ca.pem");
        Run("cms -digest_create -binary -md sha256 -in message -outform DER -out digested.der");
        Run("cms -EncryptedData_encrypt -binary -aes128 -secretkey 00112233445566778899AABBCCDDEEFF -in message -outform DER -out encrypted.der");
        Run("cms -data_create -binary -in message -outform DER -out data.der");
        Run("smime -sign -binary -nodetach -in message -signer user.pem -inkey user.key -outform DER -out signed-pkcs7.der");
        Run("smime -encrypt -binary -des3 -in message -outform DER -out enveloped-pkcs7.der user.pem");
        Run("pkcs12 -export -in user.pem -inkey user.key -certfile ca.pem -name Friend -keypbe NONE -certpbe NONE -nomaciter -passout pass:x -out open.p12");
        Run("pkcs12 -export -in user.pem -inkey user.key -certfile ca.pem -name Friend -passout pass:x -out closed.p12");
    }

    private void MakeEnrolment()
    {
        const string Server = "cmp -use_mock_srv -srv_secret pass:x -srv_ref r -secret pass:x -ref r -recipient /CN=ca -rsp_cert user.pem ";
        Run(Server + "-cmd ir -subject /CN=x -newkey user.key -certout out.pem -reqout cmp-ir.der,cmp-certConf.der -rspout cmp-ip.der,cmp-pkiconf.der");
        Run(Server + "-cmd p10cr -csr user.csr -certout out.pem -implicit_confirm -reqout cmp-p10cr.der -rspout cmp-cp.der");
        Run(Server + "-cmd kur -oldcert user.pem -newkey user.key -certout out.pem -implicit_confirm -reqout cmp-kur.der -rspout cmp-kup.der");
        Run(Server + "-cmd rr -oldcert user.pem -revreason 1 -reqout cmp-rr.der -rspout cmp-rp.der");
        Run(Server + "-cmd genm -infotype signKeyPairTypes -geninfo 1.2.3:int:987 -reqout cmp-genm.der -rspout cmp-genp.der");
    }

    // RFC 5272 3.2.1: a signed message whose content OpenSSL builds element by element, the request of user.csr among them.
    private void MakeFullRequest()
    {
        static string Control(int id, int arc, string value) => $"[c{id}]\na=INTEGER:{id}\nb=OID:1.3.6.1.5.5.7.7.{arc}\nc=SET:v{id}\n[v{id}]\na={value}\n";
        _folder.WriteText("full.cnf", "asn1=SEQUENCE:data\n[data]\na=SEQUENCE:controls\nb=SEQUENCE:none\nc=SEQUENCE:none\nd=SEQUENCE:none\n[none]\n[controls]\na=SEQUENCE:c1\nb=SEQUENCE:c2\nc=SEQUENCE:c3\nd=SEQUENCE:c4\ne=SEQUENCE:c5\n"
            + Control(1, 5, "INTEGER:77") + Control(2, 34, "SEQUENCE:proof") + Control(3, 33, "SEQUENCE:witness") + Control(4, 6, "FORMAT:HEX,OCTETSTRING:0A0B") + Control(5, 2, "FORMAT:UTF8,UTF8String:Ada")
            + "[proof]\na=SEQUENCE:sha1\nb=SEQUENCE:hmac\nc=FORMAT:HEX,OCTETSTRING:0102\n[witness]\na=SEQUENCE:unknown\nb=SEQUENCE:hmac\nc=FORMAT:HEX,OCTETSTRING:0304\n"
            + "[sha1]\na=OID:1.3.14.3.2.26\n[hmac]\na=OID:1.3.6.1.5.5.8.1.2\n[unknown]\na=OID:1.2.3.4\nb=INTEGER:9\n");
        Run("asn1parse -genconf full.cnf -noout -out full-empty.der");
        File.WriteAllBytes(_folder.PathOf("full.der"), WithRequest(this["full-empty.der"], this["request.der"]));
        Run("cms -sign -binary -nodetach -econtent_type 1.3.6.1.5.5.7.12.2 -in full.der -signer user.pem -inkey user.key -outform DER -out full-request.der");
    }

    // A configuration has no notation for octets as they are: the request is put into the list that it leaves empty.
    private static byte[] WithRequest(byte[] data, byte[] request)
    {
        var parts = new AsnReader(data, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(parts.ReadEncodedValue().Span);
            _ = parts.ReadEncodedValue();
            using (writer.PushSequence())
            using (writer.PushSequence(new Asn1Tag(System.Formats.Asn1.TagClass.ContextSpecific, 0)))
            {
                writer.WriteInteger(6);
                writer.WriteEncodedValue(request);
            }

            writer.WriteEncodedValue(parts.ReadEncodedValue().Span);
            writer.WriteEncodedValue(parts.ReadEncodedValue().Span);
        }

        return writer.Encode();
    }

    private void Key(string name, string options)
    {
        Run($"genpkey {options} -out {name}.key");
        Run($"pkcs8 -topk8 -nocrypt -in {name}.key -outform DER -out {name}.der");
        Run($"pkey -in {name}.key -pubout -outform DER -out {name}-public.der");
    }

    // OpenSSL takes file names as they stand; a shell goes into the folder first, so that the words stay short.
    private string Run(string words) => ExternalProgram.RunOk("sh", ["-c", "cd \"$0\" && exec openssl \"$@\"", _folder.FullPath, .. words.Split(' ')]).Text;
}
