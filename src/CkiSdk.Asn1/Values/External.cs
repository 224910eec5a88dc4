namespace CkiSdk.Asn1;

/// <summary>Is a value of EXTERNAL (X.690 8.18): data of a syntax that is agreed elsewhere.</summary>
public sealed record External : IDerType<External>
{
    /// <inheritdoc/>
    public static string Asn1Name => "EXTERNAL";

    /// <inheritdoc/>
    public static TypeDescriptor Descriptor { get; } = TypeDescriptor.Structure(TypeKind.External, "", "EXTERNAL", -1, Components, Tag.External);

    /// <summary>Gets the direct reference, the object identifier of the syntax.</summary>
    public ObjectIdentifier? DirectReference { get; init; }

    /// <summary>Gets the indirect reference, a number agreed in the presentation context.</summary>
    public Integer? IndirectReference { get; init; }

    /// <summary>Gets the description of the data.</summary>
    public ObjectDescriptor? DataValueDescriptor { get; init; }

    /// <summary>Gets the data: an element tagged [0] single-ASN1-type, [1] octet-aligned or [2] arbitrary.</summary>
    public required AnyValue Encoding { get; init; }

    /// <inheritdoc/>
    public static External Decode(ref DerReader reader) => Decode(ref reader, Tag.External);

    /// <summary>Reads one element with another tag.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="tag">The tag to expect.</param>
    public static External Decode(ref DerReader reader, Tag tag)
    {
        var mark = reader.Enter(tag);
        reader.Field("direct-reference");
        ObjectIdentifier? direct = reader.NextIs(Tag.ObjectIdentifier) ? reader.ReadObjectIdentifier(Tag.ObjectIdentifier) : null;
        reader.Field("indirect-reference");
        Integer? indirect = reader.NextIs(Tag.Integer) ? reader.ReadInteger(Tag.Integer) : null;
        reader.Field("data-value-descriptor");
        ObjectDescriptor? descriptor = reader.NextIs(Tag.ObjectDescriptor) ? reader.ReadObjectDescriptor(Tag.ObjectDescriptor) : default(ObjectDescriptor?);
        reader.Field("encoding");
        var known = reader.NextIs(Tag.Context(0, true)) || reader.NextIs(Tag.Context(1, false)) || reader.NextIs(Tag.Context(2, false));
        if (!known)
        {
            reader.ThrowUnexpectedTag("[0], [1] or [2]");
        }

        var encoding = reader.ReadAny();
        reader.Leave(mark);
        return new External { DirectReference = direct, IndirectReference = indirect, DataValueDescriptor = descriptor, Encoding = encoding };
    }

    // X.690 8.18.1.
    private static ComponentDescriptor[] Components() =>
    [
        new("direct-reference", TypeDescriptor.Of(TypeKind.ObjectIdentifier, Tag.ObjectIdentifier)) { IsOptional = true },
        new("indirect-reference", TypeDescriptor.Of(TypeKind.Integer, Tag.Integer)) { IsOptional = true },
        new("data-value-descriptor", TypeDescriptor.Of(TypeKind.ObjectDescriptor, Tag.ObjectDescriptor)) { IsOptional = true },
        new("encoding", TypeDescriptor.Structure(TypeKind.Choice, "", "", -1, Encodings)),
    ];

    private static ComponentDescriptor[] Encodings() =>
    [
        new("single-ASN1-type", TypeDescriptor.Of(TypeKind.Any, Tag.Context(0, true))),
        new("octet-aligned", TypeDescriptor.Of(TypeKind.OctetString, Tag.Context(1, false))),
        new("arbitrary", TypeDescriptor.Of(TypeKind.BitString, Tag.Context(2, false))),
    ];

    /// <inheritdoc/>
    public void Encode(ref DerWriter writer) => Encode(ref writer, Tag.External);

    /// <summary>Writes the element with another tag.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag to write.</param>
    public void Encode(ref DerWriter writer, Tag tag)
    {
        var mark = writer.Length;
        writer.WriteAny(Encoding);
        if (DataValueDescriptor is { } descriptor)
        {
            writer.WriteObjectDescriptor(Tag.ObjectDescriptor, descriptor);
        }

        if (IndirectReference is { } indirect)
        {
            writer.WriteInteger(Tag.Integer, indirect);
        }

        if (DirectReference is { } direct)
        {
            writer.WriteObjectIdentifier(Tag.ObjectIdentifier, direct);
        }

        writer.End(tag, mark);
    }
}
