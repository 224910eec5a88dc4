namespace CkiSdk.Asn1;

/// <summary>Describes an object of the set that an open type is tied to: its selectors and its type.</summary>
public sealed class OpenTypeAlternative
{
    /// <summary>Describes an object.</summary>
    /// <param name="name">The name that the alternative has in C#.</param>
    /// <param name="type">The type; null where nothing may stand there.</param>
    /// <param name="keys">The values of the selectors: dotted object identifiers and numbers; null for one of another type.</param>
    public OpenTypeAlternative(string name, TypeDescriptor? type, params string?[] keys)
    {
        Name = name;
        Type = type;
        Keys = [.. keys.Select(Content)];
    }

    /// <summary>Gets the name that the alternative has in C#.</summary>
    public string Name { get; }

    /// <summary>Gets the type; null where nothing may stand there.</summary>
    public TypeDescriptor? Type { get; }

    /// <summary>Gets the content octets of the selectors; null for one that is neither object identifier nor number.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>?> Keys { get; }

    private static ReadOnlyMemory<byte>? Content(string? key) => key is null ? null
        : key.Contains('.', StringComparison.Ordinal) ? ObjectIdentifier.Parse(key).Encoded
        : System.Numerics.BigInteger.Parse(key, System.Globalization.CultureInfo.InvariantCulture).ToByteArray(isBigEndian: true);
}
