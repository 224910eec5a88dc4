namespace CkiSdk.Asn1.Tests;

public sealed class BitStringTests
{
    [Theory]
    [InlineData("empty", "03 01 00", "", 0)]
    [InlineData("eight bits", "03 02 00 A5", "A5", 0)]
    [InlineData("one bit", "03 02 07 80", "80", 7)]
    [InlineData("eighteen bits, as X.690 8.6.4.2", "03 04 06 0A3B40", "0A3B40", 6)]
    [InlineData("a bit that is zero", "03 02 07 00", "00", 7)]
    public void BitString_IsReadAndWritten(string description, string hex, string octets, int unusedBits) => DerAssert.Writes(
        description,
        hex,
        new BitString(DerAssert.Hex(octets), unusedBits),
        (ref DerWriter w, BitString v) => w.WriteBitString(Tag.BitString, v),
        (ref DerReader r) => r.ReadBitString(Tag.BitString));

    [Theory]
    [InlineData("no content", "03 00")]
    [InlineData("unused bits of nothing", "03 01 01")]
    [InlineData("eight unused bits", "03 02 08 00")]
    [InlineData("255 unused bits", "03 02 FF 00")]
    [InlineData("an unused bit that is set", "03 02 01 01")]
    [InlineData("seven unused bits, one set", "03 02 07 C0")]
    public void ReadBitString_Rejects(string description, string hex)
    {
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidBitString, (ref DerReader r) => r.ReadBitString(Tag.BitString));
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidBitString, (ref DerReader r) => r.ReadNamedBitString(Tag.BitString));
        var content = DerAssert.Hex(hex)[2..];
        if (content.Length > 0)
            Assert.Throws<ArgumentException>(() => new BitString(content.AsMemory(1), content[0]));
    }

    [Fact]
    public void ReadBitString_Rejects_TheConstructedForm() =>
        DerAssert.Refuses("in parts", "23 04 03 02 00 A5", DerErrorKind.UnexpectedTag, (ref DerReader r) => r.ReadBitString(Tag.BitString));

    [Theory]
    [InlineData("none", "03 01 00", new int[0])]
    [InlineData("keyCertSign and cRLSign", "03 02 01 06", new[] { 5, 6 })]
    [InlineData("the ninth", "03 03 07 00 80", new[] { 8 })]
    [InlineData("the first and the last of two octets", "03 03 00 80 01", new[] { 15, 0 })]
    public void NamedBits_AreReadAndWritten(string description, string hex, int[] bits) => DerAssert.Writes(
        description,
        hex,
        BitString.FromNamedBits(bits),
        (ref DerWriter w, BitString v) => w.WriteNamedBitString(Tag.BitString, v),
        (ref DerReader r) => r.ReadNamedBitString(Tag.BitString));

    [Theory]
    [InlineData("a zero octet", "03 02 00 00")]
    [InlineData("a zero bit", "03 02 00 06")]
    [InlineData("one bit too few unused", "03 02 06 80")]
    [InlineData("a zero octet after a set bit", "03 03 00 80 00")]
    public void ReadNamedBitString_Rejects_TrailingZeros(string description, string hex) =>
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidBitString, (ref DerReader r) => r.ReadNamedBitString(Tag.BitString));

    [Fact]
    public void WriteNamedBitString_Trims_TrailingZeros()
    {
        DerEncoder<BitString> write = (ref DerWriter w, BitString v) => w.WriteNamedBitString(Tag.BitString, v);
        Assert.Equal(DerAssert.Hex("03020106"), DerAssert.Encode(new BitString(new byte[] { 0x06, 0x00 }), write));
        Assert.Equal(DerAssert.Hex("030100"), DerAssert.Encode(new BitString(new byte[3], 5), write));
    }
}
