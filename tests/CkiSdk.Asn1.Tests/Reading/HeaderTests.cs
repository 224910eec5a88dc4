namespace CkiSdk.Asn1.Tests;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("the short form", 0, "04 00")]
    [InlineData("the greatest short form", 127, "04 7F")]
    [InlineData("one octet", 128, "04 81 80")]
    [InlineData("the greatest of one octet", 255, "04 81 FF")]
    [InlineData("two octets", 256, "04 82 0100")]
    [InlineData("the greatest of two octets", 65535, "04 82 FFFF")]
    [InlineData("three octets", 65536, "04 83 010000")]
    public void Length_IsReadAndWritten(string description, int length, string header)
    {
        OctetString value = new byte[length];
        var hex = header + new string('0', 2 * length);
        DerAssert.Writes(
            description,
            hex,
            value,
            (ref DerWriter w, OctetString v) => w.WriteOctetString(Tag.OctetString, v),
            (ref DerReader r) => r.ReadOctetString(Tag.OctetString));
        DerAssert.Reads(
            description,
            hex,
            length + header.Replace(" ", "", StringComparison.Ordinal).Length / 2,
            (ref DerReader r) => r.ReadAny().Encoded.Length);
    }

    [Theory]
    [InlineData("no length", "04", DerErrorKind.UnexpectedEnd)]
    [InlineData("indefinite", "04 80 00 00", DerErrorKind.IndefiniteLength)]
    [InlineData("one octet too many for 127", "04 81 7F", DerErrorKind.NonMinimalLength)]
    [InlineData("one octet too many for 0", "04 81 00", DerErrorKind.NonMinimalLength)]
    [InlineData("a leading zero octet", "04 82 0080", DerErrorKind.NonMinimalLength)]
    [InlineData("a leading zero octet of five", "04 85 0000000001 00", DerErrorKind.NonMinimalLength)]
    [InlineData("2^31", "04 84 80000000", DerErrorKind.LengthTooLarge)]
    [InlineData("2^32", "04 85 0100000000", DerErrorKind.LengthTooLarge)]
    [InlineData("2^31 - 1 of nothing", "04 84 7FFFFFFF", DerErrorKind.UnexpectedEnd)]
    [InlineData("an unfinished length", "04 82 01", DerErrorKind.UnexpectedEnd)]
    [InlineData("one octet short", "04 02 00", DerErrorKind.UnexpectedEnd)]
    [InlineData("one octet short in the long form", "04 81 80 00", DerErrorKind.UnexpectedEnd)]
    [InlineData("the reserved first octet", "04 FF 00", DerErrorKind.UnexpectedEnd)]
    [InlineData("another tag", "05 00", DerErrorKind.UnexpectedTag)]
    [InlineData("the constructed form", "24 00", DerErrorKind.UnexpectedTag)]
    [InlineData("nothing", "", DerErrorKind.UnexpectedEnd)]
    public void ReadOctetString_Rejects(string description, string hex, DerErrorKind kind) =>
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadOctetString(Tag.OctetString));

    [Fact]
    public void Length_IsRefused_BeyondTheEnclosingElement()
    {
        var reader = new DerReader(DerAssert.Hex("30 03 04 02 00 00"));
        reader.Enter(Tag.Sequence);
        Assert.Throws<DerException>(() =>
        {
            var inner = new DerReader(DerAssert.Hex("30 03 04 02 00 00"));
            inner.Enter(Tag.Sequence);
            inner.ReadOctetString(Tag.OctetString);
        });
        Assert.Equal(2, reader.Position);
    }

    [Fact]
    public void Read_Takes_AnImplicitTagOfEitherForm()
    {
        var primitive = new DerReader(DerAssert.Hex("81 01 FF"));
        Assert.True(primitive.ReadBoolean(Tag.Context(1, constructed: true)));
        DerAssert.Refuses(
            "a constructed BOOLEAN",
            "A1 01 FF",
            DerErrorKind.UnexpectedTag,
            (ref DerReader r) => r.ReadBoolean(Tag.Context(1, constructed: true)));
    }

    [Fact]
    public void Leave_Rejects_ContentThatWasNotRead() =>
        DerAssert.Refuses("a NULL left over", "30 02 05 00", DerErrorKind.TrailingData, (ref DerReader r) =>
        {
            var copy = r;
            var mark = copy.Enter(Tag.Sequence);
            copy.Leave(mark);
            return 0;
        });

    [Fact]
    public void End_Rejects_WhatFollows()
    {
        var e = DerAssert.Refuses("a NULL", "05 00", DerErrorKind.TrailingData, (ref DerReader r) =>
        {
            r.End();
            return 0;
        });
        Assert.Equal("2 octets too many at byte 0", e.Message);
    }

    [Fact]
    public void Leave_Returns_ToTheEnclosingElement()
    {
        var reader = new DerReader(DerAssert.Hex("30 07 A0 03 02 01 05 05 00 04 00"));
        var outer = reader.Enter(Tag.Sequence);
        var inner = reader.Enter(Tag.Context(0, constructed: true));
        Assert.Equal(2, reader.Depth);
        Assert.Equal(5, reader.ReadInt32(Tag.Integer));
        Assert.False(reader.HasData);
        reader.Leave(inner);
        Assert.True(reader.HasData);
        var start = reader.Position;
        reader.ReadNull(Tag.Null);
        Assert.Equal(DerAssert.Hex("0500"), reader.Slice(start).ToArray());
        reader.Leave(outer);
        Assert.Equal(0, reader.Depth);
        Assert.Equal(9, reader.Position);
        Assert.True(reader.NextIs(Tag.OctetString));
    }
}
