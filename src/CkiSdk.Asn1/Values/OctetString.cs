using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <summary>Holds an OCTET STRING (X.680 23).</summary>
/// <remarks>Two values are equal if their octets are; use a constant-time comparison for secrets. The default value is empty.</remarks>
[CollectionBuilder(typeof(OctetString), nameof(Create))]
public readonly struct OctetString : IEquatable<OctetString>
{
    /// <summary>Wraps octets, without a copy.</summary>
    /// <param name="octets">The octets, which must not change afterwards.</param>
    public OctetString(ReadOnlyMemory<byte> octets) => Memory = octets;

    /// <summary>Gets the octets.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Gets the octets.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Gets the number of octets.</summary>
    public int Length => Memory.Length;

    /// <summary>Wraps octets, without a copy.</summary>
    /// <param name="octets">The octets, which must not change afterwards.</param>
    public static implicit operator OctetString(byte[] octets) => new(octets);

    /// <summary>Wraps octets, without a copy.</summary>
    /// <param name="octets">The octets, which must not change afterwards.</param>
    public static implicit operator OctetString(ReadOnlyMemory<byte> octets) => new(octets);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(OctetString left, OctetString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(OctetString left, OctetString right) => !left.Equals(right);

    /// <summary>Copies octets; what a collection expression calls.</summary>
    /// <param name="octets">The octets.</param>
    public static OctetString Create(ReadOnlySpan<byte> octets) => new(octets.ToArray());

    /// <summary>Reads hexadecimal digits.</summary>
    /// <param name="hex">An even number of digits, upper or lower case.</param>
    /// <exception cref="FormatException">A character is no digit, or their number is odd.</exception>
    public static OctetString FromHex(string hex) => new(Convert.FromHexString(hex));

    /// <summary>Enumerates the octets.</summary>
    public ReadOnlySpan<byte>.Enumerator GetEnumerator() => Memory.Span.GetEnumerator();

    /// <summary>Copies the octets.</summary>
    public byte[] ToArray() => Memory.ToArray();

    /// <summary>Writes the octets as hexadecimal digits, lower case.</summary>
    public string ToHex() => Convert.ToHexStringLower(Memory.Span);

    /// <inheritdoc/>
    public bool Equals(OctetString other) => Memory.Span.SequenceEqual(other.Memory.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OctetString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Memory.Span);

    /// <summary>Gives type and length, never the octets, which may be secret.</summary>
    public override string ToString() => $"OctetString({Length})";
}
