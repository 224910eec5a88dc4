namespace CkiSdk.Asn1.Tests;

public sealed class ExternalTests
{
    [Theory]
    [InlineData("one element", "28 07 06 01 2A A0 02 05 00")]
    [InlineData("octets", "28 06 02 01 05 81 01 FF")]
    [InlineData("bits, with all that may stand before", "28 0D 06 01 2A 02 01 05 07 01 61 82 02 00 A5")]
    public void External_IsReadAndWritten(string description, string hex)
    {
        var der = DerAssert.Hex(hex);
        Assert.Equal(der, Der.Encode(Der.Decode<External>(der)));
        DerAssert.Reads(description, hex, Der.Decode<External>(der), External.Decode);
    }

    [Theory]
    [InlineData("no data", "28 03 06 01 2A", "EXTERNAL.encoding: unexpected end at byte 5, expected [0], [1] or [2]")]
    [InlineData("another tag", "28 02 83 00", "EXTERNAL.encoding: unexpected tag [3] at byte 2, expected [0], [1] or [2]")]
    [InlineData("octets in constructed form", "28 02 A1 00", "EXTERNAL.encoding: unexpected tag [1] at byte 2, expected [0], [1] or [2]")]
    [InlineData("components in another order", "28 08 02 01 05 06 01 2A 80 00", "EXTERNAL.encoding: unexpected tag OBJECT IDENTIFIER at byte 5, expected [0], [1] or [2]")]
    [InlineData("a SEQUENCE", "30 02 81 00", "EXTERNAL: unexpected tag SEQUENCE at byte 0, expected EXTERNAL")]
    public void Decode_Rejects(string description, string hex, string message)
    {
        var e = Assert.Throws<DerException>(() => Der.Decode<External>(DerAssert.Hex(hex)));
        Assert.True(message == e.Message, $"{description}: {e.Message}");
    }
}
