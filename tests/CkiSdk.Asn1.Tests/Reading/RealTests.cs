using System.Numerics;

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
            description, hex, (Real)value, (ref DerWriter w, Real v) => w.WriteReal(Tag.Real, v), (ref DerReader r) => r.ReadReal(Tag.Real));
        var reader = new DerReader(DerAssert.Hex(hex));
        var real = reader.ReadReal(Tag.Real);
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(real.ToDouble()));
        Assert.True(real.TryToDouble(out _));
    }

    [Theory]
    [InlineData("decimal one", "09 06 03 312E452B30", 10, "1", "0", 1.0, true)]
    [InlineData("decimal", "09 07 03 31352E452D31", 10, "15", "-1", 1.5, true)]
    [InlineData("a decimal that no double is", "09 06 03 312E452D31", 10, "1", "-1", 0.1, false)]
    [InlineData("a negative decimal", "09 0A 03 2D3132332E45313230", 10, "-123", "120", -1.23e122, false)]
    [InlineData("a decimal beyond a double", "09 08 03 312E4539393939", 10, "1", "9999", double.PositiveInfinity, false)]
    [InlineData("more bits than a double has", "09 0B 80 00 010000000000000001", 2, "18446744073709551617", "0", 18446744073709551616.0, false)]
    [InlineData("bits that round up", "09 09 80 00 20000000000003", 2, "9007199254740995", "0", 9007199254740996.0, false)]
    [InlineData("an exponent beyond a double", "09 04 81 0400 01", 2, "1", "1024", double.PositiveInfinity, false)]
    [InlineData("an exponent of three octets", "09 05 82 010000 01", 2, "1", "65536", double.PositiveInfinity, false)]
    [InlineData("an exponent of four octets", "09 07 83 04 80000000 01", 2, "1", "-2147483648", 0.0, false)]
    public void Real_HoldsWhatADoubleCannot(string description, string hex, int radix, string mantissa, string exponent, double nearest, bool exact)
    {
        var reader = new DerReader(DerAssert.Hex(hex));
        var real = reader.ReadReal(Tag.Real);
        Assert.True(real.Mantissa == BigInteger.Parse(mantissa, null) && real.Exponent == BigInteger.Parse(exponent, null), $"{description}: {real}");
        Assert.Equal(radix == 10, real.IsDecimal);
        Assert.Equal(nearest, real.ToDouble());
        Assert.Equal(exact, real.TryToDouble(out _));
        Assert.Equal(real, radix == 10 ? Real.FromDecimal(real.Mantissa * 100, real.Exponent - 2) : Real.FromBinary(real.Mantissa * 8, real.Exponent - 3));
        DerAssert.Writes(description, hex, real, (ref DerWriter w, Real v) => w.WriteReal(Tag.Real, v), (ref DerReader r) => r.ReadReal(Tag.Real));
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
    [InlineData("decimal with exponent 0 unsigned", "09 05 03 31 2E 45 30")]
    [InlineData("decimal of the form NR1", "09 02 01 31")]
    [InlineData("decimal of the form NR2", "09 04 02 31 2E 30")]
    [InlineData("decimal with a plus", "09 06 03 2B312E452B30")]
    [InlineData("decimal with a leading zero", "09 06 03 30312E452B30")]
    [InlineData("decimal with a trailing zero", "09 06 03 31302E452B30")]
    [InlineData("decimal with a fraction", "09 06 03 312E31452B30")]
    [InlineData("decimal with a positive exponent signed", "09 06 03 312E452B31")]
    [InlineData("decimal with a padded exponent", "09 06 03 312E453031")]
    [InlineData("decimal zero", "09 05 03 302E452B30")]
    [InlineData("decimal with a blank", "09 06 03 20312E452B30")]
    [InlineData("decimal without text", "09 01 03")]
    [InlineData("decimal with a small e", "09 05 03 312E652B30")]
    [InlineData("decimal without digits in the exponent", "09 04 03 312E45")]
    [InlineData("a long exponent that fits in three octets", "09 06 83 03 010000 01")]
    [InlineData("an exponent that is longer than the content", "09 03 83 09 01")]
    public void ReadReal_Rejects(string description, string hex) =>
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidReal, (ref DerReader r) => r.ReadReal(Tag.Real));
}
