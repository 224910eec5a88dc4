namespace CkiSdk.Asn1.Tests;

public sealed class ValueTests
{
    [Fact]
    public void ToString_Hides_Octets()
    {
        Assert.Equal("OctetString(32)", new OctetString(new byte[32]).ToString());
        Assert.Equal("BitString(12)", new BitString(new byte[2], 4).ToString());
        Assert.Equal("AnyValue(OCTET STRING, 4)", new AnyValue(DerAssert.Hex("0402AABB")).ToString());
        Assert.Equal("Retained(2)", new Retained(new byte[2]).ToString());
        Assert.Equal("NULL", default(Null).ToString());
    }

    [Fact]
    public void Default_IsUsable()
    {
        Assert.Equal("", default(Utf8String).ToString());
        Assert.Equal(0, default(OctetString).Length);
        Assert.Equal(default(OctetString), OctetString.FromHex(""));
        Assert.Equal(0, default(BitString).Length);
        Assert.Equal("0.0", default(ObjectIdentifier).ToString());
        Assert.Equal(ObjectIdentifier.Parse("0.0"), default);
        Assert.Equal("0", default(RelativeOid).ToString());
        Assert.Equal(new DateTimeOffset(1950, 1, 1, 0, 0, 0, TimeSpan.Zero), default(UtcTime).ToDateTimeOffset());
        Assert.Equal(DateTimeOffset.MinValue, default(GeneralizedTime).ToDateTimeOffset());
        Assert.Equal(Tag.Null, default(AnyValue).Tag);
        Assert.Empty(default(SequenceOf<int>));
        Assert.Empty(default(SetOf<int>));
        Assert.Equal(default(SetOf<int>), (SetOf<int>)[]);
        Assert.Equal(default(SequenceOf<int>).GetHashCode(), ((SequenceOf<int>)[]).GetHashCode());
    }

    [Fact]
    public void OctetString_Takes_ACollectionExpression()
    {
        OctetString value = [1, 2, 3];
        Assert.Equal("010203", value.ToHex());
        Assert.Equal(value, OctetString.FromHex("010203"));
        Assert.NotEqual(value, OctetString.FromHex("0102"));
        Assert.Equal(value.GetHashCode(), OctetString.FromHex("010203").GetHashCode());
        var sum = 0;
        foreach (var octet in value)
            sum += octet;
        Assert.Equal(6, sum);
    }

    [Fact]
    public void BitString_Numbers_BitsFromTheMostSignificant()
    {
        var value = BitString.FromNamedBits(0, 9);
        Assert.Equal(10, value.Length);
        Assert.True(value[0]);
        Assert.False(value[1]);
        Assert.True(value[9]);
        Assert.False(value[10]);
        Assert.False(value[1000]);
        Assert.Throws<ArgumentOutOfRangeException>(() => value[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => BitString.FromNamedBits(-1));
        Assert.Equal(BitString.FromNamedBits(0, 4, 9), value.WithBit(4));
        Assert.Equal(BitString.FromNamedBits(0, 9, 17), value.WithBit(17));
        Assert.Equal(BitString.FromNamedBits(3), default(BitString).WithBit(3));
        Assert.Equal(10, value.Length);
        Assert.NotEqual(new BitString(new byte[] { 0x80 }), BitString.FromNamedBits(0));
    }

    [Theory]
    [InlineData("one arc", "1")]
    [InlineData("a root above 2", "3.1")]
    [InlineData("a second arc above 39 under 1", "1.40")]
    [InlineData("a leading zero", "1.02")]
    [InlineData("a trailing dot", "1.2.")]
    [InlineData("a leading dot", ".1.2")]
    [InlineData("an empty arc", "1..2")]
    [InlineData("a sign", "1.+2")]
    [InlineData("a space", "1. 2")]
    [InlineData("digits of another script", "1.\u0663")]
    [InlineData("nothing", "")]
    public void Parse_Rejects(string description, string dotted)
    {
        Assert.False(ObjectIdentifier.TryParse(dotted, out _), description);
        Assert.Throws<FormatException>(() => ObjectIdentifier.Parse(dotted));
        Assert.Throws<ArgumentException>(() => new ObjectIdentifier(dotted));
    }

    [Fact]
    public void RelativeOid_Parse_Rejects_WhatIsNoListOfArcs()
    {
        Assert.False(RelativeOid.TryParse("", out _));
        Assert.False(RelativeOid.TryParse("1.", out _));
        Assert.Throws<FormatException>(() => RelativeOid.Parse("a"));
        Assert.Throws<ArgumentException>(() => new RelativeOid("01"));
        Assert.Equal("7", new RelativeOid("7").ToString());
    }

    [Fact]
    public void Times_Compare_AsTime()
    {
        Assert.True(UtcTime.From(new(1999, 1, 1, 0, 0, 0, TimeSpan.Zero)) < UtcTime.From(new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.True(UtcTime.From(new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero)) > default(UtcTime));
        var second = new DateTimeOffset(2024, 1, 1, 0, 0, 1, TimeSpan.Zero);
        Assert.True(GeneralizedTime.From(second) < GeneralizedTime.From(second.AddTicks(1), 7));
        Assert.True(GeneralizedTime.From(second.AddMilliseconds(90), 7) < GeneralizedTime.From(second.AddMilliseconds(100), 7));
        Assert.True(GeneralizedTime.From(second) >= GeneralizedTime.From(second));
    }

    [Fact]
    public void From_Converts_ToUtc()
    {
        var time = new DateTimeOffset(2024, 1, 1, 1, 30, 0, TimeSpan.FromHours(2)).AddMilliseconds(999);
        Assert.Equal("231231233000Z", UtcTime.From(time).ToString());
        Assert.Equal("20231231233000Z", GeneralizedTime.From(time).ToString());
        Assert.Equal("20231231233000.99Z", GeneralizedTime.From(time, 2).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => UtcTime.From(new(2050, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => UtcTime.From(new(1949, 12, 31, 23, 59, 59, TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeneralizedTime.From(time, 8));
    }

    [Fact]
    public void Lists_Compare_Structurally()
    {
        int[] source = [1, 2, 2];
        SequenceOf<int> sequence = source;
        SetOf<int> set = source;
        source[0] = 9;
        Assert.Equal([1, 2, 2], sequence);
        Assert.NotEqual([2, 1, 2], sequence);
        Assert.True(set == [2, 1, 2]);
        Assert.True(set != [1, 1, 2]);
        Assert.True(set != [1, 2]);
        Assert.Equal(set.GetHashCode(), ((SetOf<int>)[2, 2, 1]).GetHashCode());
        Assert.True((SetOf<string?>)[null, "a"] == ["a", null]);
        Assert.Equal(3, sequence.Count);
        Assert.Equal(2, sequence[1]);
        Assert.Throws<IndexOutOfRangeException>(() => sequence[3]);
        Assert.Equal("[1, 2, 2]", sequence.ToString());
        Assert.Equal("{1, 2, 2}", set.ToString());
    }

    [Fact]
    public void Retained_TakesNoPart_InEquality()
    {
        Assert.Equal(new Retained(new byte[] { 1 }), default);
        Assert.Equal(new Retained(new byte[] { 1 }).GetHashCode(), default(Retained).GetHashCode());
        Assert.True(default(Retained).IsEmpty);
    }
}
