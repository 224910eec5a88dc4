using System.Formats.Asn1;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Encodes certificates by hand with <see cref="AsnWriter"/>.</summary>
internal static class HandWriter
{
    private const int UsualLength = 2048;

    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag IssuerIdTag = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag SubjectIdTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3);

    /// <summary>Encodes all fields.</summary>
    public static byte[] Encode(HandCertificate certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, UsualLength);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                Fields(writer, certificate);
            Algorithm(writer, certificate.SignatureAlgorithm);
            Bits(writer, certificate.SignatureValue);
        }

        return writer.Encode();
    }

    private static void Fields(AsnWriter writer, HandCertificate certificate)
    {
        if (certificate.Version != 0)
        {
            using (writer.PushSequence(VersionTag))
                writer.WriteInteger(certificate.Version);
        }

        writer.WriteInteger(certificate.SerialNumber.Span);
        Algorithm(writer, certificate.Signature);
        Name(writer, certificate.Issuer);
        using (writer.PushSequence())
        {
            Time(writer, certificate.NotBefore);
            Time(writer, certificate.NotAfter);
        }

        Name(writer, certificate.Subject);
        using (writer.PushSequence())
        {
            Algorithm(writer, certificate.KeyAlgorithm);
            Bits(writer, certificate.PublicKey);
        }

        if (certificate.IssuerUniqueId is { } issuerId)
            Bits(writer, issuerId, IssuerIdTag);
        if (certificate.SubjectUniqueId is { } subjectId)
            Bits(writer, subjectId, SubjectIdTag);
        if (certificate.Extensions is { } extensions)
            Extensions(writer, extensions);
    }

    private static void Extensions(AsnWriter writer, HandExtension[] extensions)
    {
        using (writer.PushSequence(ExtensionsTag))
        using (writer.PushSequence())
        {
            foreach (var extension in extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid);
                    if (extension.Critical)
                        writer.WriteBoolean(true);
                    writer.WriteOctetString(extension.Value.Span);
                }
            }
        }
    }

    private static void Algorithm(AsnWriter writer, HandAlgorithm algorithm)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(algorithm.Oid);
            if (algorithm.Parameters is { } parameters)
                writer.WriteEncodedValue(parameters.Span);
        }
    }

    private static void Name(AsnWriter writer, HandAttribute[][] names)
    {
        using (writer.PushSequence())
        {
            foreach (var attributes in names)
            {
                using (writer.PushSetOf())
                {
                    foreach (var attribute in attributes)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(attribute.Oid);
                            writer.WriteEncodedValue(attribute.Value.Span);
                        }
                    }
                }
            }
        }
    }

    private static void Time(AsnWriter writer, HandTime time)
    {
        if (time.IsUtc)
            writer.WriteUtcTime(time.Value);
        else
            writer.WriteGeneralizedTime(time.Value, omitFractionalSeconds: true);
    }

    private static void Bits(AsnWriter writer, HandBits bits, Asn1Tag? tag = null) => writer.WriteBitString(bits.Octets.Span, bits.UnusedBits, tag);
}
