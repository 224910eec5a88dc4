using System.Globalization;
using System.Net.Http.Headers;
using CkiSdk.Transports.Http;

namespace CkiSdk.Transports.Tests.Http;

/// <summary>Shows what headers and states mean, without a wire.</summary>
public sealed class HttpMappingTests
{
    [Theory]
    [InlineData("application/pkixcmp", true)]
    [InlineData("Application/PkixCmp", true)]
    [InlineData("application/pkixcmp; version=2", true)]
    [InlineData("application/x-pkixcmp", false)]
    [InlineData("application/pkixcmp, text/plain", false)]
    [InlineData("application/pkixcmp;", false)]
    [InlineData("pkixcmp", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsMessage_Tells_TheMediaType(string? contentType, bool expected) => Assert.Equal(expected, HttpMapping.IsMessage(contentType));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("7", 7L)]
    [InlineData("007", 7L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void TryReadNumber_Reads_Digits(string text, long expected)
    {
        Assert.True(HttpMapping.TryReadNumber(text, out var number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("1.0")]
    [InlineData("1,2")]
    [InlineData("1e3")]
    [InlineData("0x1")]
    [InlineData("\u0663")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999999999")]
    public void TryReadNumber_Rejects_AllElse(string? text) => Assert.False(HttpMapping.TryReadNumber(text, out _));

    [Theory]
    [InlineData("a whole second", 0L, "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("a part of one", 1L, "Thu, 01 Jan 1970 00:00:01 GMT")]
    [InlineData("nearly the next", 9_999_999L, "Thu, 01 Jan 1970 00:00:01 GMT")]
    public void WriteTime_IsNeverEarlier(string row, long ticks, string expected)
    {
        var written = HttpMapping.WriteTime(DateTimeOffset.UnixEpoch.AddTicks(ticks));
        Assert.True(written == expected, row);
        Assert.True(HttpMapping.ReadTime(RetryConditionHeaderValue.Parse(written), default) >= DateTimeOffset.UnixEpoch.AddTicks(ticks));
    }

    [Fact]
    public void ReadTime_Reads_SecondsFromNow()
    {
        var now = DateTimeOffset.Parse("2026-01-01T00:00:00Z", CultureInfo.InvariantCulture);
        Assert.Equal(now.AddSeconds(90), HttpMapping.ReadTime(RetryConditionHeaderValue.Parse("90"), now));
        Assert.Null(HttpMapping.ReadTime(null, now));
    }

    [Theory]
    [InlineData(200, "application/pkixcmp", HttpReply.Message)]
    [InlineData(400, "application/pkixcmp", HttpReply.Message)]
    [InlineData(403, "application/pkixcmp", HttpReply.Message)]
    [InlineData(503, "application/pkixcmp", HttpReply.Message)]
    [InlineData(200, "text/html", HttpReply.Violation)]
    [InlineData(200, null, HttpReply.Violation)]
    [InlineData(201, "application/pkixcmp", HttpReply.Violation)]
    [InlineData(202, null, HttpReply.Nothing)]
    [InlineData(204, null, HttpReply.Violation)]
    [InlineData(301, null, HttpReply.Violation)]
    [InlineData(307, "application/pkixcmp", HttpReply.Violation)]
    [InlineData(400, "text/plain", HttpReply.Refusal)]
    [InlineData(401, "text/plain", HttpReply.NotAuthenticated)]
    [InlineData(403, null, HttpReply.NotAuthenticated)]
    [InlineData(404, "text/html", HttpReply.Violation)]
    [InlineData(405, null, HttpReply.Violation)]
    [InlineData(408, null, HttpReply.Unavailable)]
    [InlineData(413, "text/plain", HttpReply.Refusal)]
    [InlineData(415, "text/plain", HttpReply.Refusal)]
    [InlineData(429, "text/plain", HttpReply.Unavailable)]
    [InlineData(500, "text/html", HttpReply.Unavailable)]
    [InlineData(599, null, HttpReply.Unavailable)]
    [InlineData(600, "application/pkixcmp", HttpReply.Violation)]
    public void ReadPosted_Tells_WhatAnAnswerIs(int status, string? contentType, HttpReply expected) => Assert.Equal(expected, HttpMapping.ReadPosted(status, contentType));

    [Theory]
    [InlineData(200, "application/pkixcmp", "7", HttpReply.Message)]
    [InlineData(200, "application/pkixcmp", null, HttpReply.Violation)]
    [InlineData(200, "application/pkixcmp", "0", HttpReply.Violation)]
    [InlineData(200, "application/pkixcmp", "-7", HttpReply.Violation)]
    [InlineData(200, "application/pkixcmp", "7,8", HttpReply.Violation)]
    [InlineData(200, "text/plain", "7", HttpReply.Violation)]
    [InlineData(204, null, null, HttpReply.Nothing)]
    [InlineData(202, null, null, HttpReply.Violation)]
    [InlineData(400, "text/plain", null, HttpReply.Refusal)]
    [InlineData(403, "text/plain", null, HttpReply.NotAuthenticated)]
    [InlineData(503, "text/plain", null, HttpReply.Unavailable)]
    public void ReadGot_Tells_WhatAnAnswerIs(int status, string? contentType, string? number, HttpReply expected) => Assert.Equal(expected, HttpMapping.ReadGot(status, contentType, number));
}
