using System.Net;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Pki.Tests.Paths;

/// <summary>Shows which names lie in which subtrees (RFC 5280 §4.2.1.10).</summary>
public sealed class NameConstraintsTests : IDisposable
{
    private readonly PathLab _lab = new();

    [Theory]
    [InlineData("dns", "example.com", "example.com", true)]
    [InlineData("dns", "example.com", "a.b.EXAMPLE.com", true)]
    [InlineData("dns", "example.com", "badexample.com", false)]
    [InlineData("dns", "example.com", "*.example.com", true)]
    [InlineData("dns", "a.example.com", "*.example.com", false)]
    [InlineData("dns", "example.com", ".example.com", false)]
    [InlineData("dns", "", "anything.example", true)]
    [InlineData("mail", "user@example.com", "user@EXAMPLE.com", true)]
    [InlineData("mail", "user@example.com", "User@example.com", false)]
    [InlineData("mail", "example.com", "any@example.com", true)]
    [InlineData("mail", "example.com", "any@sub.example.com", false)]
    [InlineData("mail", ".example.com", "any@sub.example.com", true)]
    [InlineData("mail", ".example.com", "any@example.com", false)]
    [InlineData("mail", "example.com", "two@ats@example.com", false)]
    [InlineData("uri", "example.com", "https://user@example.com:8443/path", true)]
    [InlineData("uri", "example.com", "https://sub.example.com/", false)]
    [InlineData("uri", ".example.com", "https://sub.example.com/", true)]
    [InlineData("uri", "example.com", "urn:example.com", false)]
    [InlineData("uri", "example.com", "https://192.0.2.1/", false)]
    [InlineData("ip", "192.0.2.0/24", "192.0.2.77", true)]
    [InlineData("ip", "192.0.2.0/24", "192.0.3.77", false)]
    [InlineData("ip", "192.0.2.0/24", "2001:db8::1", false)]
    [InlineData("ip", "2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("name", "O=Lab", "CN=x,O=LAB", true)]
    [InlineData("name", "O=Lab", "CN=x,O=Other", false)]
    [InlineData("name", "OU=a,O=Lab", "O=Lab", false)]
    public void Permitted_Admits_Exactly(string form, string subtree, string name, bool isPermitted)
    {
        var result = Validate([Base(form, subtree)], null, Name(form, name));
        Assert.True(isPermitted == result.IsValid, string.Join("; ", result.Reasons));
        if (!isPermitted)
            PathLab.Refused(result, ReasonCode.NameNotPermitted, 0);
    }

    [Theory]
    [InlineData("dns", "bar.example.com", "*.example.com", false)]
    [InlineData("dns", "a.bar.example.com", "*.example.com", true)]
    [InlineData("dns", "example.com", "example.org", true)]
    [InlineData("dns", "example.com", "sub.example.com", false)]
    [InlineData("dns", "", "example.com", false)]
    [InlineData("mail", "example.com", "user@example.com", false)]
    [InlineData("mail", "example.com", "user@example.org", true)]
    [InlineData("mail", "example.com", "malformed", false)]
    [InlineData("uri", "example.com", "urn:whatever", false)]
    [InlineData("ip", "192.0.2.0/24", "192.0.2.1", false)]
    [InlineData("name", "CN=x,O=Lab", "CN=x,O=Lab", false)]
    public void Excluded_Refuses_Exactly(string form, string subtree, string name, bool isAdmitted)
    {
        var result = Validate(null, [Base(form, subtree)], Name(form, name));
        Assert.True(isAdmitted == result.IsValid, string.Join("; ", result.Reasons));
        if (!isAdmitted)
            PathLab.Refused(result, ReasonCode.NameExcluded, 0);
    }

    [Theory]
    [InlineData("a wildcard", "dns", "*.example.com")]
    [InlineData("a dot in front", "dns", ".example.com")]
    [InlineData("two ats", "mail", "a@b@example.com")]
    [InlineData("an address as host", "uri", "192.0.2.1")]
    [InlineData("a mask with holes", "raw", "C0000200FF00FF00")]
    [InlineData("no mask", "raw", "C0000200")]
    public void MalformedBases_Refuse_ThePath(string description, string form, string subtree)
    {
        var root = form == "raw" ? new GeneralName.IPAddress(Convert.FromHexString(subtree)) : Name(form, subtree);
        Assert.True(Validate([root], null, Name("dns", "example.org")).Reasons.Any(reason => reason.Code == ReasonCode.RefusedNameConstraints), description);
    }

    [Fact]
    public void FormsThatAreNotUnderstood_Refuse_NamesOfThatFormOnly()
    {
        GeneralName other = new GeneralName.RegisteredID(ObjectIdentifier.Parse("1.2.3"));
        PathLab.Refused(Validate(null, [other], new GeneralName.RegisteredID(ObjectIdentifier.Parse("1.2.4"))), ReasonCode.NameExcluded, 0);
        PathLab.Refused(Validate([other], null, other), ReasonCode.NameNotPermitted, 0);
        Assert.True(Validate([other], [other], Name("dns", "example.com")).IsValid);
    }

    [Fact]
    public void Subtrees_Meet_AlongThePath()
    {
        var root = _lab.Root("R", PathLab.NameConstraints([Name("dns", "example.com"), Name("dns", "example.org")]));
        var middle = _lab.Authority("M", "R", more: PathLab.NameConstraints([Name("dns", "a.example.com"), Name("dns", "example.net")]));
        bool IsValid(string host) => PathLab.Validate(root, _lab.End("E", "M", CertificateExtension.SubjectAltName(Name("dns", host))), [middle]).IsValid;
        Assert.True(IsValid("x.a.example.com"));
        Assert.False(IsValid("b.example.com"));
        Assert.False(IsValid("example.org"));
        Assert.False(IsValid("example.net"));
    }

    [Fact]
    public void Mailboxes_OfTheSubject_CountWithoutSubjectAltName()
    {
        var root = _lab.Root("R", PathLab.NameConstraints(null, [Name("mail", "example.com")]));
        var end = _lab.Make("E", "R", null, null, [], content => content with { Subject = DistinguishedName.Parse("emailAddress=user@example.com,O=Lab").Name });
        PathLab.Refused(PathLab.Validate(root, end, []), ReasonCode.NameExcluded, 0);
    }

    [Fact]
    public void SelfIssuedAuthorities_Are_Exempt()
    {
        var root = _lab.Authority("R", "R", key: "old", issuerKey: "old", more: PathLab.NameConstraints([new GeneralName.DirectoryName(PathLab.Name("E").Name)]));
        var again = _lab.Authority("R", "R", key: "new", issuerKey: "old");
        var end = _lab.Make("E", "R", null, "new", [CertificateExtension.KeyUsage(KeyUsage.DigitalSignature)]);
        PathLab.Valid(PathLab.Validate(root, end, [again]), 3);
    }

    [Fact]
    public void Comparisons_Are_Bounded()
    {
        var names = Enumerable.Range(0, 700).Select(i => Name("dns", $"h{i}.example.com")).ToArray();
        var root = _lab.Root("R", PathLab.NameConstraints(names, null));
        PathLab.Refused(PathLab.Validate(root, _lab.End("E", "R", CertificateExtension.SubjectAltName(names)), []), ReasonCode.TooMuchWork, 0);
    }

    public void Dispose() => _lab.Dispose();

    private static GeneralName Base(string form, string text)
    {
        if (form != "ip")
            return Name(form, text);
        var (address, length) = (IPAddress.Parse(text.Split('/')[0]).GetAddressBytes(), int.Parse(text.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture));
        var mask = Enumerable.Range(0, address.Length).Select(i => (byte)(0xFF << (8 - Math.Clamp(length - (8 * i), 0, 8)))).ToArray();
        return new GeneralName.IPAddress((byte[])[.. address, .. mask]);
    }

    private static GeneralName Name(string form, string text) => form switch
    {
        "dns" => new GeneralName.DNSName(text),
        "mail" => new GeneralName.Rfc822Name(text),
        "uri" => new GeneralName.UniformResourceIdentifier(text),
        "ip" => new GeneralName.IPAddress(IPAddress.Parse(text).GetAddressBytes()),
        _ => new GeneralName.DirectoryName(DistinguishedName.Parse(text).Name),
    };

    private ValidationResult Validate(GeneralName[]? permitted, GeneralName[]? excluded, GeneralName name) => PathLab.Validate(
        _lab.Root("R", PathLab.NameConstraints(permitted, excluded)),
        _lab.Make("E", "R", null, null, [CertificateExtension.SubjectAltName(name)], content => content with { Subject = DistinguishedName.Empty.Name }),
        []);
}
