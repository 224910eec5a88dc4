namespace CkiSdk.Asn1;

/// <summary>Says of which abstract and transfer syntax the data of an EMBEDDED PDV or CHARACTER STRING is (X.680 36.5, 44.5).</summary>
public abstract record PdvIdentification
{
    private PdvIdentification()
    {
    }

    internal static TypeDescriptor Descriptor { get; } = TypeDescriptor.Structure(TypeKind.Choice, "", "", -1, Alternatives, Tag.Context(0, true));

    /// <summary>Reads one element, [0] around the alternative.</summary>
    /// <param name="reader">The reader.</param>
    internal static PdvIdentification Decode(ref DerReader reader)
    {
        var outer = reader.Enter(Tag.Context(0, true));
        var result = DecodeAlternative(ref reader);
        reader.Leave(outer);
        return result;
    }

    internal void Encode(ref DerWriter writer)
    {
        var outer = writer.Length;
        EncodeAlternative(ref writer);
        writer.End(Tag.Context(0, true), outer);
    }

    private protected abstract void EncodeAlternative(ref DerWriter writer);

    private static PdvIdentification DecodeAlternative(ref DerReader reader)
    {
        if (reader.NextIs(Tag.Context(0, true)))
        {
            var mark = reader.Enter(Tag.Context(0, true));
            var value = new Syntaxes(reader.ReadObjectIdentifier(Tag.Context(0, false)), reader.ReadObjectIdentifier(Tag.Context(1, false)));
            reader.Leave(mark);
            return value;
        }

        if (reader.NextIs(Tag.Context(3, true)))
        {
            var mark = reader.Enter(Tag.Context(3, true));
            var value = new ContextNegotiation(reader.ReadInteger(Tag.Context(0, false)), reader.ReadObjectIdentifier(Tag.Context(1, false)));
            reader.Leave(mark);
            return value;
        }

        if (reader.NextIs(Tag.Context(1, false)))
            return new Syntax(reader.ReadObjectIdentifier(Tag.Context(1, false)));
        if (reader.NextIs(Tag.Context(2, false)))
            return new PresentationContextId(reader.ReadInteger(Tag.Context(2, false)));
        if (reader.NextIs(Tag.Context(4, false)))
            return new TransferSyntax(reader.ReadObjectIdentifier(Tag.Context(4, false)));
        if (!reader.NextIs(Tag.Context(5, false)))
            reader.ThrowUnexpectedTag("identification");
        _ = reader.ReadNull(Tag.Context(5, false));
        return new Fixed();
    }

    private static ComponentDescriptor[] Alternatives() =>
    [
        new("syntaxes", TypeDescriptor.Structure(TypeKind.Sequence, "", "", -1, static () =>
        [
            new("abstract", TypeDescriptor.Of(TypeKind.ObjectIdentifier, Tag.Context(0, false))),
            new("transfer", TypeDescriptor.Of(TypeKind.ObjectIdentifier, Tag.Context(1, false))),
        ], Tag.Context(0, true))),
        new("syntax", TypeDescriptor.Of(TypeKind.ObjectIdentifier, Tag.Context(1, false))),
        new("presentation-context-id", TypeDescriptor.Of(TypeKind.Integer, Tag.Context(2, false))),
        new("context-negotiation", TypeDescriptor.Structure(TypeKind.Sequence, "", "", -1, static () =>
        [
            new("presentation-context-id", TypeDescriptor.Of(TypeKind.Integer, Tag.Context(0, false))),
            new("transfer-syntax", TypeDescriptor.Of(TypeKind.ObjectIdentifier, Tag.Context(1, false))),
        ], Tag.Context(3, true))),
        new("transfer-syntax", TypeDescriptor.Of(TypeKind.ObjectIdentifier, Tag.Context(4, false))),
        new("fixed", TypeDescriptor.Of(TypeKind.Null, Tag.Context(5, false))),
    ];

    /// <summary>Names both syntaxes.</summary>
    /// <param name="Abstract">The abstract syntax.</param>
    /// <param name="Transfer">The transfer syntax.</param>
    public sealed record Syntaxes(ObjectIdentifier Abstract, ObjectIdentifier Transfer) : PdvIdentification
    {
        private protected override void EncodeAlternative(ref DerWriter writer)
        {
            var mark = writer.Length;
            writer.WriteObjectIdentifier(Tag.Context(1, false), Transfer);
            writer.WriteObjectIdentifier(Tag.Context(0, false), Abstract);
            writer.End(Tag.Context(0, true), mark);
        }
    }

    /// <summary>Names both syntaxes by one identifier.</summary>
    /// <param name="Value">The identifier.</param>
    public sealed record Syntax(ObjectIdentifier Value) : PdvIdentification
    {
        private protected override void EncodeAlternative(ref DerWriter writer) => writer.WriteObjectIdentifier(Tag.Context(1, false), Value);
    }

    /// <summary>Names a presentation context that was agreed.</summary>
    /// <param name="Value">Its number.</param>
    public sealed record PresentationContextId(Integer Value) : PdvIdentification
    {
        private protected override void EncodeAlternative(ref DerWriter writer) => writer.WriteInteger(Tag.Context(2, false), Value);
    }

    /// <summary>Names a presentation context that is being agreed, and the transfer syntax.</summary>
    /// <param name="Context">The number of the context.</param>
    /// <param name="Transfer">The transfer syntax.</param>
    public sealed record ContextNegotiation(Integer Context, ObjectIdentifier Transfer) : PdvIdentification
    {
        private protected override void EncodeAlternative(ref DerWriter writer)
        {
            var mark = writer.Length;
            writer.WriteObjectIdentifier(Tag.Context(1, false), Transfer);
            writer.WriteInteger(Tag.Context(0, false), Context);
            writer.End(Tag.Context(3, true), mark);
        }
    }

    /// <summary>Names the transfer syntax of data whose abstract syntax is known.</summary>
    /// <param name="Value">The transfer syntax.</param>
    public sealed record TransferSyntax(ObjectIdentifier Value) : PdvIdentification
    {
        private protected override void EncodeAlternative(ref DerWriter writer) => writer.WriteObjectIdentifier(Tag.Context(4, false), Value);
    }

    /// <summary>Says that both syntaxes are fixed by the application.</summary>
    public sealed record Fixed : PdvIdentification
    {
        private protected override void EncodeAlternative(ref DerWriter writer) => writer.WriteNull(Tag.Context(5, false));
    }
}
