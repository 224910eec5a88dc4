using System.Net;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Pki.Tests.Paths;

/// <summary>Shows which names in a certificate stand for a peer (RFC 9525 §6, RFC 8550 §3).</summary>
public sealed class PeerNameTests : IDisposable
{
    private readonly PathLab _lab = new();

    [Theory]
    [InlineData("www.example.com", "www.example.com", true)]
    [InlineData("www.example.com", "WWW.Example.COM", true)]
    [InlineData("www.example.com.", "www.example.com", true)]
    [InlineData("www.example.com", "*.example.com", true)]
    [InlineData("a.b.example.com", "*.example.com", false)]
    [InlineData("example.com", "*.example.com", false)]
    [InlineData("example.com", "*.com", false)]
    [InlineData("com", "*", false)]
    [InlineData("baz.example.com", "ba*.example.com", false)]
    [InlineData("foo.bar.example.com", "foo.*.example.com", false)]
    [InlineData("192.0.2.1", "192.0.2.1", false)]
    public void IsNamedBy_Compares_Hosts(string peer, string presented, bool isNamed) =>
        Assert.Equal(isNamed, PeerName.Parse(peer).IsNamedBy(_lab.End("E", "R", CertificateExtension.SubjectAltName(new GeneralName.DNSName(presented)))));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:DB8::1", "2001:db8:0::1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void IsNamedBy_Compares_Addresses(string peer, string presented, bool isNamed) => Assert.Equal(
        isNamed,
        PeerName.Parse(peer).IsNamedBy(_lab.End("E", "R", CertificateExtension.SubjectAltName(new GeneralName.IPAddress(IPAddress.Parse(presented).GetAddressBytes())))));

    [Fact]
    public void IsNamedBy_Compares_Mailboxes_AndNeverTheCommonName()
    {
        var certificate = _lab.End("host.example", "R", CertificateExtension.SubjectAltName(new GeneralName.Rfc822Name("user@EXAMPLE.com")));
        Assert.True(PeerName.Parse("user@example.com").IsNamedBy(certificate));
        Assert.False(PeerName.Parse("USER@example.com").IsNamedBy(certificate));
        Assert.False(PeerName.Parse("host.example").IsNamedBy(certificate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*.example.com")]
    [InlineData("bücher.example")]
    [InlineData("a..b")]
    [InlineData("1.2.3")]
    [InlineData("a@b@c")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("127.0.0.01")]
    [InlineData("fe80::1%1")]
    public void Parse_Refuses(string text) => Assert.Throws<FormatException>(() => PeerName.Parse(text));

    public void Dispose() => _lab.Dispose();
}
