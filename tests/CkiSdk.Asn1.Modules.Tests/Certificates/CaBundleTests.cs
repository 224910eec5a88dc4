using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.InformationFramework;
using Org.BouncyCastle.Asn1.X509;
using OtherTime = Org.BouncyCastle.Asn1.X509.Time;
using OurExtensions = CkiSdk.Asn1.Modules.AuthenticationFramework.Extensions;
using Time = CkiSdk.Asn1.Modules.AuthenticationFramework.Time;

namespace CkiSdk.Asn1.Modules.Tests.Certificates;

/// <summary>Decodes and encodes every certificate of the machine's authorities.</summary>
public sealed class CaBundleTests
{
    private static readonly IReadOnlyList<byte[]> Bundle = CaBundle.Read();

    [Fact]
    public void Bundle_Holds_ManyCertificates() => Assert.True(Bundle.Count >= 50, $"only {Bundle.Count} certificates");

    [Fact]
    public void EveryCertificate_EncodesTheSame_FromItsFields()
    {
        foreach (var der in Bundle)
        {
            var decoded = Certificate.Decode(der);
            var fromFields = decoded with { ToBeSigned = decoded.ToBeSigned };
            Assert.Equal(Convert.ToHexString(der), Convert.ToHexString(fromFields.Encode()));
            Assert.Equal(Convert.ToHexString(decoded.ToBeSigned.Encode()), Convert.ToHexString(decoded.ToBeSignedEncoded.Span));
            Assert.Equal(decoded, fromFields);
        }
    }

    [Fact]
    public void ToBeSignedEncoded_Is_WhatWasReceived()
    {
        foreach (var der in Bundle)
        {
            var decoded = Certificate.Decode(der);
            Assert.True(der.AsMemory().Span.Overlaps(decoded.ToBeSignedEncoded.Span), "the signed octets were copied");
            Assert.False(der.AsMemory().Span.Overlaps((decoded with { ToBeSigned = decoded.ToBeSigned }).ToBeSignedEncoded.Span));
        }
    }

    [Fact]
    public void EveryCertificate_HasTheValues_OfBouncyCastle()
    {
        foreach (var der in Bundle)
        {
            var ours = Certificate.Decode(der).ToBeSigned;
            var theirs = X509CertificateStructure.GetInstance(der).TbsCertificate;
            Assert.Equal(theirs.SerialNumber.Value.ToString(), ours.SerialNumber.Value.ToString());
            Assert.Equal(theirs.VersionNumber.IntValueExact, ours.Version.Value.ToInt32());
            Assert.Equal(theirs.Subject.GetDerEncoded(), ours.Subject.Encode());
            Assert.Equal(theirs.Issuer.GetDerEncoded(), ours.Issuer.Encode());
            Assert.Equal(Names(theirs.Subject), Names(ours.Subject));
            Assert.Equal(Moment(theirs.Validity.NotBefore), Moment(ours.Validity.NotBefore));
            Assert.Equal(Moment(theirs.Validity.NotAfter), Moment(ours.Validity.NotAfter));
            Assert.Equal(theirs.SubjectPublicKeyInfo.GetDerEncoded(), ours.SubjectPublicKeyInfo.Encode());
            Assert.Equal(theirs.SubjectPublicKeyInfo.Algorithm.Algorithm.GetID(), ours.SubjectPublicKeyInfo.Algorithm.Algorithm.ToString());
            Assert.Equal(Extensions(theirs.Extensions), Extensions(ours.Extensions));
        }
    }

    private static string Names(X509Name name) => string.Join(' ', name.GetOidList().Select(oid => oid.GetID()));

    private static string Names(Name name) =>
        string.Join(' ', ((Name.RdnSequence)name).Value.Value.SelectMany(rdn => rdn.Value).Select(attribute => attribute.Type.ToString()));

    private static DateTime Moment(OtherTime time) => time.ToDateTime().ToUniversalTime();

    private static DateTime Moment(Time time) => time switch
    {
        Time.UtcTime utc => utc.Value.ToDateTimeOffset().UtcDateTime,
        Time.GeneralizedTime general => general.Value.ToDateTimeOffset().UtcDateTime,
        _ => throw new InvalidOperationException(time.GetType().Name),
    };

    private static IEnumerable<string> Extensions(X509Extensions? extensions) => extensions is null ? []
        : extensions.GetExtensionOids().Select(oid => $"{oid.GetID()} {extensions.GetExtension(oid).IsCritical} {Convert.ToHexString(extensions.GetExtension(oid).Value.GetOctets())}");

    private static IEnumerable<string> Extensions(OurExtensions? extensions) => extensions is not { } list ? []
        : list.Value.Select(extension => $"{extension.ExtnId} {extension.Critical} {Convert.ToHexString(extension.ExtnValue.Span)}");
}
