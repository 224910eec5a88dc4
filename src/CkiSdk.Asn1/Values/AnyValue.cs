namespace CkiSdk.Asn1;

/// <summary>Holds one whole element of any type, such as the value of an open type (X.681 14).</summary>
/// <remarks>Two values are equal if their octets are. The default value is NULL.</remarks>
public readonly struct AnyValue : IEquatable<AnyValue>
{
    private static readonly byte[] NullOctets = [0x05, 0x00];

    private readonly ReadOnlyMemory<byte> _der;

    /// <summary>Wraps the octets of one element, without a copy.</summary>
    /// <param name="der">Identifier, length and content.</param>
    /// <exception cref="ArgumentException">The octets are not exactly one element of well-formed DER.</exception>
    public AnyValue(ReadOnlyMemory<byte> der)
    {
        try
        {
            var reader = new DerReader(der);
            _der = reader.ReadAny()._der;
            reader.End();
        }
        catch (DerException e)
        {
            throw new ArgumentException("The octets are not exactly one element: " + e.Message, nameof(der), e);
        }
    }

    private AnyValue(ReadOnlyMemory<byte> der, bool _) => _der = der;

    /// <summary>Gets the value of NULL, which many algorithms have as their parameters.</summary>
    public static AnyValue Null => default;

    /// <summary>Gets the tag.</summary>
    public Tag Tag
    {
        get
        {
            var reader = new DerReader(Encoded);
            return reader.PeekTag();
        }
    }

    /// <summary>Gets identifier, length and content.</summary>
    public ReadOnlyMemory<byte> Encoded => _der.IsEmpty ? NullOctets : _der;

    /// <summary>Gets the same octets for a writer, which does not need them for longer.</summary>
    internal ReadOnlySpan<byte> Span => _der.Span is { IsEmpty: false } span ? span : NullOctets;

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(AnyValue left, AnyValue right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(AnyValue left, AnyValue right) => !left.Equals(right);

    /// <summary>Encodes a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public static AnyValue From<T>(T value)
        where T : IDerType<T> => new(Der.Encode(value), true);

    /// <summary>Decodes the element as a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="limits">What the reader admits; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The element is not the DER of this type; offsets count from its first octet.</exception>
    public T As<T>(DerLimits? limits = null)
        where T : IDerType<T> => Der.Decode<T>(Encoded, limits);

    /// <inheritdoc/>
    public bool Equals(AnyValue other) => Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AnyValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Encoded.Span);

    /// <summary>Gives tag and length, never the octets, which may be secret.</summary>
    public override string ToString() => $"AnyValue({Tag}, {Encoded.Length})";

    internal static AnyValue Wrap(ReadOnlyMemory<byte> der) => new(der, true);
}
