using System.Buffers;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Crls;

/// <summary>Writes the entries of a list one behind the other; the usual ones, with a number, a date and perhaps a reason, without any object.</summary>
internal static class EntryWriter
{
    private const int UsualLength = 56;
    private const int LongestUsualSerial = 64;

    // SEQUENCE { SEQUENCE { id-ce-reasonCode, OCTET STRING { ENUMERATED } } }, the reason behind it.
    private static ReadOnlySpan<byte> Reason => [0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01];

    /// <summary>Writes the entries of a template.</summary>
    /// <exception cref="ArgumentException">An entry does not fit the list.</exception>
    public static ReadOnlyMemory<byte> Write(RevocationListTemplate template, DistinguishedName listIssuer)
    {
        var isIndirect = template.DistributionPoint is { IndirectCRL: true };
        var buffer = new ArrayBufferWriter<byte>(Math.Max(1, template.Entries.Count * UsualLength));
        var issuer = isIndirect && template.Previous is { EntryOctets.IsEmpty: false } ? null : listIssuer; // null: nobody knows what stands before
        foreach (var entry in template.Entries)
        {
            Require(entry, template, isIndirect);
            var own = entry.CertificateIssuer ?? listIssuer;
            var statesIssuer = isIndirect && !own.Equals(issuer);
            issuer = own;
            if (statesIssuer || entry.InvalidityDate is not null || entry.OtherExtensions.Count > 0 || !IsUsual(entry))
                buffer.Write(Encode(entry, statesIssuer ? own : null));
            else
                buffer.Advance(WriteUsual(entry, buffer.GetSpan(LongestUsualSerial + UsualLength)));
        }

        return buffer.WrittenMemory;
    }

    private static void Require(RevokedCertificate entry, RevocationListTemplate template, bool isIndirect)
    {
        if (entry.Reason == CRLReason.RemoveFromCRL && template.BaseNumber is null)
            throw new ArgumentException("Only a delta list removes from a list (RFC 5280 §5.3.1).", nameof(template));
        if (entry.CertificateIssuer is not null && !isIndirect)
            throw new ArgumentException("Only an indirect list names issuers (RFC 5280 §5.3.3).", nameof(template));
    }

    private static bool IsUsual(RevokedCertificate entry) =>
        entry.SerialNumber.Octets.Length <= LongestUsualSerial && entry.RevocationDate.UtcDateTime.Year is >= 1950 and < 2050;

    private static int WriteUsual(RevokedCertificate entry, Span<byte> room)
    {
        var serial = entry.SerialNumber.Octets.Span;
        var at = 2;
        room[at++] = 0x02;
        room[at++] = (byte)serial.Length;
        serial.CopyTo(room[at..]);
        at += serial.Length;
        room[at++] = 0x17;
        room[at++] = 13;
        WriteTime(entry.RevocationDate.UtcDateTime, room[at..]);
        at += 13;
        if (entry.Reason is { } reason && reason != CRLReason.Unspecified)
        {
            Reason.CopyTo(room[at..]);
            at += Reason.Length;
            room[at++] = (byte)reason;
        }

        room[0] = 0x30;
        room[1] = (byte)(at - 2);
        return at;
    }

    // YYMMDDHHMMSSZ.
    private static void WriteTime(DateTime time, Span<byte> room)
    {
        ReadOnlySpan<int> parts = [time.Year % 100, time.Month, time.Day, time.Hour, time.Minute, time.Second];
        for (var i = 0; i < parts.Length; i++)
        {
            room[2 * i] = (byte)('0' + (parts[i] / 10));
            room[(2 * i) + 1] = (byte)('0' + (parts[i] % 10));
        }

        room[12] = (byte)'Z';
    }

    private static byte[] Encode(RevokedCertificate entry, DistinguishedName? issuer)
    {
        var extensions = new List<Extension>(entry.OtherExtensions);
        if (entry.Reason is { } reason && reason != CRLReason.Unspecified)
            extensions.Add(Make(CertificateExtensionsValues.IdCeReasonCode, false, [0x0A, 0x01, (byte)reason]));
        if (entry.InvalidityDate is { } date)
            extensions.Add(Make(CertificateExtensionsValues.IdCeInvalidityDate, false, Der.Encode(GeneralizedTime.From(date), static (ref DerWriter writer, GeneralizedTime time) => writer.WriteGeneralizedTime(Tag.GeneralizedTime, time))));
        if (issuer is not null)
            extensions.Add(Make(CertificateExtensionsValues.IdCeCertificateIssuer, true, new GeneralNames((SequenceOf<GeneralName>)[new GeneralName.DirectoryName(issuer.Name)]).Encode()));
        return Der.Encode(new CertificateListToBeSignedRevokedCertificatesItem
        {
            UserCertificate = new CertificateSerialNumber(entry.SerialNumber),
            RevocationDate = Times.From(entry.RevocationDate),
            CrlEntryExtensions = extensions.Count == 0 ? default(Extensions?) : new Extensions((SequenceOf<Extension>)extensions.ToArray()),
        });
    }

    private static Extension Make(ObjectIdentifier extnId, bool critical, byte[] value) => new() { ExtnId = extnId, Critical = critical, ExtnValue = value };
}
