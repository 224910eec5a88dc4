using System.Numerics;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Crls;

/// <summary>Finds entries by serial number: a table of offsets with open addressing, built in one pass over the octets.</summary>
internal sealed class EntryIndex
{
    // The value octets of the identifiers, for comparison where they lie.
    private static readonly ReadOnlyMemory<byte> CertificateIssuer = CertificateExtensionsValues.IdCeCertificateIssuer.Encoded;
    private static readonly ReadOnlyMemory<byte>[] Known =
    [
        CertificateExtensionsValues.IdCeReasonCode.Encoded,
        CertificateExtensionsValues.IdCeInvalidityDate.Encoded,
        CertificateIssuer,
        CertificateExtensionsValues.IdCeInstructionCode.Encoded,
    ];

    private readonly ReadOnlyMemory<byte> _octets;
    private readonly int[] _slots; // offset + 1; 0 for free
    private readonly List<(int From, DistinguishedName Issuer)> _issuers = []; // from which offset on

    public EntryIndex(ReadOnlyMemory<byte> octets, bool isIndirect)
    {
        _octets = octets;
        var span = octets.Span;
        var offsets = new List<int>();
        for (var at = 0; at < span.Length;)
        {
            offsets.Add(at);
            var length = EntryReader.Header(span[at..], out var header);
            Look(span.Slice(at + header, length), at, isIndirect);
            at += header + length;
        }

        Count = offsets.Count;
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, Count * 2L))];
        foreach (var offset in offsets)
            Insert(span, offset);
    }

    public int Count { get; }

    public bool HasUnknownCritical { get; private set; }

    /// <summary>Finds the last entry of a number whose certificate has an issuer; null stands for that of the list.</summary>
    public RevokedCertificate? Find(ReadOnlySpan<byte> serial, DistinguishedName? issuer, DistinguishedName own)
    {
        var span = _octets.Span;
        RevokedCertificate? found = null;
        for (var slot = SlotOf(serial); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var offset = _slots[slot] - 1;
            if (!SerialAt(span, offset).SequenceEqual(serial))
                continue;
            var stated = IssuerAt(offset);
            if ((stated ?? own).Equals(issuer ?? own))
                found = EntryReader.Read(span[offset..], stated, out _);
        }

        return found;
    }

    private static ReadOnlySpan<byte> SerialAt(ReadOnlySpan<byte> octets, int offset)
    {
        _ = EntryReader.Header(octets[offset..], out var outer);
        var number = octets[(offset + outer)..];
        var length = EntryReader.Header(number, out var header);
        return number.Slice(header, length);
    }

    private void Insert(ReadOnlySpan<byte> octets, int offset)
    {
        var slot = SlotOf(SerialAt(octets, offset));
        while (_slots[slot] != 0)
            slot = (slot + 1) & (_slots.Length - 1);
        _slots[slot] = offset + 1;
    }

    // Serial numbers come from strangers: the hash is seeded, so the table stays flat whatever they choose.
    private int SlotOf(ReadOnlySpan<byte> serial)
    {
        var hash = default(HashCode);
        hash.AddBytes(serial);
        return hash.ToHashCode() & (_slots.Length - 1);
    }

    private DistinguishedName? IssuerAt(int offset)
    {
        DistinguishedName? issuer = null;
        foreach (var (from, name) in _issuers)
        {
            if (from > offset)
                break;
            issuer = name;
        }

        return issuer;
    }

    // What stands behind serial number and date: the extensions, of which each is SEQUENCE { OID, BOOLEAN OPTIONAL, OCTET STRING }.
    private void Look(ReadOnlySpan<byte> entry, int offset, bool isIndirect)
    {
        for (var part = 0; part < 2; part++)
            entry = entry[(EntryReader.Header(entry, out var header) + header)..];
        if (entry.IsEmpty)
            return;
        var length = EntryReader.Header(entry, out var outer);
        for (var list = entry.Slice(outer, length); !list.IsEmpty;)
        {
            var inner = EntryReader.Header(list, out var skip);
            Judge(list.Slice(skip, inner), offset, isIndirect);
            list = list[(skip + inner)..];
        }
    }

    private void Judge(ReadOnlySpan<byte> extension, int offset, bool isIndirect)
    {
        var length = EntryReader.Header(extension, out var header);
        var id = extension.Slice(header, length);
        var isCritical = extension[header + length] == Tag.Boolean.Number; // DER omits FALSE
        var isKnown = false;
        foreach (var known in Known)
            isKnown |= id.SequenceEqual(known.Span);
        HasUnknownCritical |= isCritical && !isKnown;
        if (isIndirect && id.SequenceEqual(CertificateIssuer.Span))
            _issuers.Add((offset, EntryReader.Read(_octets.Span[offset..], null, out _).CertificateIssuer!));
    }
}
