namespace CkiSdk.Asn1;

/// <summary>Holds the octets that a value was received in, beside its fields and without a part in its equality.</summary>
public readonly struct Retained : IEquatable<Retained>
{
    /// <summary>Wraps octets, without a copy.</summary>
    /// <param name="octets">The octets as received.</param>
    public Retained(ReadOnlyMemory<byte> octets) => Octets = octets;

    /// <summary>Gets the octets as received; empty if the value was not received.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Gets a value indicating whether nothing was received.</summary>
    public bool IsEmpty => Octets.IsEmpty;

    /// <summary>Wraps octets, without a copy.</summary>
    /// <param name="octets">The octets as received.</param>
    public static implicit operator Retained(ReadOnlyMemory<byte> octets) => new(octets);

    /// <summary>Compares two values, which are always equal.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Retained left, Retained right) => left.Equals(right);

    /// <summary>Compares two values, which are always equal.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Retained left, Retained right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Retained other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Retained;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>Gives type and length, never the octets.</summary>
    public override string ToString() => $"Retained({Octets.Length})";
}
