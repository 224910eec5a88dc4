using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Pki.Names;

/// <summary>Holds a distinguished name, with its exact DER and with a form to compare it by.</summary>
/// <remarks>
/// Two instances are equal if their names are equal by RFC 5280 §7.1: case, white space and the type of string do not matter.
/// Where the exact octets matter, as in key derivation, compare <see cref="Encoded"/>.
/// </remarks>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly string[] _canonical; // one for each relative name
    private int _currentStrings; // 1: they are, -1: they are not, 0: nobody has looked yet

    private DistinguishedName(Name name, ReadOnlyMemory<byte> encoded)
    {
        Name = name;
        Encoded = encoded;
        _canonical = CanonicalNames.Of(Sequence);
        Canonical = string.Join(',', _canonical);
    }

    /// <summary>Gets the name of the root: no relative names at all.</summary>
    public static DistinguishedName Empty { get; } = From(new Name.RdnSequence(default(RDNSequence)));

    /// <summary>Gets the generated value.</summary>
    public Name Name { get; }

    /// <summary>Gets the exact DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Gets a text that is the same for two names exactly if they are equal; it may serve as a key of a store.</summary>
    public string Canonical { get; }

    /// <summary>Gets how many relative names there are.</summary>
    public int Count => _canonical.Length;

    /// <summary>Gets whether all texts are of the types that are current: PrintableString or UTF8String, and IA5String exactly for dc and email.</summary>
    /// <remarks>RFC 5280 §4.1.2.4; values that are no texts do not matter.</remarks>
    public bool HasOnlyCurrentStrings
    {
        get
        {
            if (_currentStrings == 0)
                _currentStrings = AreCurrent() ? 1 : -1;
            return _currentStrings > 0;
        }
    }

    private RDNSequence Sequence => ((Name.RdnSequence)Name).Value;

    /// <summary>Reads the text form of RFC 4514, the relative name next to the root last.</summary>
    /// <param name="rfc4514">The text, such as <c>CN=A1,O=Domain A,C=GB</c>; spaces around separators are dropped.</param>
    /// <returns>The name. Texts become UTF8String, C, serialNumber and dnQualifier PrintableString, DC and email IA5String.</returns>
    /// <exception cref="ArgumentException">The text is no name; the message tells the place.</exception>
    public static DistinguishedName Parse(string rfc4514)
    {
        ArgumentNullException.ThrowIfNull(rfc4514);
        try
        {
            return From(NameParser.Parse(rfc4514));
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message, nameof(rfc4514), e);
        }
    }

    /// <summary>Reads the text form of RFC 4514 where a refusal is no exception.</summary>
    /// <param name="rfc4514">The text.</param>
    /// <param name="name">The name.</param>
    /// <returns><see langword="false"/> if the text is no name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? rfc4514, [NotNullWhen(true)] out DistinguishedName? name)
    {
        name = null;
        if (rfc4514 is null)
            return false;
        try
        {
            name = Parse(rfc4514);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Takes a generated value.</summary>
    /// <param name="name">The value.</param>
    /// <returns>The name.</returns>
    public static DistinguishedName From(Name name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new DistinguishedName(name, name.Encode());
    }

    /// <summary>Takes a generated value that is likely to be a name that one has: the same octets are the same name, whose form to compare it by need not be made anew.</summary>
    /// <param name="name">The value.</param>
    /// <param name="known">The name that it is likely to be.</param>
    /// <returns>The known name if its octets are the same, else the value.</returns>
    public static DistinguishedName From(Name name, DistinguishedName known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        var encoded = name.Encode();
        return known.Encoded.Span.SequenceEqual(encoded) ? known : new DistinguishedName(name, encoded);
    }

    /// <summary>Decodes DER.</summary>
    /// <param name="der">Exactly one Name; it must not change afterwards.</param>
    /// <returns>The name.</returns>
    /// <exception cref="DerException">The octets are no name in DER.</exception>
    public static DistinguishedName Decode(ReadOnlyMemory<byte> der) => new(Name.Decode(der), der);

    /// <summary>Takes a value that was decoded from these octets.</summary>
    internal static DistinguishedName Of(Name name, ReadOnlyMemory<byte> encoded) => new(name, encoded);

    /// <summary>Tells whether two names are equal.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are equal, or both <see langword="null"/>.</returns>
    public static bool operator ==(DistinguishedName? left, DistinguishedName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Tells whether two names are different.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are different.</returns>
    public static bool operator !=(DistinguishedName? left, DistinguishedName? right) => !(left == right);

    /// <summary>Tells whether the name lies in a subtree (RFC 5280 §4.2.1.10): it begins with all relative names of the base.</summary>
    /// <param name="subtree">The base; a name lies in the subtree of itself.</param>
    /// <returns>Whether it does.</returns>
    public bool IsWithin(DistinguishedName subtree)
    {
        ArgumentNullException.ThrowIfNull(subtree);
        return _canonical.AsSpan().StartsWith(subtree._canonical);
    }

    /// <summary>Finds the texts of one attribute, from the root on.</summary>
    /// <param name="type">The type of the attribute.</param>
    /// <returns>The texts; values that are no texts are passed over.</returns>
    public IEnumerable<string> FindTexts(ObjectIdentifier type)
    {
        foreach (var relative in Sequence)
        {
            foreach (var attribute in relative)
            {
                if (attribute.Type == type && AttributeText.Read(attribute.Value) is { } text)
                    yield return text;
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] DistinguishedName? other) => other is not null && Canonical == other.Canonical;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode() => Canonical.GetHashCode(StringComparison.Ordinal);

    /// <summary>Writes the text form of RFC 4514.</summary>
    /// <returns>The text; parsing it gives an equal name.</returns>
    public override string ToString() => NameFormatter.Format(Sequence);

    private bool AreCurrent()
    {
        foreach (var relative in Sequence)
        {
            foreach (var attribute in relative)
            {
                if (!AttributeText.IsCurrent(attribute))
                    return false;
            }
        }

        return true;
    }
}
