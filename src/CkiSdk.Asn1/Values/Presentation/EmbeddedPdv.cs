namespace CkiSdk.Asn1;

/// <summary>Is a value of EMBEDDED PDV (X.680 36, X.690 8.17): data with the syntax that it is of.</summary>
public sealed record EmbeddedPdv : IDerType<EmbeddedPdv>
{
    /// <inheritdoc/>
    public static string Asn1Name => "EMBEDDED PDV";

    /// <inheritdoc/>
    public static TypeDescriptor Descriptor { get; } = TypeDescriptor.Structure(TypeKind.EmbeddedPdv, "", "EMBEDDED PDV", -1, Components, Tag.EmbeddedPdv);

    /// <summary>Gets the syntax of the data.</summary>
    public required PdvIdentification Identification { get; init; }

    /// <summary>Gets the description of the data.</summary>
    public ObjectDescriptor? DataValueDescriptor { get; init; }

    /// <summary>Gets the data.</summary>
    public required OctetString DataValue { get; init; }

    /// <inheritdoc/>
    public static EmbeddedPdv Decode(ref DerReader reader) => Decode(ref reader, Tag.EmbeddedPdv);

    /// <summary>Reads one element with another tag.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="tag">The tag to expect.</param>
    public static EmbeddedPdv Decode(ref DerReader reader, Tag tag)
    {
        var mark = reader.Enter(tag);
        reader.Field("identification");
        var identification = PdvIdentification.Decode(ref reader);
        reader.Field("data-value-descriptor");
        ObjectDescriptor? descriptor = reader.NextIs(Tag.Context(1, false)) ? reader.ReadObjectDescriptor(Tag.Context(1, false)) : default(ObjectDescriptor?);
        reader.Field("data-value");
        var value = reader.ReadOctetString(Tag.Context(2, false));
        reader.Leave(mark);
        return new EmbeddedPdv { Identification = identification, DataValueDescriptor = descriptor, DataValue = value };
    }

    /// <inheritdoc/>
    public void Encode(ref DerWriter writer) => Encode(ref writer, Tag.EmbeddedPdv);

    /// <summary>Writes the element with another tag.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag to write.</param>
    public void Encode(ref DerWriter writer, Tag tag)
    {
        var mark = writer.Length;
        writer.WriteOctetString(Tag.Context(2, false), DataValue);
        if (DataValueDescriptor is { } descriptor)
            writer.WriteObjectDescriptor(Tag.Context(1, false), descriptor);
        Identification.Encode(ref writer);
        writer.End(tag, mark);
    }

    private static ComponentDescriptor[] Components() =>
    [
        new("identification", PdvIdentification.Descriptor),
        new("data-value-descriptor", TypeDescriptor.Of(TypeKind.ObjectDescriptor, Tag.Context(1, false))) { IsOptional = true },
        new("data-value", TypeDescriptor.Of(TypeKind.OctetString, Tag.Context(2, false))),
    ];
}
