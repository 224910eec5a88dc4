using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Is a permitted alphabet (X.680 51.7): says of strings whether all of their characters belong to it, without an allocation.</summary>
public sealed class PermittedAlphabet
{
    private readonly SearchValues<byte> _octets;
    private readonly int[] _ends;
    private readonly bool _isAscii;

    /// <summary>Takes the characters.</summary>
    /// <param name="ends">The first and last code point of each range, ascending; no two ranges touch.</param>
    /// <exception cref="ArgumentException">The ends are no pairs, or do not ascend.</exception>
    public PermittedAlphabet(params ReadOnlySpan<int> ends)
    {
        _ends = ends.ToArray();
        for (var i = 0; i < ends.Length; i++)
        {
            if (ends.Length % 2 != 0 || ends[i] < 0 || (i > 0 && (i % 2 == 0 ? ends[i] <= ends[i - 1] : ends[i] < ends[i - 1])))
                throw new ArgumentException("The ends are pairs and ascend.", nameof(ends));
        }

        _octets = SearchValues.Create([.. Enumerable.Range(0, 256).Where(Contains).Select(octet => (byte)octet)]);
        _isAscii = ends.Length == 0 || ends[^1] < 0x80;
    }

    /// <summary>Says whether all characters are permitted.</summary>
    /// <param name="value">The string.</param>
    public bool Permits(NumericString value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(PrintableString value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(Ia5String value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(VisibleString value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(TeletexString value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(VideotexString value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(GraphicString value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(GeneralString value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(ObjectDescriptor value) => PermitsOctets(value.Octets.Span);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(Utf8String value)
    {
        var octets = value.Octets.Span;
        if (_isAscii || Ascii.IsValid(octets))
            return PermitsOctets(octets);
        while (!octets.IsEmpty)
        {
            Rune.DecodeFromUtf8(octets, out var rune, out var length);
            if (!Contains(rune.Value))
                return false;
            octets = octets[length..];
        }

        return true;
    }

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(BmpString value)
    {
        for (var octets = value.Octets.Span; !octets.IsEmpty; octets = octets[2..])
        {
            if (!Contains(BinaryPrimitives.ReadUInt16BigEndian(octets)))
                return false;
        }

        return true;
    }

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(UniversalString value)
    {
        for (var octets = value.Octets.Span; !octets.IsEmpty; octets = octets[4..])
        {
            if (!Contains(BinaryPrimitives.ReadInt32BigEndian(octets)))
                return false;
        }

        return true;
    }

    private bool PermitsOctets(ReadOnlySpan<byte> octets) => !octets.ContainsAnyExcept(_octets);

    // A point that is no end lies in a range if the next end is the last of one.
    private bool Contains(int point)
    {
        var index = Array.BinarySearch(_ends, point);
        return index >= 0 || (~index & 1) == 1;
    }
}
