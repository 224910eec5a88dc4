using System.Numerics;
using FsCheck.Xunit;

namespace CkiSdk.Asn1.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public sealed class IntegerValueTests
{
    [Property]
    public void CompareTo_AgreesWith_BigInteger(Integer left, Integer right)
    {
        var expected = left.ToBigInteger().CompareTo(right.ToBigInteger());
        Assert.Equal(Math.Sign(expected), Math.Sign(left.CompareTo(right)));
        Assert.Equal(expected == 0, left == right);
        Assert.Equal(expected < 0, left < right);
        Assert.Equal(expected >= 0, left >= right);
        Assert.Equal(left.ToBigInteger().Sign < 0, left.IsNegative);
    }

    [Property]
    public void Narrowing_AgreesWith_BigInteger(Integer value)
    {
        var number = value.ToBigInteger();
        Assert.Equal(number >= int.MinValue && number <= int.MaxValue, value.TryToInt32(out var narrow));
        Assert.Equal(number >= long.MinValue && number <= long.MaxValue, value.TryToInt64(out var wide));
        if (value.TryToInt32(out _))
            Assert.Equal(number, narrow);
        else
            Assert.Throws<OverflowException>(() => value.ToInt32());
        if (value.TryToInt64(out _))
            Assert.Equal(number, wide);
        else
            Assert.Throws<OverflowException>(() => value.ToInt64());
        var decimals = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(value.Octets.Length <= 21 ? decimals : $"Integer({value.Octets.Length})", value.ToString());
    }

    [Theory]
    [InlineData("the longest serial number", 21, "93536104789177786765035829293842113257979682750464")]
    [InlineData("one octet more", 22, "Integer(22)")]
    [InlineData("a private exponent", 32, "Integer(32)")]
    [InlineData("digits that take minutes to compute", 1_000_000, "Integer(1000000)")]
    public void ToString_Shows_NoKey(string description, int length, string expected) =>
        Assert.True(new Integer((byte[])[0x40, .. new byte[length - 1]]).ToString() == expected, description);

    [Property]
    public void FromUnsigned_AgreesWith_BigInteger(byte[] octets)
    {
        var value = Integer.FromUnsigned(octets);
        Assert.Equal(new BigInteger(octets, isUnsigned: true, isBigEndian: true), value.ToBigInteger());
        Assert.Equal(value, Integer.FromUnsigned(value.ToUnsigned()));
        Assert.True(value.ToUnsigned().Length == 1 || value.ToUnsigned()[0] != 0);
    }

    [Property]
    public void Conversions_Agree(int value)
    {
        Assert.Equal((Integer)(BigInteger)value, value);
        Assert.Equal((Integer)(long)value, (Integer)value);
        Assert.Equal(value, ((Integer)value).ToInt32());
    }

    [Fact]
    public void Default_IsZero()
    {
        Assert.Equal(0, default(Integer));
        Assert.Equal([0], default(Integer).Octets.ToArray());
        Assert.Equal("0", default(Integer).ToString());
        Assert.Equal([0], default(Integer).ToUnsigned().ToArray());
        Assert.True(default(Integer).TryToInt32(out var zero));
        Assert.Equal(0, zero);
    }

    [Fact]
    public void ToUnsigned_Rejects_ANegativeNumber() => Assert.Throws<OverflowException>(() => ((Integer)(-1)).ToUnsigned().Length);
}
