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
    private readonly List<int> _issuers = []; // the offsets of the entries that name one, in rising order
    private Dictionary<int, int>? _earlier; // from the offset of an entry to that of the one before with the same serial number

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

    /// <summary>Gets whether a serial number stands twice; in an indirect list it may, under several issuers.</summary>
    public bool HasRepeatedNumbers => _earlier is not null;

    /// <summary>Finds the last entry of a number whose certificate has an issuer; null stands for that of the list.</summary>
    public RevokedCertificate? Find(ReadOnlySpan<byte> serial, DistinguishedName? issuer, DistinguishedName own)
    {
        var span = _octets.Span;
        for (var offset = LastOf(serial); offset >= 0; offset = _earlier is not null && _earlier.TryGetValue(offset, out var before) ? before : -1)
        {
            var stated = IssuerAt(offset);
            if ((stated ?? own).Equals(issuer ?? own))
                return EntryReader.Read(span[offset..], stated, out _);
        }

        return null;
    }

    private static ReadOnlySpan<byte> SerialAt(ReadOnlySpan<byte> octets, int offset)
    {
        _ = EntryReader.Header(octets[offset..], out var outer);
        var number = octets[(offset + outer)..];
        var length = EntryReader.Header(number, out var header);
        return number.Slice(header, length);
    }

    // The offset of the last entry with a serial number; −1 if there is none.
    private int LastOf(ReadOnlySpan<byte> serial)
    {
        var slot = SlotOf(serial);
        while (_slots[slot] != 0 && !SerialAt(_octets.Span, _slots[slot] - 1).SequenceEqual(serial))
            slot = (slot + 1) & (_slots.Length - 1);
        return _slots[slot] - 1;
    }

    // A serial number has one slot, however often it stands in the list: else entries of one number would take a time that grows with the square of their count.
    private void Insert(ReadOnlySpan<byte> octets, int offset)
    {
        var serial = SerialAt(octets, offset);
        var slot = SlotOf(serial);
        while (_slots[slot] != 0 && !SerialAt(octets, _slots[slot] - 1).SequenceEqual(serial))
            slot = (slot + 1) & (_slots.Length - 1);
        if (_slots[slot] != 0)
            (_earlier ??= [])[offset] = _slots[slot] - 1;
        _slots[slot] = offset + 1;
    }

    // Serial numbers come from strangers: the hash is seeded, so the table stays flat whatever they choose.
    private int SlotOf(ReadOnlySpan<byte> serial)
    {
        var hash = default(HashCode);
        hash.AddBytes(serial);
        return hash.ToHashCode() & (_slots.Length - 1);
    }

    // The issuer that the entry names, or else the last one before it that names one (RFC 5280 5.3.3). It is read only now: a list is looked
    // through before its signature is verified, and names of strangers would cost more than their octets.
    private DistinguishedName? IssuerAt(int offset)
    {
        var at = _issuers.BinarySearch(offset);
        at = at < 0 ? ~at - 1 : at;
        return at < 0 ? null : EntryReader.Read(_octets.Span[_issuers[at]..], null, out _).CertificateIssuer;
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
            _issuers.Add(offset);
    }
}
