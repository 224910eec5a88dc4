using CkiSdk.Asn1;

namespace CodeFirst;

[Asn1Sequence(IsExtensible = true)]
public sealed partial record Order(int Number, Contact Customer, [property: Asn1Tag(0)] string? Note = null)
{
    [Asn1Tag(1), Asn1Default(Urgency.Normal)]
    public Urgency Urgency { get; init; } = Urgency.Normal;

    public OrderLines Lines { get; init; }
}

[Asn1SequenceOf]
public readonly partial record struct OrderLines([property: Asn1Size(1, 100)] SequenceOf<OrderLine> Items);

[Asn1Sequence]
public sealed partial record OrderLine([property: Asn1String(Asn1StringType.Printable), Asn1Size(1, 20)] string Article, [property: Asn1Range(1, 1000)] int Count);

[Asn1Choice]
public abstract partial record Contact
{
    [Asn1Tag(0)]
    public sealed partial record Mail([property: Asn1String(Asn1StringType.Ia5)] string Address) : Contact;

    [Asn1Tag(1)]
    public sealed partial record Branch(int Number) : Contact;
}

[Asn1Enumerated]
public enum Urgency
{
    Normal,
    High = 5,
}
