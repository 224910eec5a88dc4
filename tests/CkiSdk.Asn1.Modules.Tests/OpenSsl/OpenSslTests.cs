using CkiSdk.Asn1.Modules.Tests.Generated;

namespace CkiSdk.Asn1.Modules.Tests.OpenSsl;

/// <summary>Reads what OpenSSL writes with the types of asn1/: it comes back octet for octet from fields, views and descriptors agree.</summary>
public sealed class OpenSslTests(OpenSslFiles files) : IClassFixture<OpenSslFiles>
{
    public static TheoryData<string, string> Rows => new(
    [
        .. Both("certificate", "AuthenticationFramework.Certificate", "PKIX1Explicit2009.Certificate"),
        .. Both("certificate-ca", "AuthenticationFramework.Certificate", "PKIX1Explicit2009.Certificate"),
        .. Both("certificate-dsa", "AuthenticationFramework.Certificate", "PKIX1Explicit2009.Certificate"),
        .. Both("certificate-pss", "AuthenticationFramework.Certificate", "PKIX1Explicit2009.Certificate"),
        .. Both("crl", "AuthenticationFramework.CertificateList", "PKIX1Explicit2009.CertificateList"),
        .. Both("request", "PKCS10.CertificationRequest", "PKCS102009.CertificationRequest"),
        .. Both("request-ed25519", "PKCS10.CertificationRequest", "PKCS102009.CertificationRequest"),
        .. Both("user", "PKCS8.PrivateKeyInfo", "PKIXCRMF2009.PrivateKeyInfo"),
        .. Both("dsa", "PKCS8.PrivateKeyInfo", "PKIXCRMF2009.PrivateKeyInfo"),
        .. Both("ed25519", "PKCS8.PrivateKeyInfo", "PKIXCRMF2009.PrivateKeyInfo"),
        .. Both("dsa-public", "AuthenticationFramework.SubjectPublicKeyInfo", "PKIX1Explicit2009.SubjectPublicKeyInfo"),
        .. Both("ed25519-public", "AuthenticationFramework.SubjectPublicKeyInfo", "PKIX1Explicit2009.SubjectPublicKeyInfo"),
        .. Both("rsa-traditional", "PKCS1.RSAPrivateKey"),
        .. Both("rsa-three", "PKCS1.RSAPrivateKey"),
        .. Both("pbes2", "PKCS8.EncryptedPrivateKeyInfo"),
        .. Both("ocsp-request", "OCSP201388.OCSPRequest", "OCSP201308.OCSPRequest"),
        .. Both("ocsp-response", "OCSP201388.OCSPResponse", "OCSP201308.OCSPResponse"),
        .. Both("stamp-request", "PKIXTSP.TimeStampReq"),
        .. Both("stamp-response", "PKIXTSP.TimeStampResp"),
        .. Both("signed-pkcs7", "PKCS7.ContentInfo", "CryptographicMessageSyntax2004.ContentInfo", "CryptographicMessageSyntax2010.ContentInfo"),
        .. Both("enveloped-pkcs7", "PKCS7.ContentInfo", "CryptographicMessageSyntax2004.ContentInfo", "CryptographicMessageSyntax2010.ContentInfo"),
        .. new[] { "signed", "signed-receipt", "enveloped", "enveloped-password", "enveloped-kek", "enveloped-ec", "digested", "encrypted", "data" }
            .SelectMany(name => Both(name, "CryptographicMessageSyntax2004.ContentInfo", "CryptographicMessageSyntax2010.ContentInfo")),
        .. new[] { "ir", "ip", "certConf", "pkiconf", "p10cr", "cp", "kur", "kup", "rr", "rp", "genm", "genp" }.SelectMany(name => Both("cmp-" + name, "PKIXCMP2023.PKIMessage")),
        .. Both("full", "EnrollmentMessageSyntax2009.PKIData"),
        .. Both("full-request", "CryptographicMessageSyntax2004.ContentInfo", "CryptographicMessageSyntax2010.ContentInfo"),
        ("open.p12", "PKCS12.PFX"), ("closed.p12", "PKCS12.PFX"),
    ]);

    [Theory]
    [MemberData(nameof(Rows))]
    public void File_ComesBack_TheSame(string file, string type)
    {
        var der = files[file];
        var generated = GeneratedTypes.Get(type);
        generated.Codec.Validate(der);
        generated.Descriptor.Check(der);
        Assert.Equal(Convert.ToHexString(der), Convert.ToHexString(generated.Codec.Encode(generated.Codec.Decode(der))));
        Assert.Equal(Convert.ToHexString(der), Convert.ToHexString(Jer.ToDer(generated.Descriptor, Jer.FromDer(generated.Descriptor, der))));
    }

    [Theory]
    [InlineData("PKCS7.ContentInfo")]
    [InlineData("CryptographicMessageSyntax2010.ContentInfo")]
    public void Certificates_InAnyOrder_AreBer(string type)
    {
        var (ber, generated) = (files["certificates.der"], GeneratedTypes.Get(type));
        Assert.Contains("out of order", Assert.Throws<DerException>(() => generated.Codec.Decode(ber)).Message, StringComparison.Ordinal);
        var der = Ber.ToDer(generated.Descriptor, ber);
        Assert.Equal(ber.Length, der.Length);
        Assert.Equal(Convert.ToHexString(der), Convert.ToHexString(generated.Codec.Encode(generated.Codec.Decode(der))));
    }

    private static IEnumerable<(string File, string Type)> Both(string name, params string[] types) => types.Select(type => ($"{name}.der", type));
}
