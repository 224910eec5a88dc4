namespace CkiSdk.Asn1;

/// <summary>Is a value of INSTANCE OF (X.681 C): an identifier, and a value of the type that it stands for.</summary>
public sealed record InstanceOf : IDerType<InstanceOf>
{
    /// <inheritdoc/>
    public static string Asn1Name => "INSTANCE OF";

    /// <inheritdoc/>
    public static TypeDescriptor Descriptor { get; } = TypeDescriptor.Structure(TypeKind.Sequence, "", "INSTANCE OF", -1, Components, Tag.External);

    /// <summary>Gets the identifier of the type.</summary>
    public required ObjectIdentifier TypeId { get; init; }

    /// <summary>Gets the value.</summary>
    public required AnyValue Value { get; init; }

    /// <inheritdoc/>
    public static InstanceOf Decode(ref DerReader reader) => Decode(ref reader, Tag.External);

    /// <summary>Reads one element with another tag.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="tag">The tag to expect.</param>
    public static InstanceOf Decode(ref DerReader reader, Tag tag)
    {
        var mark = reader.Enter(tag);
        reader.Field("type-id");
        var id = reader.ReadObjectIdentifier(Tag.ObjectIdentifier);
        reader.Field("value");
        var outer = reader.Enter(Tag.Context(0, true));
        var value = reader.ReadAny();
        reader.Leave(outer);
        reader.Leave(mark);
        return new InstanceOf { TypeId = id, Value = value };
    }

    /// <inheritdoc/>
    public void Encode(ref DerWriter writer) => Encode(ref writer, Tag.External);

    /// <summary>Writes the element with another tag.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag to write.</param>
    public void Encode(ref DerWriter writer, Tag tag)
    {
        var mark = writer.Length;
        var outer = writer.Length;
        writer.WriteAny(Value);
        writer.End(Tag.Context(0, true), outer);
        writer.WriteObjectIdentifier(Tag.ObjectIdentifier, TypeId);
        writer.End(tag, mark);
    }

    private static ComponentDescriptor[] Components() =>
    [
        new("type-id", TypeDescriptor.Of(TypeKind.ObjectIdentifier, Tag.ObjectIdentifier)),
        new("value", TypeDescriptor.Of(TypeKind.Any, Tag.Context(0, true))),
    ];
}
