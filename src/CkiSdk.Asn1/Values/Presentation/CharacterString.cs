namespace CkiSdk.Asn1;

/// <summary>Is a value of CHARACTER STRING (X.680 44, X.690 8.24): text with the character syntax that it is of.</summary>
public sealed record CharacterString : IDerType<CharacterString>
{
    /// <inheritdoc/>
    public static string Asn1Name => "CHARACTER STRING";

    /// <inheritdoc/>
    public static TypeDescriptor Descriptor { get; } = TypeDescriptor.Structure(TypeKind.CharacterString, "", "CHARACTER STRING", -1, Components, Tag.CharacterString);

    /// <summary>Gets the character syntax.</summary>
    public required PdvIdentification Identification { get; init; }

    /// <summary>Gets the text in that syntax.</summary>
    public required OctetString StringValue { get; init; }

    /// <inheritdoc/>
    public static CharacterString Decode(ref DerReader reader) => Decode(ref reader, Tag.CharacterString);

    /// <summary>Reads one element with another tag.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="tag">The tag to expect.</param>
    public static CharacterString Decode(ref DerReader reader, Tag tag)
    {
        var mark = reader.Enter(tag);
        reader.Field("identification");
        var identification = PdvIdentification.Decode(ref reader);
        reader.Field("string-value");
        var value = reader.ReadOctetString(Tag.Context(1, false));
        reader.Leave(mark);
        return new CharacterString { Identification = identification, StringValue = value };
    }

    /// <inheritdoc/>
    public void Encode(ref DerWriter writer) => Encode(ref writer, Tag.CharacterString);

    /// <summary>Writes the element with another tag.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag to write.</param>
    public void Encode(ref DerWriter writer, Tag tag)
    {
        var mark = writer.Length;
        writer.WriteOctetString(Tag.Context(1, false), StringValue);
        Identification.Encode(ref writer);
        writer.End(tag, mark);
    }

    private static ComponentDescriptor[] Components() =>
    [
        new("identification", PdvIdentification.Descriptor),
        new("string-value", TypeDescriptor.Of(TypeKind.OctetString, Tag.Context(1, false))),
    ];
}
