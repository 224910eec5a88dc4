namespace CkiSdk.Asn1;

/// <summary>Reads a character string where it lies (X.680 41); its text is made when it is asked for.</summary>
/// <typeparam name="T">The type of the string, such as <see cref="Utf8String"/>.</typeparam>
public readonly ref struct StringView<T> : IDerView<StringView<T>>
    where T : struct, ICharacterString<T>
{
    private const int Part = 128;

    private StringView(ReadOnlySpan<byte> octets) => Octets = octets;

    /// <inheritdoc/>
    public static string Asn1Name => T.TypeName;

    /// <summary>Gets the content octets.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Lays a view over a string.</summary>
    /// <param name="value">The string.</param>
    public static implicit operator StringView<T>(T value) => new(value.Octets.Span);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(StringView<T> left, StringView<T> right) => left.Octets.SequenceEqual(right.Octets);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(StringView<T> left, StringView<T> right) => !(left == right);

    /// <summary>Compares with a text, without making one.</summary>
    /// <param name="left">The string.</param>
    /// <param name="right">The text.</param>
    public static bool operator ==(StringView<T> left, string? right) => right is not null && left.Equals(right.AsSpan());

    /// <summary>Compares with a text, without making one.</summary>
    /// <param name="left">The string.</param>
    /// <param name="right">The text.</param>
    public static bool operator !=(StringView<T> left, string? right) => !(left == right);

    /// <inheritdoc/>
    public static StringView<T> Wrap(ReadOnlySpan<byte> element) => new(ViewElement.Strip(element, 1));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipString<T>(T.UniversalTag);

    /// <summary>Compares with a text, character by character and without making one.</summary>
    /// <param name="text">The text.</param>
    public bool Equals(ReadOnlySpan<char> text)
    {
        var encoding = T.TextEncoding;
        var octets = Octets;
        if (!encoding.IsSingleByte && octets.Length > Part)
            return encoding.GetCharCount(octets) == text.Length && text.SequenceEqual(ToString());
        Span<char> part = stackalloc char[Part];
        while (!octets.IsEmpty)
        {
            var length = Math.Min(Part, octets.Length);
            var count = encoding.GetChars(octets[..length], part);
            if (count > text.Length || !text[..count].SequenceEqual(part[..count]))
                return false;
            text = text[count..];
            octets = octets[length..];
        }

        return text.IsEmpty;
    }

    /// <summary>Copies the string.</summary>
    public T ToValue() => T.Wrap(Octets.ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is T other ? this == other : this == obj as string;

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets);

    /// <summary>Gives the text.</summary>
    public override string ToString() => T.TextEncoding.GetString(Octets);
}
