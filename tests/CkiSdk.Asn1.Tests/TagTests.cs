namespace CkiSdk.Asn1.Tests;

public sealed class TagTests
{
    [Theory]
    [InlineData("a universal type", "SEQUENCE", "30")]
    [InlineData("a universal primitive type", "OCTET STRING", "04")]
    [InlineData("a reserved universal number", "[UNIVERSAL 15]", "0F")]
    [InlineData("a universal number in the high form", "[UNIVERSAL 37]", "1F25")]
    [InlineData("a context-specific tag", "[9]", "A9")]
    [InlineData("the greatest number of the low form", "[30]", "BE")]
    [InlineData("the least number of the high form", "[31]", "BF1F")]
    [InlineData("a number of one group", "[45]", "BF2D")]
    [InlineData("the greatest number of one group", "[127]", "9F7F")]
    [InlineData("the least number of two groups", "[128]", "9F8100")]
    [InlineData("the greatest number", "[16777215]", "9F87FFFF7F")]
    [InlineData("an application tag", "[APPLICATION 1]", "61")]
    [InlineData("a private tag", "[PRIVATE 3]", "C3")]
    public void PeekTag_And_End_AgreeOn(string description, string text, string identifier)
    {
        byte[] der = [.. DerAssert.Hex(identifier), 0x00];
        var reader = new DerReader(der);
        var tag = reader.PeekTag();
        Assert.True(text == tag.ToString(), description);
        Assert.True(reader.NextIs(tag));
        Assert.False(reader.NextIs(tag.IsConstructed ? tag.AsPrimitive() : tag.AsConstructed()));
        Assert.Equal(0, reader.Position);
        Assert.Equal(tag, new Tag(tag.Class, tag.Number, tag.IsConstructed));

        var buffer = new byte[der.Length];
        var writer = new DerWriter(buffer);
        writer.End(tag, 0);
        Assert.Equal(der, buffer);
        reader.Leave(reader.Enter(tag));
        reader.End();
    }

    [Fact]
    public void UniversalTags_HaveTheNumbersOfX680()
    {
        Tag[] tags =
        [
            Tag.Boolean, Tag.Integer, Tag.BitString, Tag.OctetString, Tag.Null, Tag.ObjectIdentifier, Tag.ObjectDescriptor, Tag.External,
            Tag.Real, Tag.Enumerated, Tag.EmbeddedPdv, Tag.Utf8String, Tag.RelativeOid, Tag.Sequence, Tag.Set, Tag.NumericString,
            Tag.PrintableString, Tag.TeletexString, Tag.VideotexString, Tag.Ia5String, Tag.UtcTime, Tag.GeneralizedTime, Tag.GraphicString,
            Tag.VisibleString, Tag.GeneralString, Tag.UniversalString, Tag.BmpString,
        ];
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30],
            tags.Select(t => t.Number));
        Assert.Equal([Tag.External, Tag.EmbeddedPdv, Tag.Sequence, Tag.Set], tags.Where(t => t.IsConstructed));
        Assert.All(tags, t => Assert.Equal(TagClass.Universal, t.Class));
        Assert.Equal(tags.Length, tags.Select(t => t.ToString()).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(TagClass.Universal, -1)]
    [InlineData(TagClass.ContextSpecific, Tag.MaxNumber + 1)]
    [InlineData((TagClass)4, 1)]
    public void Constructor_Rejects_WhatNoTagIs(TagClass cls, int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Tag(cls, number, constructed: false));

    [Theory]
    [InlineData("high form for 30", "9F 1E 00", DerErrorKind.NonMinimalTag)]
    [InlineData("high form for 0", "9F 00 00", DerErrorKind.NonMinimalTag)]
    [InlineData("a leading zero group", "9F 80 7F 00", DerErrorKind.NonMinimalTag)]
    [InlineData("no number", "9F", DerErrorKind.UnexpectedEnd)]
    [InlineData("an unfinished number", "9F FF", DerErrorKind.UnexpectedEnd)]
    [InlineData("a number above the greatest", "9F 88 80 80 00 00", DerErrorKind.TooLarge)]
    [InlineData("a number without an end", "9F FF FF FF FF FF FF FF FF FF FF", DerErrorKind.TooLarge)]
    [InlineData("end-of-contents", "00 00", DerErrorKind.UnexpectedTag)]
    [InlineData("end-of-contents, constructed", "20 00", DerErrorKind.UnexpectedTag)]
    [InlineData("nothing", "", DerErrorKind.UnexpectedEnd)]
    public void PeekTag_Rejects(string description, string hex, DerErrorKind kind)
    {
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.PeekTag());
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadAny());
        if (hex.StartsWith("9F", StringComparison.Ordinal))
        {
            DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.NextIs(Tag.Context(31, constructed: false)));
            DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.TryPeekTag(out _));
            DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadBoolean(Tag.Context(31, constructed: false)));
        }
    }

    [Fact]
    public void TryPeekTag_GivesFalse_AtTheEnd()
    {
        var reader = new DerReader(DerAssert.Hex("3000"));
        Assert.True(reader.TryPeekTag(out var tag));
        Assert.Equal(Tag.Sequence, tag);
        var mark = reader.Enter(Tag.Sequence);
        Assert.False(reader.TryPeekTag(out _));
        Assert.False(reader.NextIs(Tag.Sequence));
        Assert.False(reader.HasData);
        reader.Leave(mark);
    }
}
