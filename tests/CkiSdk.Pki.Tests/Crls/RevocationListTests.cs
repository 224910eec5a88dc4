using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Tests.Paths;
using CkiSdk.TestSupport;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Tests.Crls;

/// <summary>Shows that lists say what they were told, to us and to OpenSSL.</summary>
public sealed class RevocationListTests : IDisposable
{
    private readonly PathLab _lab = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Sign_Writes_WhatIsReadAgain()
    {
        var root = _lab.Root("R");
        RevokedCertificate[] entries =
        [
            Entry(1),
            Entry(2) with { Reason = CRLReason.KeyCompromise },
            Entry(300) with { Reason = CRLReason.Superseded, InvalidityDate = PathLab.Now.AddDays(-3) },
            Entry(-5),
            Entry(4) with { RevocationDate = new DateTimeOffset(2051, 1, 2, 3, 4, 5, TimeSpan.Zero) },
            Entry(6) with { OtherExtensions = [new Extension { ExtnId = ObjectIdentifier.Parse("1.2.3"), Critical = false, ExtnValue = [5, 0] }] },
        ];
        var list = await Sign(root, Template(entries) with { Number = 77 });
        Assert.Equal(entries, list.Entries, (one, other) => one! with { OtherExtensions = [] } == other! with { OtherExtensions = [] } && one.OtherExtensions.SequenceEqual(other.OtherExtensions));
        Assert.Equal(6, list.Count);
        Assert.Equal(77, list.Number!.Value);
        Assert.Null(list.BaseNumber);
        Assert.True(list.IsVersion2);
        Assert.Equal(root.Subject, list.Issuer);
        Assert.Equal(root.SubjectKeyIdentifier, list.AuthorityKeyIdentifier);
        Assert.True(list.IsSignedBy(root, PathLab.Provider));
        Assert.False(list.IsSignedBy(_lab.Root("Other"), PathLab.Provider));
        Assert.Equal(CRLReason.KeyCompromise, list.Find(2)!.Reason);
        Assert.Equal((Integer)(-5), list.Find(-5)!.SerialNumber);
        Assert.Null(list.Find(3));
        Assert.Null(list.Find(1, PathLab.Name("Somebody")));
        Assert.False(list.HasUnknownCriticalEntryExtension);
    }

    [Fact]
    public async Task Sign_Writes_EmptyLists()
    {
        var list = await Sign(_lab.Root("R"), Template());
        Assert.Empty(list.Entries);
        Assert.Null(list.Find(1));
    }

    // A table with a place for each entry would need 20 thousand million comparisons.
    [Fact]
    public async Task Find_StaysFast_WhereAllEntriesHaveOneNumber()
    {
        var entries = Enumerable.Repeat(Entry(7), 200_000).Append(Entry(7) with { Reason = CRLReason.Superseded }).ToArray();
        var list = await Sign(_lab.Root("R"), Template(entries));
        var taken = ProcessorTime.Of(() =>
        {
            Assert.Equal(CRLReason.Superseded, list.Find(7)!.Reason);
            Assert.Null(list.Find(8));
        });
        Assert.True(taken < TimeSpan.FromSeconds(20), taken.ToString());
    }

    // A list is looked through before its signature is verified: what a stranger wrote into it is no reason yet.
    [Fact]
    public async Task HasUnknownCriticalEntryExtension_Reads_NoNames()
    {
        var malformed = new Extension { ExtnId = CertificateExtensionsValues.IdCeCertificateIssuer, Critical = true, ExtnValue = [0x30, 0x01] };
        var list = await Sign(_lab.Root("R"), Template(Entry(1) with { OtherExtensions = [malformed] }) with { DistributionPoint = new IssuingDistPointSyntax { IndirectCRL = true } });
        Assert.False(list.HasUnknownCriticalEntryExtension);
        Assert.Null(list.Find(2));
        Assert.Throws<DerException>(() => list.Find(1));
    }

    [Fact]
    public async Task Renew_TakesOver_TheEntries()
    {
        var root = _lab.Root("R");
        var first = await Sign(root, Template(Entry(1), Entry(2)) with { Number = 9 });
        var next = await Sign(root, RevocationListTemplate.Renew(first, PathLab.Now, PathLab.Now.AddDays(9)) with { Entries = [Entry(3)] });
        Assert.Equal([1, 2, 3], next.Entries.Select(entry => entry.SerialNumber.ToInt32()));
        Assert.Equal(10, next.Number!.Value);
        Assert.NotNull(next.Find(2));
    }

