using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a RELATIVE-OID (X.680 33): arcs below an object identifier that is known otherwise.</summary>
/// <remarks>The default value is the one arc 0.</remarks>
public readonly struct RelativeOid : IEquatable<RelativeOid>
{
    private static readonly byte[] Lowest = [0];

    private readonly ReadOnlyMemory<byte> _octets;

    /// <summary>Reads the dotted form.</summary>
    /// <param name="dotted">At least one arc in decimal, separated by dots.</param>
    /// <exception cref="ArgumentException">The text is no relative object identifier.</exception>
    public RelativeOid(string dotted)
    {
        ArgumentNullException.ThrowIfNull(dotted);
        if (!TryParse(dotted, out this))
            throw new ArgumentException("The text is no relative object identifier in dotted form.", nameof(dotted));
    }

    private RelativeOid(ReadOnlyMemory<byte> octets) => _octets = octets;

    /// <summary>Gets the content octets (X.690 8.20).</summary>
    public ReadOnlyMemory<byte> Encoded => _octets.IsEmpty ? Lowest : _octets;

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(RelativeOid left, RelativeOid right) => left.Equals(right);

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(RelativeOid left, RelativeOid right) => !left.Equals(right);

    /// <summary>Reads the dotted form.</summary>
    /// <param name="dotted">At least one arc in decimal, separated by dots.</param>
    /// <exception cref="FormatException">The text is no relative object identifier.</exception>
    public static RelativeOid Parse(string dotted)
    {
        ArgumentNullException.ThrowIfNull(dotted);
        return TryParse(dotted, out var value)
            ? value
            : throw new FormatException($"'{dotted}' is no relative object identifier in dotted form.");
    }

    /// <summary>Reads the dotted form.</summary>
    /// <param name="dotted">At least one arc in decimal, separated by dots.</param>
    /// <param name="value">The relative object identifier, or the arc 0.</param>
    public static bool TryParse([NotNullWhen(true)] string? dotted, out RelativeOid value)
    {
        value = default;
        var rest = dotted.AsSpan();
        var octets = new List<byte>(16);
        do
        {
            if (!Subidentifiers.TryTakeArc(ref rest, out var arc))
                return false;
            Subidentifiers.Append(octets, arc);
        }
        while (!rest.IsEmpty);
        value = new(octets.ToArray());
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(RelativeOid other) => Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RelativeOid other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Encoded.Span);

    /// <summary>Writes the dotted form.</summary>
    public override string ToString()
    {
        var rest = Encoded.Span;
        var text = new StringBuilder();
        Subidentifiers.Write(text, ref rest);
        while (!rest.IsEmpty)
            Subidentifiers.Write(text.Append('.'), ref rest);
        return text.ToString();
    }

    internal static RelativeOid Wrap(ReadOnlyMemory<byte> octets) => new(octets);
}
