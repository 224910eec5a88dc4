namespace CkiSdk.Asn1.Tests;

public sealed class AnyTests
{
    [Theory]
    [InlineData("a primitive", "02 01 05")]
    [InlineData("a primitive whose content is not looked into", "02 00")]
    [InlineData("an empty SEQUENCE", "30 00")]
    [InlineData("a tree", "30 09 A0 02 05 00 31 03 80 01 FF")]
    [InlineData("empty elements at the end of each level", "30 06 30 04 30 02 30 00")]
    [InlineData("a high tag", "BF 1F 02 05 00")]
    [InlineData("a universal type in the high form", "1F 1F 01 00")]
    [InlineData("a universal type that is not known, constructed", "3F 25 02 05 00")]
    public void ReadAny_Takes(string description, string hex)
    {
        DerAssert.Reads(
            description,
            hex,
            hex.Replace(" ", "", StringComparison.Ordinal),
            (ref DerReader r) => Convert.ToHexString(r.ReadAny().Encoded.Span));
        DerAssert.Writes(
            description,
            hex,
            new AnyValue(DerAssert.Hex(hex)),
            (ref DerWriter w, AnyValue v) => w.WriteAny(v),
            (ref DerReader r) => r.ReadAny());
    }

    [Theory]
    [InlineData("an inner indefinite length", "30 04 30 80 00 00", DerErrorKind.IndefiniteLength)]
    [InlineData("an inner padded length", "30 03 04 81 00", DerErrorKind.NonMinimalLength)]
    [InlineData("an inner padded tag", "30 03 9F 1E 00", DerErrorKind.NonMinimalTag)]
    [InlineData("an element longer than the outer one", "30 03 04 02 00 00", DerErrorKind.UnexpectedEnd)]
    [InlineData("an element longer than one on the way", "30 05 A0 02 04 01 00", DerErrorKind.UnexpectedEnd)]
    [InlineData("half a header at the end", "30 01 04", DerErrorKind.UnexpectedEnd)]
    [InlineData("end-of-contents inside", "30 02 00 00", DerErrorKind.UnexpectedTag)]
    [InlineData("a primitive SEQUENCE", "10 00", DerErrorKind.UnexpectedTag)]
    [InlineData("a primitive SET inside", "30 02 11 00", DerErrorKind.UnexpectedTag)]
    [InlineData("a constructed INTEGER", "22 03 02 01 05", DerErrorKind.UnexpectedTag)]
    [InlineData("a constructed OCTET STRING inside", "30 04 24 02 04 00", DerErrorKind.UnexpectedTag)]
    [InlineData("a constructed DATE", "3F 1F 00", DerErrorKind.UnexpectedTag)]
    [InlineData("a constructed RELATIVE-OID-IRI inside", "30 03 3F 24 00", DerErrorKind.UnexpectedTag)]
    public void ReadAny_Rejects(string description, string hex, DerErrorKind kind)
    {
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadAny());
        Assert.Throws<ArgumentException>(() => new AnyValue(DerAssert.Hex(hex)));
    }

    [Fact]
    public void Constructor_Rejects_MoreThanOneElement() =>
        Assert.Throws<ArgumentException>(() => new AnyValue(DerAssert.Hex("0500 0500")));

    [Fact]
    public void As_Decodes_WhatFromEncoded()
    {
        var any = AnyValue.From(new Envelope([1, 2]));
        Assert.Equal(Tag.Sequence, any.Tag);
        Assert.Equal(new Envelope([1, 2]), any.As<Envelope>());
        Assert.Equal(
            "Envelope: unexpected tag NULL at byte 0, expected SEQUENCE",
            Assert.Throws<DerException>(() => AnyValue.Null.As<Envelope>()).Message);
    }

    private sealed record Envelope(SequenceOf<int> Numbers) : IDerType<Envelope>
    {
        public static string Asn1Name => "Envelope";

        public static TypeDescriptor Descriptor => TypeDescriptor.Of(TypeKind.Any);

        public static Envelope Decode(ref DerReader reader) =>
            new(reader.ReadSequenceOf(Tag.Sequence, (ref DerReader r) => r.ReadInt32(Tag.Integer)));

        public void Encode(ref DerWriter writer) =>
            writer.WriteSequenceOf(Tag.Sequence, Numbers, (ref DerWriter w, int v) => w.WriteInt32(Tag.Integer, v));
    }
}
