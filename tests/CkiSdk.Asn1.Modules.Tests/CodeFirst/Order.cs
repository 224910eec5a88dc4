using System.Numerics;

namespace CkiSdk.Asn1.Modules.Tests.CodeFirst;

[Asn1Sequence(IsExtensible = true)]
public sealed partial record Order(int Number, Contact Customer, [property: Asn1Tag(0)] string? Note = null)
{
    [Asn1Tag(1), Asn1Default(Urgency.Normal)]
    public Urgency Urgency { get; init; } = Urgency.Normal;

    [Asn1Tag(2), Asn1Range(1, 100)]
    public byte? Pieces { get; init; }

    [Asn1Tag(3)]
    public byte[]? Picture { get; init; }

    [Asn1Tag(4)]
    public DateTimeOffset? Due { get; init; }

    [Asn1Tag(5)]
    public BigInteger? Serial { get; init; }

    [Asn1Size(1, 3)]
    public IReadOnlyList<string> Lines { get; init; } = [];
}

[Asn1Choice]
public abstract partial record Contact
{
    [Asn1Tag(0)]
    public sealed partial record Mail([property: Asn1String(Asn1StringType.Ia5)] string Address) : Contact;

    [Asn1Tag(1)]
    public sealed partial record Nobody : Contact;
}

[Asn1Enumerated]
public enum Urgency
{
    Normal,
    High = 5,
}
