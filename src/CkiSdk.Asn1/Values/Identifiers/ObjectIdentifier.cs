using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds an OBJECT IDENTIFIER (X.680 32) as its content octets; arcs may have any size.</summary>
/// <remarks>The default value is 0.0.</remarks>
public readonly struct ObjectIdentifier : IEquatable<ObjectIdentifier>
{
    private static readonly byte[] Lowest = [0];

    private readonly ReadOnlyMemory<byte> _octets;

    /// <summary>Reads the dotted form.</summary>
    /// <param name="dotted">At least two arcs in decimal, separated by dots, such as <c>1.2.840.113549</c>.</param>
    /// <exception cref="ArgumentException">The text is no object identifier.</exception>
    public ObjectIdentifier(string dotted)
    {
        ArgumentNullException.ThrowIfNull(dotted);
        if (!TryParse(dotted, out this))
            throw new ArgumentException("The text is no object identifier in dotted form.", nameof(dotted));
    }

    private ObjectIdentifier(ReadOnlyMemory<byte> octets) => _octets = octets;

    /// <summary>Gets the content octets (X.690 8.19).</summary>
    public ReadOnlyMemory<byte> Encoded => _octets.IsEmpty ? Lowest : _octets;

    /// <summary>Gets the same octets for a writer, which does not need them for longer.</summary>
    internal ReadOnlySpan<byte> Span => _octets.Span is { IsEmpty: false } span ? span : Lowest;

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ObjectIdentifier left, ObjectIdentifier right) => left.Equals(right);

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ObjectIdentifier left, ObjectIdentifier right) => !left.Equals(right);

    /// <summary>Takes content octets, without a copy.</summary>
    /// <param name="octets">The content octets (X.690 8.19).</param>
    /// <exception cref="ArgumentException">They are empty, end inside an arc or pad one.</exception>
    public static ObjectIdentifier FromEncoded(ReadOnlyMemory<byte> octets) => Subidentifiers.IsValid(octets.Span)
        ? new(octets)
        : throw new ArgumentException("The octets are no object identifier.", nameof(octets));

    /// <summary>Reads the dotted form.</summary>
    /// <param name="dotted">At least two arcs in decimal, separated by dots, such as <c>1.2.840.113549</c>.</param>
    /// <exception cref="FormatException">The text is no object identifier.</exception>
    public static ObjectIdentifier Parse(string dotted)
    {
        ArgumentNullException.ThrowIfNull(dotted);
        return TryParse(dotted, out var value)
            ? value
            : throw new FormatException($"'{dotted}' is no object identifier in dotted form.");
    }

    /// <summary>Reads the dotted form.</summary>
    /// <param name="dotted">At least two arcs in decimal, separated by dots, such as <c>1.2.840.113549</c>.</param>
    /// <param name="value">The object identifier, or 0.0.</param>
    public static bool TryParse([NotNullWhen(true)] string? dotted, out ObjectIdentifier value)
    {
        value = default;
        var rest = dotted.AsSpan();
        if (!Subidentifiers.TryTakeArc(ref rest, out var root) || !Subidentifiers.TryTakeArc(ref rest, out var second))
            return false;

        // X.660 6.2.2: under 0 and 1 there are 40 arcs; X.690 8.19.4 packs both into one number for that reason.
        if (root > 2 || (root < 2 && second >= 40))
            return false;
        var octets = new List<byte>(16);
        Subidentifiers.Append(octets, (root * 40) + second);
        while (!rest.IsEmpty)
        {
            if (!Subidentifiers.TryTakeArc(ref rest, out var arc))
                return false;
            Subidentifiers.Append(octets, arc);
        }

        value = new(octets.ToArray());
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(ObjectIdentifier other) => Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectIdentifier other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Encoded.Span);

    /// <summary>Writes the dotted form.</summary>
    public override string ToString()
    {
        var rest = Encoded.Span;
        var first = Subidentifiers.Take(ref rest);
        var root = first < 40 ? 0 : first < 80 ? 1 : 2;
        var text = new StringBuilder().Append(root).Append('.').Append(first - (40 * root));
        while (!rest.IsEmpty)
            Subidentifiers.Write(text.Append('.'), ref rest);
        return text.ToString();
    }

    internal static ObjectIdentifier Wrap(ReadOnlyMemory<byte> octets) => new(octets);
}
