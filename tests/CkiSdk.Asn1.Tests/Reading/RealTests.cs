namespace CkiSdk.Asn1.Tests;

public sealed class RealTests
{
    [Theory]
    [InlineData("zero", "09 00", 0.0)]
    [InlineData("minus zero", "09 01 43", -0.0)]
    [InlineData("infinity", "09 01 40", double.PositiveInfinity)]
    [InlineData("minus infinity", "09 01 41", double.NegativeInfinity)]
    [InlineData("not a number", "09 01 42", double.NaN)]
    [InlineData("one", "09 03 80 00 01", 1.0)]
    [InlineData("minus one", "09 03 C0 00 01", -1.0)]
    [InlineData("a half", "09 03 80 FF 01", 0.5)]
    [InlineData("ten", "09 03 80 01 05", 10.0)]
    [InlineData("256", "09 03 80 08 01", 256.0)]
    [InlineData("the least above zero", "09 04 81 FBCE 01", double.Epsilon)]
    [InlineData("the greatest", "09 0A 81 03CB 1FFFFFFFFFFFFF", double.MaxValue)]
    public void Real_IsReadAndWritten(string description, string hex, double value)
    {
        DerAssert.Writes(
            description, hex, value, (ref DerWriter w, double v) => w.WriteReal(Tag.Real, v), (ref DerReader r) => r.ReadReal(Tag.Real));
        var reader = new DerReader(DerAssert.Hex(hex));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(reader.ReadReal(Tag.Real)));
    }

    [Theory]
    [InlineData("an even mantissa", "09 03 80 00 02")]
    [InlineData("a zero mantissa", "09 03 80 00 00")]
    [InlineData("no mantissa", "09 02 80 00")]
    [InlineData("a padded mantissa", "09 04 80 00 00 01")]
    [InlineData("a padded exponent", "09 04 81 0000 01")]
    [InlineData("a padded negative exponent", "09 04 81 FFFF 01")]
    [InlineData("no exponent", "09 01 80")]
    [InlineData("a scale", "09 03 84 00 01")]
    [InlineData("base 8", "09 03 90 00 01")]
    [InlineData("base 16", "09 03 A0 00 01")]
    [InlineData("a reserved special value", "09 01 44")]
    [InlineData("a special value with more", "09 02 40 00")]
    [InlineData("decimal", "09 05 03 31 2E 45 30")]
    [InlineData("more bits than a double has", "09 0A 80 00 20000000000001 01")]
    [InlineData("an exponent beyond a double", "09 04 81 0400 01")]
    [InlineData("an exponent of three octets", "09 05 82 010000 01")]
    public void ReadReal_Rejects(string description, string hex) =>
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidReal, (ref DerReader r) => r.ReadReal(Tag.Real));
}