    [Fact]
    public async Task IndirectLists_Name_EachIssuerOnce()
    {
        var (one, other) = (PathLab.Name("One"), PathLab.Name("Other"));
        var list = await Sign(_lab.Root("R"), Template(Entry(1), Entry(1) with { CertificateIssuer = one }, Entry(2) with { CertificateIssuer = one }, Entry(2) with { CertificateIssuer = other }) with
        {
            DistributionPoint = new IssuingDistPointSyntax { IndirectCRL = true },
        });
        Assert.Equal([null, one, one, other], list.Entries.Select(entry => entry.CertificateIssuer));
        Assert.NotNull(list.Find(1));
        Assert.NotNull(list.Find(2, one));
        Assert.NotNull(list.Find(2, other));
        Assert.Null(list.Find(1, other));
        Assert.Null(list.Find(2));
    }

    [Fact]
    public async Task Sign_Refuses_WhatContradictsItself()
    {
        var root = _lab.Root("R");
        await Assert.ThrowsAsync<ArgumentException>(() => Sign(root, Template() with { NextIssueAt = PathLab.Now.AddYears(-1) }));
        await Assert.ThrowsAsync<ArgumentException>(() => Sign(root, Template() with { BaseNumber = 2 }));
        await Assert.ThrowsAsync<ArgumentException>(() => Sign(root, Template(Entry(1) with { Reason = CRLReason.RemoveFromCRL })));
        await Assert.ThrowsAsync<ArgumentException>(() => Sign(root, Template(Entry(1) with { CertificateIssuer = root.Subject })));
        var mute = _lab.Make("R", "R", null, null, [CertificateExtension.Authority(), CertificateExtension.KeyUsage(KeyUsage.KeyCertSign)]);
        await Assert.ThrowsAsync<CertificateRefusedException>(() => Sign(mute, Template()));
    }

    [Fact]
    public async Task OpenSsl_Reads_AndVerifiesLists()
    {
        var root = _lab.Root("R");
        var list = await Sign(root, Template(Entry(0x1234) with { Reason = CRLReason.CACompromise }, Entry(7)) with { Number = 0x77 });
        string[] arguments = ["crl", "-in", _folder.WriteText("crl.pem", list.ToPem()), "-CAfile", _folder.WriteText("ca.pem", root.ToPem()), "-text", "-noout", "-verify"];
        var result = ExternalProgram.RunOk("openssl", arguments);
        Assert.Contains("verify OK", result.Text + result.Error, StringComparison.Ordinal);
        Assert.Contains("Serial Number: 1234", result.Text, StringComparison.Ordinal);
        Assert.Contains("CA Compromise", result.Text, StringComparison.Ordinal);
        Assert.Matches("X509v3 CRL Number:\\s+119", result.Text);
    }

    [Fact]
    public async Task OneOctetChanged_IsNeverTakenForTheSame()
    {
        var root = _lab.Root("R");
        var octets = (await Sign(root, Template(Entry(1) with { Reason = CRLReason.KeyCompromise }))).Encoded.ToArray();
        for (var i = 0; i < octets.Length; i++)
        {
            var changed = octets.ToArray();
            changed[i] ^= 1;
            Assert.False(RevocationList.TryDecode(changed, out var list) && list.IsSignedBy(root, PathLab.Provider), $"octet {i}");
        }
    }

    public void Dispose()
    {
        _lab.Dispose();
        _folder.Dispose();
    }

    private static RevokedCertificate Entry(int serial) => new() { SerialNumber = serial, RevocationDate = PathLab.Now.AddDays(-1) };

    private static RevocationListTemplate Template(params RevokedCertificate[] entries) =>
        new() { IssuedAt = PathLab.Now.AddHours(-1), NextIssueAt = PathLab.Now.AddDays(1), Number = 1, Entries = entries };

    private async Task<RevocationList> Sign(Certificate issuer, RevocationListTemplate template)
    {
        var key = _lab.KeyOf(issuer.Subject.ToString().Split(',')[0][3..]);
        return await RevocationListSigner.SignAsync(template, issuer, key, key.Algorithms[0]);
    }
}
