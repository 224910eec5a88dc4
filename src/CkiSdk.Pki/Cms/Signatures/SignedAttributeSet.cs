using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Asn1.Modules.ExtendedSecurityServices2006;
using CkiSdk.Crypto;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Makes and reads the attributes that a signature covers (RFC 5652 §11, RFC 5035 §5.4.1.1).</summary>
internal static class SignedAttributeSet
{
    /// <summary>Makes the attributes of one signer.</summary>
    public static SignedAttributes Make(MessageSigner signer, ObjectIdentifier contentType, byte[] digest, DateTimeOffset? signingTime)
    {
        List<Attribute> attributes =
        [
            Single(CryptographicMessageSyntax2004Values.IdContentType, AnyValue.From(new ContentType(contentType))),
            Single(CryptographicMessageSyntax2004Values.IdMessageDigest, AnyValue.From(new MessageDigest(digest))),
            Single(ExtendedSecurityServices2006Values.IdAaSigningCertificateV2, AnyValue.From(Reference(signer.Certificate))),
        ];
        if (signingTime is { } time)
            attributes.Add(Single(CryptographicMessageSyntax2004Values.IdSigningTime, AnyValue.From(TimeOf(time))));
        attributes.AddRange(signer.SignedAttributes);
        return new SignedAttributes((SetOf<Attribute>)[.. attributes]);
    }

    /// <summary>Finds what is wrong with the attributes of a signature.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? FindFault(SignedAttributes attributes, ObjectIdentifier contentType, byte[] digest, Certificate certificate)
    {
        if (attributes.Value.Select(attribute => attribute.AttrType).Distinct().Count() != attributes.Count)
            return "an attribute stands twice among the signed attributes";
        if (FindValue<ContentType>(attributes, CryptographicMessageSyntax2004Values.IdContentType) is not { } stated || stated.Value != contentType)
            return "the signed content type is not that of the content";
        if (FindValue<MessageDigest>(attributes, CryptographicMessageSyntax2004Values.IdMessageDigest) is not { } signed || !signed.Value.Span.SequenceEqual(digest))
            return "the content is not the one that was signed";
        return IsMeantCertificate(attributes, certificate) ? null : "the signature was made with another certificate of the signer";
    }

    /// <summary>Reads the signing time; null if there is none.</summary>
    public static DateTimeOffset? FindTime(SignedAttributes attributes)
    {
        var value = attributes.Value.FirstOrDefault(attribute => attribute.AttrType == CryptographicMessageSyntax2004Values.IdSigningTime)?.AttrValues;
        return value is { Count: 1 } && Der.TryDecode<Time>(value.Value[0].Encoded, out var time)
            ? time switch
            {
                Time.UtcTime utc => utc.Value.ToDateTimeOffset(),
                Time.GeneralTime general => general.Value.ToDateTimeOffset(),
                _ => null,
            }
            : null;
    }

    private static bool IsMeantCertificate(SignedAttributes attributes, Certificate certificate)
    {
        if (attributes.Value.All(attribute => attribute.AttrType != ExtendedSecurityServices2006Values.IdAaSigningCertificateV2))
            return true;
        return FindReference(attributes) is { Certs.Count: > 0 } reference
            && (reference.Certs[0].HashAlgorithm is { } identifier ? ContentDigests.Find(identifier) : DigestAlgorithm.Sha256) is { } algorithm
            && reference.Certs[0].CertHash.Value.Span.SequenceEqual(ContentDigests.Compute(algorithm, certificate.Encoded.Span));
    }

    private static SigningCertificateV2? FindReference(SignedAttributes attributes)
    {
        var values = attributes.Value.First(attribute => attribute.AttrType == ExtendedSecurityServices2006Values.IdAaSigningCertificateV2).AttrValues;
        return values.Count == 1 && Der.TryDecode<SigningCertificateV2>(values[0].Encoded, out var reference) ? reference : null;
    }

    private static T? FindValue<T>(SignedAttributes attributes, ObjectIdentifier type)
        where T : struct, IDerType<T>
    {
        var values = attributes.Value.FirstOrDefault(attribute => attribute.AttrType == type)?.AttrValues;
        return values is { Count: 1 } && Der.TryDecode<T>(values.Value[0].Encoded, out var value) ? value : null;
    }

    private static SigningCertificateV2 Reference(Certificate certificate) => new()
    {
        Certs = [new ESSCertIDv2 { CertHash = new Hash(certificate.Sha256()) }],
    };

    // RFC 5652 11.3: UTCTime until 2049.
    private static Time TimeOf(DateTimeOffset time) => time.UtcDateTime.Year is >= 1950 and < 2050
        ? new Time.UtcTime(UtcTime.From(time))
        : new Time.GeneralTime(GeneralizedTime.From(time));

    private static Attribute Single(ObjectIdentifier type, AnyValue value) => new() { AttrType = type, AttrValues = [value] };
}
