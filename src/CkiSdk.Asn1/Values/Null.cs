namespace CkiSdk.Asn1;

/// <summary>Holds the one value of NULL (X.680 24).</summary>
public readonly struct Null : IEquatable<Null>
{
    /// <summary>Compares two values, which are always equal.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Null left, Null right) => left.Equals(right);

    /// <summary>Compares two values, which are always equal.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Null left, Null right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Null other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Null;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>Gives the word of the notation.</summary>
    public override string ToString() => "NULL";
}
