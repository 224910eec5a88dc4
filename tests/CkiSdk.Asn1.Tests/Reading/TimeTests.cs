namespace CkiSdk.Asn1.Tests;

public sealed class TimeTests
{
    [Theory]
    [InlineData("a time of 1950", "500101000000Z", "1950-01-01T00:00:00Z")]
    [InlineData("a time of 2049", "491231235959Z", "2049-12-31T23:59:59Z")]
    [InlineData("the leap day of 2000", "000229120000Z", "2000-02-29T12:00:00Z")]
    public void UtcTime_IsReadAndWritten(string description, string text, string time)
    {
        var moment = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        var value = UtcTime.From(moment);
        Assert.Equal(text, value.ToString());
        Assert.Equal(moment, value.ToDateTimeOffset());
        DerAssert.Writes(
            description,
            "17 0D" + Ascii(text),
            value,
            (ref DerWriter w, UtcTime v) => w.WriteUtcTime(Tag.UtcTime, v),
            (ref DerReader r) => r.ReadUtcTime(Tag.UtcTime));
    }

    [Theory]
    [InlineData("no seconds", "5001010000Z")]
    [InlineData("an offset", "500101000000+0000")]
    [InlineData("no zone", "500101000000")]
    [InlineData("a small z", "500101000000z")]
    [InlineData("four digits of year", "19500101000000Z")]
    [InlineData("month 0", "500001000000Z")]
    [InlineData("month 13", "501301000000Z")]
    [InlineData("day 0", "500100000000Z")]
    [InlineData("31 April", "500431000000Z")]
    [InlineData("29 February of 2001", "010229000000Z")]
    [InlineData("hour 24", "500101240000Z")]
    [InlineData("minute 60", "500101006000Z")]
    [InlineData("second 60", "500101000060Z")]
    [InlineData("a letter", "50010100000AZ")]
    [InlineData("a sign", "50010100000-Z")]
    [InlineData("nothing", "")]
    public void ReadUtcTime_Rejects(string description, string text)
    {
        DerAssert.Refuses(
            description, $"17 {text.Length:X2}" + Ascii(text), DerErrorKind.InvalidTime, (ref DerReader r) => r.ReadUtcTime(Tag.UtcTime));
        Assert.Throws<ArgumentException>(() => new UtcTime(System.Text.Encoding.ASCII.GetBytes(text)));
    }

    [Theory]
    [InlineData("whole seconds", "20240229235959Z", "2024-02-29T23:59:59Z", 0)]
    [InlineData("half a second", "20240229235959.5Z", "2024-02-29T23:59:59.5Z", 3)]
    [InlineData("a tick", "20240229235959.0000001Z", "2024-02-29T23:59:59.0000001Z", 7)]
    [InlineData("the first year", "00010101000000Z", "0001-01-01T00:00:00Z", 0)]
    [InlineData("the last second", "99991231235959Z", "9999-12-31T23:59:59Z", 0)]
    public void GeneralizedTime_IsReadAndWritten(string description, string text, string time, int digits)
    {
        var moment = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        var value = GeneralizedTime.From(moment, digits);
        Assert.Equal(text, value.ToString());
        Assert.Equal(moment, value.ToDateTimeOffset());
        DerAssert.Writes(
            description,
            $"18 {text.Length:X2}" + Ascii(text),
            value,
            (ref DerWriter w, GeneralizedTime v) => w.WriteGeneralizedTime(Tag.GeneralizedTime, v),
            (ref DerReader r) => r.ReadGeneralizedTime(Tag.GeneralizedTime));
    }

    [Theory]
    [InlineData("no seconds", "202402292359Z")]
    [InlineData("no zone", "20240229235959")]
    [InlineData("an offset", "20240229235959+0000")]
    [InlineData("a comma", "20240229235959,5Z")]
    [InlineData("a trailing zero", "20240229235959.50Z")]
    [InlineData("a fraction of zero", "20240229235959.0Z")]
    [InlineData("a point only", "20240229235959.Z")]
    [InlineData("a fraction without a point", "202402292359595Z")]
    [InlineData("a letter in the fraction", "20240229235959.5A1Z")]
    [InlineData("29 February of 2023", "20230229235959Z")]
    [InlineData("29 February of 1900", "19000229235959Z")]
    [InlineData("year 0", "00000101000000Z")]
    [InlineData("second 60", "20240229235960Z")]
    [InlineData("a letter in the year", "2A240229235959Z")]
    [InlineData("nothing", "")]
    public void ReadGeneralizedTime_Rejects(string description, string text)
    {
        DerAssert.Refuses(
            description,
            $"18 {text.Length:X2}" + Ascii(text),
            DerErrorKind.InvalidTime,
            (ref DerReader r) => r.ReadGeneralizedTime(Tag.GeneralizedTime));
        Assert.Throws<ArgumentException>(() => new GeneralizedTime(System.Text.Encoding.ASCII.GetBytes(text)));
    }

    private static string Ascii(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));
}
