using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Tests.Paths;

/// <summary>Shows which lists speak of which certificates (RFC 5280 §6.3).</summary>
public sealed class RevocationTests : IDisposable
{
    private readonly PathLab _lab = new();
    private readonly Certificate _root;
    private readonly Certificate _middle;
    private readonly Certificate _end;

    public RevocationTests()
    {
        _root = _lab.Root("R");
        _middle = _lab.Authority("M", "R");
        _end = _lab.End("E", "M");
    }

    [Fact]
    public void AnEntry_Revokes_EndAndAuthority()
    {
        Valid(List("M"));
        PathLab.Refused(Run(List("M", Entry(_end))), ReasonCode.Revoked, 0);
        PathLab.Refused(Run(List("M"), List("R", Entry(_middle))), ReasonCode.Revoked, 1);
        Valid(List("M", Entry(_middle)));
    }

    [Fact]
    public void Scope_Says_WhoMustBeCovered()
    {
        PathLab.Refused(Run(List("R")), ReasonCode.UnknownRevocation, 0);
        PathLab.Refused(Run(options => options with { RevocationScope = RevocationScope.WholePath }, List("M")), ReasonCode.UnknownRevocation, 1);
        PathLab.Valid(Run(options => options with { RevocationScope = RevocationScope.WholePath }, List("M"), List("R")), 3);
        PathLab.Valid(Run(options => options with { RevocationScope = RevocationScope.None }, List("R")), 3);
        PathLab.Refused(Run(options => options with { RevocationScope = RevocationScope.EndCertificate }), ReasonCode.UnknownRevocation, 0);
    }

