using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Crls;

/// <summary>Reads entries of a list from octets that were validated as a whole.</summary>
internal static class EntryReader
{
    /// <summary>Reads all entries, each with the issuer that the entries before it say (RFC 5280 §5.3.3).</summary>
    public static IEnumerable<RevokedCertificate> ReadAll(ReadOnlyMemory<byte> octets)
    {
        DistinguishedName? issuer = null;
        while (!octets.IsEmpty)
        {
            var entry = Read(octets.Span, issuer, out var length);
            issuer = entry.CertificateIssuer;
            yield return entry;
            octets = octets[length..];
        }
    }

    /// <summary>Reads the entry at the beginning of octets.</summary>
    public static RevokedCertificate Read(ReadOnlySpan<byte> octets, DistinguishedName? issuer, out int length)
    {
        length = Header(octets, out var header) + header;
        var view = ViewElement.Wrap<CertificateListToBeSignedRevokedCertificatesItemView>(octets[..length]);
        var entry = new RevokedCertificate
        {
            SerialNumber = new Integer(view.UserCertificate.Value.Octets.ToArray()),
            RevocationDate = Times.Read(view.RevocationDate.ToRecord()),
            CertificateIssuer = issuer,
        };
        return view.HasCrlEntryExtensions ? WithExtensions(entry, Extensions.Decode(view.CrlEntryExtensions.Encoded.ToArray())) : entry;
    }

    /// <summary>Reads the header of an element: gives the length of its content.</summary>
    public static int Header(ReadOnlySpan<byte> octets, out int header)
    {
        int length = octets[1];
        header = 2;
        if (length < 0x80)
            return length;
        for (length = 0; header < 2 + (octets[1] & 0x7F); header++)
            length = (length << 8) | octets[header];
        return length;
    }

    private static RevokedCertificate WithExtensions(RevokedCertificate entry, Extensions extensions)
    {
        var others = new List<Extension>();
        foreach (var extension in extensions)
        {
            var value = extension.ExtnValue.Memory;
            if (extension.ExtnId == CertificateExtensionsValues.IdCeReasonCode)
                entry = entry with { Reason = CRLReasonCodec.Decode(value) };
            else if (extension.ExtnId == CertificateExtensionsValues.IdCeInvalidityDate)
                entry = entry with { InvalidityDate = ReadTime(value) };
            else if (extension.ExtnId == CertificateExtensionsValues.IdCeCertificateIssuer)
                entry = entry with { CertificateIssuer = ReadIssuer(value) };
            else
                others.Add(extension);
        }

        return others.Count == 0 ? entry : entry with { OtherExtensions = others };
    }

    private static DateTimeOffset ReadTime(ReadOnlyMemory<byte> der)
    {
        var reader = new DerReader(der);
        var time = reader.ReadGeneralizedTime(Tag.GeneralizedTime);
        reader.End();
        return time.ToDateTimeOffset();
    }

    private static DistinguishedName ReadIssuer(ReadOnlyMemory<byte> der)
    {
        var name = GeneralNames.Decode(der).Value.OfType<GeneralName.DirectoryName>().FirstOrDefault()
            ?? throw new DerException(DerErrorKind.ConstraintViolated, 0, "GeneralNames", "certificateIssuer has no directory name");
        return DistinguishedName.From(name.Value);
    }
}
