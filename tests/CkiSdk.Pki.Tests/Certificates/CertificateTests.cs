using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.TestSupport;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Shows what a certificate gives out, and what it refuses to read.</summary>
public sealed class CertificateTests
{
    [Fact]
    public async Task SendCertificate_Says_WhatTheProfileDemands()
    {
        using var authority = await TestAuthority.Create();
        var certificate = await authority.SignSend();
        Assert.Equal(TestAuthority.User, certificate.Subject);
        Assert.Equal(TestAuthority.Name, certificate.Issuer);
        Assert.Equal(TestAuthority.NotBefore, certificate.NotBefore);
        Assert.Equal(TestAuthority.NotAfter, certificate.NotAfter);
        Assert.Equal(KeyUsage.KeyAgreement | KeyUsage.EncipherOnly, certificate.KeyUsage);
        Assert.True(certificate.FindExtension(CertificateExtensionsValues.IdCeKeyUsage)!.Critical);
        Assert.Equal(authority.Certificate.SubjectKeyIdentifier, certificate.AuthorityKeyIdentifier);
        Assert.Equal(0, SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory).Generation);
        Assert.False(certificate.IsAuthority);
        Assert.Null(certificate.Domain);
        Assert.Null(certificate.FindExtension(CertificateExtensionsValues.IdCeBasicConstraints));
        Assert.Equal(certificate, Certificate.Decode(certificate.Encoded));
        Assert.Equal(certificate, Certificate.From(certificate.Value));
    }

    [Fact]
    public async Task CmaCertificate_Says_WhatTheProfileDemands()
    {
        using var authority = await TestAuthority.Create();
        var certificate = authority.Certificate;
        Assert.True(certificate.IsAuthority);
        Assert.True(certificate.IsSelfIssued);
        Assert.True(certificate.FindExtension(CertificateExtensionsValues.IdCeBasicConstraints)!.Critical);
        Assert.False(certificate.FindExtension(CKIProfileValues.IdCkiPeDomain)!.Critical);
        Assert.Equal(KeyUsage.KeyCertSign | KeyUsage.CRLSign, certificate.KeyUsage);
        Assert.Equal(certificate.SubjectKeyIdentifier, certificate.AuthorityKeyIdentifier);
        var subtree = Assert.Single(certificate.Domain!.PermittedSubtrees!.Value.Value);
        Assert.IsType<GeneralName.DirectoryName>(subtree.Base);
    }

    [Theory]
    [InlineData("untrimmed, as two roots of public trust have it", "03030706 00", 5, 6)]
    [InlineData("trimmed", "03020106", 5, 6)]
    [InlineData("nine bits", "0303070080", 8, 8)]
    public async Task Decode_Reads_KeyUsage(string description, string hex, int first, int second)
    {
        var certificate = await WithKeyUsage(hex);
        Assert.Equal(new KeyUsage(BitString.FromNamedBits(first, second)), certificate.KeyUsage);
        Assert.True(Hex.Decode(hex).AsSpan().SequenceEqual(certificate.FindExtension(CertificateExtensionsValues.IdCeKeyUsage)!.ExtnValue.Span), description);
    }

    [Theory]
    [InlineData("unused bits that are set", "03020107")]
    [InlineData("a length that is not minimal", "0381020106")]
    [InlineData("something behind", "0302010600")]
    [InlineData("another type", "04020106")]
    public async Task Decode_Refuses_KeyUsage(string description, string hex)
    {
        var refusal = await Assert.ThrowsAsync<DerException>(() => WithKeyUsage(hex));
        Assert.True(refusal.Message.Contains("KeyUsage", StringComparison.Ordinal), description);
    }

    [Fact]
    public async Task Decode_Refuses_AnExtensionThatStandsTwice()
    {
        using var authority = await TestAuthority.Create();
        var value = authority.Certificate.Value;
        var extension = value.ToBeSigned.Extensions!.Value[0];
        var twice = value with { ToBeSigned = value.ToBeSigned with { Extensions = new Extensions((SequenceOf<Extension>)[extension, extension]) } };
        var refusal = Assert.Throws<DerException>(() => Certificate.Decode(twice.Encode()));
        Assert.Equal(DerErrorKind.DuplicateComponent, refusal.Kind);
        Assert.False(Certificate.TryDecode(twice.Encode(), out _));
    }

    [Fact]
    public async Task IsSignedBy_Refuses_EveryChangedOctet()
    {
        using var authority = await TestAuthority.Create();
        var octets = (await authority.SignSend()).Encoded.ToArray();
        for (var i = 0; i < octets.Length; i++)
        {
            var changed = octets.ToArray();
            changed[i] ^= 1;
            Assert.False(Certificate.TryDecode(changed, out var certificate) && certificate.IsSignedBy(authority.Certificate, TestAuthority.Provider), $"octet {i}");
        }
    }

    [Fact]
    public async Task IsSignedBy_Refuses_AnotherKeyOfTheSameName()
    {
        using var authority = await TestAuthority.Create();
        using var impostor = await TestAuthority.Create();
        var certificate = await impostor.SignSend();
        Assert.True(certificate.IsSignedBy(impostor.Certificate, TestAuthority.Provider));
        Assert.False(certificate.IsSignedBy(authority.Certificate, TestAuthority.Provider));
    }

    // RFC 5280 §4.1.2.5: 99991231235959Z says that there is no end; one second later there is no DateTimeOffset.
    [Fact]
    public async Task IsValidAt_Accepts_ACertificateWithoutEnd()
    {
        using var authority = await TestAuthority.Create();
        var value = authority.Certificate.Value;
        var end = new Time.GeneralizedTime(new GeneralizedTime("99991231235959Z"u8.ToArray()));
        var validity = value.ToBeSigned.Validity with { NotAfter = end };
        var certificate = Certificate.From(value with { ToBeSigned = value.ToBeSigned with { Validity = validity } });
        Assert.True(certificate.IsValidAt(TestAuthority.NotBefore));
        Assert.True(certificate.IsValidAt(DateTimeOffset.MaxValue));
        Assert.False(certificate.IsValidAt(DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task FromPem_Takes_TheOldLabel()
    {
        using var authority = await TestAuthority.Create();
        Assert.Equal(authority.Certificate, Certificate.FromPem(authority.Certificate.ToPem().Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("another label", "-----BEGIN X-----\nAAAA\n-----END X-----\n")]
    [InlineData("no certificate inside", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void FromPem_Refuses(string description, string pem) =>
        Assert.True(Record.Exception(() => Certificate.FromPem(pem)) is FormatException, description);

    private static async Task<Certificate> WithKeyUsage(string hex)
    {
        using var authority = await TestAuthority.Create();
        var value = authority.Certificate.Value;
        var extension = new Extension { ExtnId = CertificateExtensionsValues.IdCeKeyUsage, Critical = true, ExtnValue = Hex.Decode(hex) };
        return Certificate.Decode((value with { ToBeSigned = value.ToBeSigned with { Extensions = new Extensions((SequenceOf<Extension>)[extension]) } }).Encode());
    }
}
