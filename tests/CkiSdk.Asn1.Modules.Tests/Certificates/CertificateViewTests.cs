using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Asn1.Modules.Tests.Certificates;

/// <summary>Reads real certificates where they lie, and counts what that and decoding allocate.</summary>
public sealed class CertificateViewTests
{
    private static readonly byte[][] Bundle = [.. CaBundle.Read()];

    [Fact]
    public void View_ReadsEachCertificate_WithoutAnAllocation()
    {
        _ = Read(Bundle[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0;
        foreach (var der in Bundle)
            sum += Read(der);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void View_ReadsFromTheStack()
    {
        Assert.Throws<DerException>(static () => { _ = NameView.Decode(stackalloc byte[] { 0x30, 0x02, 0x31, 0x00 }); });
        var name = NameView.Decode([0x30, 0x0D, 0x31, 0x0B, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x13, 0x02, 0x61, 0x62]);
        foreach (var relative in name.RdnSequence)
        {
            foreach (var attribute in relative)
            {
                Assert.True(attribute.Type == ObjectIdentifier.Parse("2.5.4.3"));
                Assert.Equal("2.5.4.3", attribute.Type.ToString());
                var text = attribute.Value.Decode<StringView<PrintableString>>();
                Assert.True(text == "ab" && text != "abc" && text.Equals("ab".AsSpan()));
            }
        }
    }

    [Fact]
    public void View_Agrees_WithTheRecord()
    {
        foreach (var der in Bundle)
        {
            var record = Certificate.Decode(der);
            var view = CertificateView.Decode(der);
            Assert.Equal(record, view.ToRecord());
            Assert.Equal(record.ToBeSigned.Issuer, view.ToBeSigned.Issuer.ToRecord());
            Assert.True(view.ToBeSignedEncoded.SequenceEqual(record.ToBeSignedEncoded.Span));
            Assert.True(view.ToBeSigned.Version.Is(record.ToBeSigned.Version));
            Assert.Equal(record.ToBeSigned.Extensions is not null, view.ToBeSigned.HasExtensions);
        }
    }

    [Fact]
    public void Absent_Component_IsRefused()
    {
        var der = Bundle[0];
        Assert.False(CertificateView.Decode(der).ToBeSigned.HasIssuerUniqueIdentifier);
        var e = Assert.Throws<InvalidOperationException>(() => { _ = CertificateView.Decode(der).ToBeSigned.IssuerUniqueIdentifier; });
        Assert.Contains("issuerUniqueIdentifier", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_AllocatesAtMost_1200OctetsForACertificate()
    {
        foreach (var der in Bundle)
            _ = Certificate.Decode(der);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var der in Bundle)
            _ = Certificate.Decode(der);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Bundle.Length, 1, 1200);
    }

    [Fact]
    public void Encode_Allocates_TheResultOnly()
    {
        foreach (var der in Bundle)
        {
            var decoded = Certificate.Decode(der);
            var certificate = decoded with { ToBeSigned = decoded.ToBeSigned };
            _ = certificate.Encode();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var encoded = certificate.Encode();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(der, encoded);
            Assert.True(encoded.Length > 8192 || allocated <= encoded.Length + 32, $"{allocated} for {encoded.Length}");
        }
    }

    [Fact]
    public void Failure_NamesTheSamePlace_AsDecoding()
    {
        var der = (byte[])Bundle[0].Clone();
        var at = der.AsSpan().IndexOf(new byte[] { 0x31, 0x0B, 0x30, 0x09, 0x06 });
        Assert.True(at > 0);
        der[at + 4] = 0x0C;
        var decoded = Assert.Throws<DerException>(() => Certificate.Decode(der));
        var viewed = Assert.Throws<DerException>(() => { _ = CertificateView.Decode(der); });
        Assert.Equal(decoded.Message, viewed.Message);
        Assert.StartsWith("Certificate.toBeSigned.issuer.rdnSequence[", viewed.Path, StringComparison.Ordinal);
    }

    private static int Read(ReadOnlySpan<byte> der)
    {
        var certificate = CertificateView.Decode(der);
        var fields = certificate.ToBeSigned;
        var sum = fields.SerialNumber.Value.Octets.Length + certificate.ToBeSignedEncoded.Length + fields.Version.Value.ToInt32();
        foreach (var relative in fields.Subject.RdnSequence)
        {
            foreach (var attribute in relative)
                sum += attribute.Type.Encoded.Length + attribute.Value.Content.Length;
        }

        sum += fields.Validity.NotAfter.Kind == TimeView.Alternative.UtcTime ? fields.Validity.NotAfter.UtcTime.Year : fields.Validity.NotAfter.GeneralizedTime.Year;
        if (fields.HasExtensions)
        {
            foreach (var extension in fields.Extensions)
                sum += extension.ExtnId.Encoded.Length + (extension.Critical ? extension.ExtnValue.Length : 0);
        }

        return sum;
    }
}