    [Fact]
    public void ListsThatDoNotCount_LeaveItUnknown()
    {
        Unknown(List("M", template: template => template with { NextIssueAt = PathLab.Now.AddMinutes(-1) }));
        Unknown(List("M", template: template => template with { IssuedAt = PathLab.Now.AddMinutes(1), NextIssueAt = PathLab.Now.AddDays(1) }));
        Unknown(List("M", key: "impostor"));
        Unknown(List("M", template: template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlyContainsCACerts = true } }));
        Unknown(List("M", template: template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlySomeReasons = new ReasonFlags(BitString.FromNamedBits(1)) } }));
        var critical = new Extension { ExtnId = ObjectIdentifier.Parse("1.2.3"), Critical = true, ExtnValue = [5, 0] };
        Unknown(List("M", Entry(_root) with { OtherExtensions = [critical] }));
        Valid(List("M", template: template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlyContainsUserCerts = true } }));
    }

    [Fact]
    public void Reasons_OfSeveralLists_AddUp()
    {
        var some = List("M", template: template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlySomeReasons = new ReasonFlags(BitString.FromNamedBits(1, 2)) } });
        var rest = List("M", template: template => template with { DistributionPoint = new IssuingDistPointSyntax { OnlySomeReasons = new ReasonFlags(BitString.FromNamedBits(3, 4, 5, 6, 7, 8)) } });
        Valid(some, rest);
        Unknown(some);
    }

    [Fact]
    public void Deltas_AddAndTakeBack()
    {
        var full = List("M", template: template => template with { Number = 5 });
        var held = List("M", [Entry(_end) with { Reason = CRLReason.CertificateHold }], template => template with { Number = 5 });
        RevocationList Delta(params RevokedCertificate[] entries) => List("M", entries, template => template with { Number = 7, BaseNumber = 5 });
        PathLab.Refused(Run(full, Delta(Entry(_end))), ReasonCode.Revoked, 0);
        PathLab.Refused(Run(held, Delta()), ReasonCode.Revoked, 0);
        Valid(held, Delta(Entry(_end) with { Reason = CRLReason.RemoveFromCRL }));
        Unknown(Delta(Entry(_end)));
    }

    [Fact]
    public void IndirectLists_Count_WhereTheCertificateSaysSo()
    {
        var issuer = _lab.Authority("C", "R");
        var point = new DistributionPoint { CRLIssuer = Names(issuer.Subject) };
        var extension = CertificateExtension.Make(CertificateExtensionsValues.IdCeCRLDistributionPoints, critical: false, new CRLDistPointsSyntax((SequenceOf<DistributionPoint>)[point]));
        var end = _lab.End("E3", "M", extension);
        RevocationList Indirect(params RevokedCertificate[] entries) => List("C", entries, template => template with { DistributionPoint = new IssuingDistPointSyntax { IndirectCRL = true } });
        ValidationResult Check(Certificate certificate, params RevocationList[] lists) =>
            PathLab.Validate(_root, certificate, [_middle, issuer], options => options with { RevocationLists = lists });
        PathLab.Valid(Check(end, Indirect()), 3);
        PathLab.Refused(Check(end, Indirect(Entry(end) with { CertificateIssuer = _middle.Subject })), ReasonCode.Revoked, 0);
        PathLab.Valid(Check(end, Indirect(Entry(end))), 3);
        PathLab.Refused(Check(_end, Indirect()), ReasonCode.UnknownRevocation, 0);
        PathLab.Refused(Check(end, List("C")), ReasonCode.UnknownRevocation, 0);
    }

    [Fact]
    public void ListsAboutServers_KeepTheRulesOfTheWebPki()
    {
        RevocationList With(IssuingDistPointSyntax? scope, params RevokedCertificate[] entries) => List("M", entries, template => template with { DistributionPoint = scope });
        ReasonCode[] Codes(Certificate end, RevocationList list, KeyPurpose purpose) =>
            [.. PathLab.Validate(_root, end, [_middle], options => options with { Purpose = purpose, RevocationLists = [list] }).Reasons.Select(reason => reason.Code)];
        GeneralName[] both = [new GeneralName.UniformResourceIdentifier("http://crl.example/1"), new GeneralName.DNSName("crl.example")];
        DistributionPointName Full(params GeneralName[] names) => new DistributionPointName.FullName(new GeneralNames((SequenceOf<GeneralName>)names));
        Extension Points(params GeneralName[] names) =>
            CertificateExtension.Make(CertificateExtensionsValues.IdCeCRLDistributionPoints, critical: false, new CRLDistPointsSyntax((SequenceOf<DistributionPoint>)[new DistributionPoint { DistributionPoint_ = Full(names) }]));
        var (end, loose) = (_lab.End("E5", "M", Points(both[0])), _lab.End("E6", "M", Points(both)));
        var random = new RevokedCertificate { SerialNumber = 99, RevocationDate = PathLab.Now.AddDays(-1) };
        Assert.Empty(Codes(end, With(new IssuingDistPointSyntax { DistributionPoint = Full(both[0]) }, random), KeyPurpose.TlsServer));
        Assert.Equal([ReasonCode.UnknownRevocation], Codes(end, With(null, random, random), KeyPurpose.TlsServer));
        Assert.Equal([ReasonCode.UnknownRevocation], Codes(end, With(null, random, random), KeyPurpose.TlsClient));
        Assert.Equal([ReasonCode.UnknownRevocation], Codes(end, With(new IssuingDistPointSyntax { IndirectCRL = true }), KeyPurpose.TlsServer));
        Assert.Equal([ReasonCode.UnknownRevocation], Codes(end, With(new IssuingDistPointSyntax { DistributionPoint = Full(both) }), KeyPurpose.TlsServer));
        Assert.Empty(Codes(end, With(new IssuingDistPointSyntax { DistributionPoint = Full(both) }), KeyPurpose.TlsClient));
        Assert.Equal([ReasonCode.ProfileViolation], Codes(loose, With(null), KeyPurpose.TlsServer));
        Assert.Empty(Codes(loose, With(null), KeyPurpose.TlsClient));
    }

    [Fact]
    public void DistributionPoints_MustMeet()
    {
        var extension = CertificateExtension.RevocationLists("http://crl.example/1");
        var end = _lab.End("E4", "M", extension);
        RevocationList At(string uri) => List("M", template: template => template with
        {
            DistributionPoint = new IssuingDistPointSyntax
            {
                DistributionPoint = new DistributionPointName.FullName(new GeneralNames((SequenceOf<GeneralName>)[new GeneralName.UniformResourceIdentifier(uri)])),
            },
        });
        ValidationResult Check(RevocationList list) => PathLab.Validate(_root, end, [_middle], options => options with { RevocationLists = [list] });
        PathLab.Valid(Check(At("http://crl.example/1")), 3);
        PathLab.Refused(Check(At("http://crl.example/2")), ReasonCode.UnknownRevocation, 0);
        PathLab.Valid(Check(List("M")), 3);
    }

    [Fact]
    public void ASeparateKey_MaySign_WhereItsOwnPathIsValid()
    {
        var signer = _lab.Make("M", "R", "crl key", null, [CertificateExtension.KeyUsage(KeyUsage.CRLSign)]);
        var list = List("M", key: "crl key");
        ValidationResult Check(params RevocationList[] lists) => PathLab.Validate(_root, _end, [_middle, signer], options => options with { RevocationLists = lists });
        PathLab.Valid(Check(list), 3);
        PathLab.Refused(Check(list, List("R", Entry(signer))), ReasonCode.UnknownRevocation, 0);
        var unable = _lab.Make("M", "R", "crl key", null, [CertificateExtension.KeyUsage(KeyUsage.DigitalSignature)]);
        PathLab.Refused(PathLab.Validate(_root, _end, [_middle, unable], options => options with { RevocationLists = [list] }), ReasonCode.UnknownRevocation, 0);
    }

    public void Dispose() => _lab.Dispose();

    private static GeneralNames Names(DistinguishedName name) => new((SequenceOf<GeneralName>)[new GeneralName.DirectoryName(name.Name)]);

    private static RevokedCertificate Entry(Certificate certificate) => new() { SerialNumber = certificate.SerialNumber, RevocationDate = PathLab.Now.AddDays(-1) };

    private RevocationList List(string issuer, params RevokedCertificate[] entries) => List(issuer, entries, null);

    private RevocationList List(string issuer, RevokedCertificate[]? entries = null, Func<RevocationListTemplate, RevocationListTemplate>? template = null, string? key = null)
    {
        var signer = _lab.KeyOf(key ?? issuer);
        var content = new RevocationListTemplate { IssuedAt = PathLab.Now.AddHours(-1), NextIssueAt = PathLab.Now.AddDays(1), Number = 1, Entries = entries ?? [] };
        return RevocationListSigner.SignAsync(template?.Invoke(content) ?? content, _lab.Authority(issuer, "R", key: key ?? issuer), signer, signer.Algorithms[0]).AsTask().GetAwaiter().GetResult();
    }

    private ValidationResult Run(params RevocationList[] lists) => Run(options => options, lists);

    private ValidationResult Run(Func<PathOptions, PathOptions> change, params RevocationList[] lists) =>
        PathLab.Validate(_root, _end, [_middle], options => change(options with { RevocationLists = lists }));

    private void Valid(params RevocationList[] lists) => PathLab.Valid(Run(lists), 3);

    private void Unknown(params RevocationList[] lists) => PathLab.Refused(Run(lists), ReasonCode.UnknownRevocation, 0);
}
