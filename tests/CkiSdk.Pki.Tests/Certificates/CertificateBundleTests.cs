using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Reads every certificate that the machine trusts, with the framework's reader as the oracle.</summary>
public sealed class CertificateBundleTests
{
    [Fact]
    public void Bundle_Holds_AHundredCertificates() => Assert.True(CertificateBundle.All.Count >= 100, CertificateBundle.All.Count.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Value_Encodes_ToTheSameOctets() =>
        Assert.All(CertificateBundle.All, certificate => Assert.Equal(certificate.Encoded.ToArray(), certificate.Value.Encode()));

    [Fact]
    public void Fields_Equal_TheFrameworks() => Assert.All(CertificateBundle.All, certificate =>
    {
        using var other = Load(certificate);
        Assert.Equal(other.NotBefore.ToUniversalTime(), certificate.NotBefore.UtcDateTime);
        Assert.Equal(other.NotAfter.ToUniversalTime(), certificate.NotAfter.UtcDateTime);
        Assert.Equal(other.SerialNumberBytes.ToArray(), certificate.SerialNumber.Octets.ToArray());
        Assert.Equal(other.PublicKey.ExportSubjectPublicKeyInfo(), certificate.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(other.SubjectName.RawData, certificate.Subject.Encoded.ToArray());
        Assert.Equal(other.IssuerName.RawData, certificate.Issuer.Encoded.ToArray());
        Assert.Equal(other.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256), certificate.Sha256());
    });

    [Fact]
    public void Extensions_Equal_TheFrameworks() => Assert.All(CertificateBundle.All, certificate =>
    {
        using var other = Load(certificate);
        Assert.Equal(other.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority), certificate.IsAuthority);
        Assert.Equal(
            other.Extensions.OfType<X509SubjectKeyIdentifierExtension>().SingleOrDefault()?.SubjectKeyIdentifier,
            certificate.SubjectKeyIdentifier?.ToHex().ToUpperInvariant());
        Assert.Equal(
            other.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().SingleOrDefault()?.KeyIdentifier?.ToArray(),
            certificate.AuthorityKeyIdentifier?.ToArray());
        Assert.Equal(
            (int?)other.Extensions.OfType<X509KeyUsageExtension>().SingleOrDefault()?.KeyUsages,
            certificate.KeyUsage is { } usage ? FrameworkBits(usage.Value) : null);
    });

    // The framework writes the same order of names with ", " between them and quotes instead of escapes.
    [Fact]
    public void Names_Equal_TheFrameworks() => Assert.All(CertificateBundle.All, certificate =>
    {
        using var other = Load(certificate);
        Assert.Equal(Attributes(other.SubjectName), OurAttributes(certificate.Subject));
        Assert.Equal(Attributes(other.IssuerName), OurAttributes(certificate.Issuer));
    });

    [Fact]
    public void NamesAsText_Equal_TheFrameworks()
    {
        var compared = 0;
        foreach (var certificate in CertificateBundle.All)
        {
            using var other = Load(certificate);
            if (!IsComparable(other.Subject))
                continue;
            compared++;
            Assert.Equal(other.Subject.Replace(", ", ",", StringComparison.Ordinal), certificate.Subject.ToString());
        }

        Assert.True(compared > 60, compared.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void NamesAsText_ParseTo_EqualNames() => Assert.All(CertificateBundle.All, certificate =>
        Assert.Equal(certificate.Subject, DistinguishedName.Parse(certificate.Subject.ToString())));

    [Fact]
    public void Pem_Keeps_TheCertificate() => Assert.All(CertificateBundle.All, certificate =>
        Assert.Equal(certificate, Certificate.FromPem(certificate.ToPem())));

    [Fact]
    public void SelfSignedRoots_Verify_UnlessTheirAlgorithmIsRefused()
    {
        var verified = CertificateBundle.All.Count(certificate => certificate.IsSignedBy(certificate, CryptoProviders.Software));
        Assert.True(verified > 60, verified.ToString(CultureInfo.InvariantCulture));
    }

    private static X509Certificate2 Load(Certificate certificate) => X509CertificateLoader.LoadCertificate(certificate.Encoded.Span);

    // Quotes, types without a keyword and types with another keyword are left to Names_Equal_TheFrameworks.
    private static bool IsComparable(string name) =>
        !name.Contains('"', StringComparison.Ordinal)
        && name.Split(", ").All(part => part.Split('=')[0] is "CN" or "O" or "OU" or "C" or "L" or "DC" or "STREET");

    private static List<string> Attributes(X500DistinguishedName name) =>
        [.. name.EnumerateRelativeDistinguishedNames(reversed: false).Select(relative => $"{relative.GetSingleElementType().Value}={relative.GetSingleElementValue()}")];

    private static List<string> OurAttributes(DistinguishedName name)
    {
        var attributes = new List<string>();
        foreach (var relative in ((Asn1.Modules.InformationFramework.Name.RdnSequence)name.Name).Value)
            attributes.Add($"{Assert.Single(relative.Value).Type}={AttributeText.Read(relative[0].Value)}");
        return attributes;
    }

    private static int FrameworkBits(Asn1.BitString usage)
    {
        var bits = 0;
        for (var i = 0; i < usage.Length; i++)
        {
            if (usage[i])
                bits |= i == 8 ? 0x8000 : 0x80 >> i;
        }

        return bits;
    }
}
