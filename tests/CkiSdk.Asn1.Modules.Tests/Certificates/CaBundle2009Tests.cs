using CkiSdk.Asn1.Modules.PKIX1Explicit2009;

namespace CkiSdk.Asn1.Modules.Tests.Certificates;

/// <summary>Reads the certificates of the machine's authorities with the modules of 2009: names, algorithms and extensions are typed, the octets are the same.</summary>
public sealed class CaBundle2009Tests
{
    [Fact]
    public void EveryCertificate_EncodesTheSame_FromItsFields()
    {
        foreach (var der in CaBundle.Read())
        {
            var decoded = Certificate.Decode(der);
            var fromFields = decoded with { ToBeSigned = decoded.ToBeSigned with { } };
            Assert.Equal(Convert.ToHexString(der), Convert.ToHexString(fromFields.Encode()));
        }
    }

    [Fact]
    public void KnownExtensions_Are_Typed()
    {
        var extensions = CaBundle.Read().SelectMany(der => Certificate.Decode(der).ToBeSigned.Extensions ?? []).Select(extension => extension.ExtnValue).ToList();
        Assert.Contains(extensions, value => value is TBSCertificateExtensionsItemExtnValue.BasicConstraints { Value.CA: true });
        Assert.Contains(extensions, value => value is TBSCertificateExtensionsItemExtnValue.KeyUsage);
        Assert.DoesNotContain(extensions, value => value is TBSCertificateExtensionsItemExtnValue.Unknown { ExtnID: var id } && id.ToString().StartsWith("2.5.29.", StringComparison.Ordinal));
    }
}
