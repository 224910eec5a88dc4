using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <summary>Holds class, number and form of an element: what the identifier octets say (X.690 8.1.2).</summary>
/// <remarks>
/// The value is the identifier octet itself for numbers below 31, so that a reader compares it with one octet of input; greater numbers
/// lie in the upper 24 bits, over the leading octet of the high-tag form.
/// </remarks>
public readonly partial struct Tag : IEquatable<Tag>
{
    /// <summary>The greatest tag number that this implementation reads and writes.</summary>
    public const int MaxNumber = 0xFF_FFFF;

    internal const uint ConstructedBit = 0x20;
    internal const uint HighForm = 0x1F;

    /// <summary>Bit n is set if n is the identifier octet of a universal type in the form that DER has for it (X.690 10.2); not 0, end-of-contents, and not 31, the high-tag form.</summary>
    internal const ulong UniversalOctets = ((ulong)ConstructedTypes << 32) | (~ConstructedTypes & 0x7FFF_FFFE);

    // Bit n is set if [UNIVERSAL n] is constructed in DER: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING.
    private const uint ConstructedTypes = (1u << 8) | (1u << 11) | (1u << 16) | (1u << 17) | (1u << 29);

    // RELATIVE-OID-IRI; the known types from 31 on, dates and times before it, are all primitive.
    private const int LastUniversal = 36;

    /// <summary>Makes a tag of its three parts.</summary>
    /// <param name="cls">The class.</param>
    /// <param name="number">The number, 0 to <see cref="MaxNumber"/>.</param>
    /// <param name="constructed">Whether the content is a series of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is none of the four, or the number is out of range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Tag(TagClass cls, int number, bool constructed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((byte)cls, (byte)TagClass.Private, nameof(cls));
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxNumber);
        Value = ((uint)cls << 6) | (constructed ? ConstructedBit : 0) | (number < HighForm ? (uint)number : ((uint)number << 8) | HighForm);
    }

    internal Tag(uint value) => Value = value;

    /// <summary>Gets the class.</summary>
    public TagClass Class => (TagClass)((Value >> 6) & 3);

    /// <summary>Gets the number.</summary>
    public int Number => (int)(IsHighForm ? Value >> 8 : Value & HighForm);

    /// <summary>Gets a value indicating whether the content is a series of elements (X.690 8.1.2.5).</summary>
    public bool IsConstructed => (Value & ConstructedBit) != 0;

    /// <summary>Gets the packed form: the leading identifier octet, and above it the number if that octet cannot hold it.</summary>
    internal uint Value { get; }

    /// <summary>Gets a value indicating whether it is none of a known universal type in the other form than DER has for it (X.690 10.2).</summary>
    internal bool HasItsForm => Class != TagClass.Universal
        || (IsHighForm ? !IsConstructed || Number > LastUniversal : (UniversalOctets >> (int)Value & 1) != 0);

    internal bool IsHighForm => (Value & HighForm) == HighForm;

    /// <summary>Makes a context-specific tag, <c>[number]</c>.</summary>
    /// <param name="number">The number, 0 to <see cref="MaxNumber"/>.</param>
    /// <param name="constructed">Whether the content is a series of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tag Context(int number, bool constructed) => new(TagClass.ContextSpecific, number, constructed);

    /// <summary>Compares two tags.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Tag left, Tag right) => left.Value == right.Value;

    /// <summary>Compares two tags.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Tag left, Tag right) => left.Value != right.Value;

    /// <summary>Gives the same class and number in constructed form.</summary>
    public Tag AsConstructed() => new(Value | ConstructedBit);

    /// <summary>Gives the same class and number in primitive form.</summary>
    public Tag AsPrimitive() => new(Value & ~ConstructedBit);

    /// <inheritdoc/>
    public bool Equals(Tag other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Tag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;

    /// <summary>Writes the tag as in ASN.1 notation, universal types by their names.</summary>
    public override string ToString() => Class switch
    {
        TagClass.ContextSpecific => $"[{Number}]",
        TagClass.Application => $"[APPLICATION {Number}]",
        TagClass.Private => $"[PRIVATE {Number}]",
        _ => Number < UniversalNames.Length && UniversalNames[Number].Length > 0 ? UniversalNames[Number] : $"[UNIVERSAL {Number}]",
    };
}
