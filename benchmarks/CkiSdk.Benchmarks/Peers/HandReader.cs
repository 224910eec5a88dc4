using System.Formats.Asn1;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Decodes certificates by hand with <see cref="AsnReader"/>, slices where it gives them.</summary>
internal static class HandReader
{
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag IssuerIdTag = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag SubjectIdTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    /// <summary>Decodes all fields; nothing may follow.</summary>
    public static HandCertificate Decode(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var fields = certificate.ReadSequence();
        var algorithm = Algorithm(certificate);
        var signature = Bits(certificate, Asn1Tag.PrimitiveBitString);
        certificate.ThrowIfNotEmpty();

        var version = fields.PeekTag() == VersionTag ? Version(fields.ReadSequence(VersionTag)) : 0;
        var serial = fields.ReadIntegerBytes();
        var signatureAlgorithm = Algorithm(fields);
        var issuer = Name(fields);
        var validity = fields.ReadSequence();
        var (notBefore, notAfter) = (Time(validity), Time(validity));
        validity.ThrowIfNotEmpty();
        var subject = Name(fields);
        var key = fields.ReadSequence();
        var (keyAlgorithm, publicKey) = (Algorithm(key), Bits(key, Asn1Tag.PrimitiveBitString));
        key.ThrowIfNotEmpty();
        HandBits? issuerId = Next(fields, IssuerIdTag) ? Bits(fields, IssuerIdTag) : null;
        HandBits? subjectId = Next(fields, SubjectIdTag) ? Bits(fields, SubjectIdTag) : null;
        var extensions = Next(fields, ExtensionsTag) ? Extensions(fields.ReadSequence(ExtensionsTag)) : null;
        fields.ThrowIfNotEmpty();
        return new HandCertificate(
            version, serial, signatureAlgorithm, issuer, notBefore, notAfter, subject, keyAlgorithm, publicKey, issuerId, subjectId, extensions, algorithm, signature);
    }

    /// <summary>Decodes a name.</summary>
    public static HandAttribute[][] Name(AsnReader reader)
    {
        var names = new List<HandAttribute[]>();
        for (var sequence = reader.ReadSequence(); sequence.HasData;)
        {
            var attributes = new List<HandAttribute>(1);
            for (var set = sequence.ReadSetOf(); set.HasData;)
            {
                var inner = set.ReadSequence();
                attributes.Add(new(inner.ReadObjectIdentifier(), inner.ReadEncodedValue()));
                inner.ThrowIfNotEmpty();
            }

            names.Add([.. attributes]);
        }

        return [.. names];
    }

    private static bool Next(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag() == tag;

    private static int Version(AsnReader reader)
    {
        if (!reader.TryReadInt32(out var version) || version == 0) throw new AsnContentException("version");
        reader.ThrowIfNotEmpty();
        return version;
    }

    private static HandAlgorithm Algorithm(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        var algorithm = new HandAlgorithm(inner.ReadObjectIdentifier(), inner.HasData ? inner.ReadEncodedValue() : default(ReadOnlyMemory<byte>?));
        inner.ThrowIfNotEmpty();
        return algorithm;
    }

    private static HandTime Time(AsnReader reader) => reader.PeekTag() == Asn1Tag.UtcTime
        ? new(reader.ReadUtcTime(), true)
        : new(reader.ReadGeneralizedTime(), false);

    private static HandBits Bits(AsnReader reader, Asn1Tag tag) => reader.TryReadPrimitiveBitString(out var unused, out var octets, tag)
        ? new(octets, unused)
        : throw new AsnContentException("BIT STRING");

    private static HandExtension[] Extensions(AsnReader reader)
    {
        var extensions = new List<HandExtension>();
        for (var sequence = reader.ReadSequence(); sequence.HasData;)
        {
            var inner = sequence.ReadSequence();
            var oid = inner.ReadObjectIdentifier();
            var critical = inner.PeekTag() == Asn1Tag.Boolean && inner.ReadBoolean();
            if (!inner.TryReadPrimitiveOctetString(out var value)) throw new AsnContentException("extnValue");
            inner.ThrowIfNotEmpty();
            extensions.Add(new(oid, critical, value));
        }

        reader.ThrowIfNotEmpty();
        return [.. extensions];
    }
}
