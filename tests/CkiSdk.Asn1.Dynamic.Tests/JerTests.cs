using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Holds JSON to X.697 by example, both ways.</summary>
public sealed class JerTests
{
    [Theory]
    [InlineData("boolean", "BOOLEAN", "0101FF", "true")]
    [InlineData("integer beyond 2^53", "INTEGER", "020900FFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData("named number", "INTEGER { one(1) }", "020101", "1")]
    [InlineData("enumerated", "ENUMERATED { a, b }", "0A0101", "\"b\"")]
    [InlineData("unknown item", "ENUMERATED { a, ... }", "0A0105", "5")]
    [InlineData("null", "NULL", "0500", "null")]
    [InlineData("bits", "BIT STRING", "030204B0", """{"value":"B0","length":4}""")]
    [InlineData("named bits", "BIT STRING { a(0), b(3) }", "03020490", """{"value":"90","length":4}""")]
    [InlineData("octets", "OCTET STRING", "0402CAFE", "\"CAFE\"")]
    [InlineData("oid", "OBJECT IDENTIFIER", "06032A0304", "\"1.2.3.4\"")]
    [InlineData("relative oid", "RELATIVE-OID", "0D020304", "\"3.4\"")]
    [InlineData("text", "UTF8String", "0C0461C3A922", "\"aé\\\"\"")]
    [InlineData("universal text", "UniversalString", "1C040001F600", "\"\\uD83D\\uDE00\"")]
    [InlineData("time", "UTCTime", "170D3939303130323033303430355A", "\"990102030405Z\"")]
    [InlineData("real", "REAL", "090380FF03", "1.5")]
    [InlineData("zero", "REAL", "0900", "0")]
    [InlineData("infinity", "REAL", "090141", "\"-INF\"")]
    [InlineData("minus zero", "REAL", "090143", "\"-0\"")]
    [InlineData("not a number", "REAL", "090142", "\"NaN\"")]
    [InlineData("choice", "CHOICE { a [0] NULL, b [1] IMPLICIT INTEGER }", "810107", """{"b":7}""")]
    [InlineData("list", "SEQUENCE OF INTEGER", "3006020101020102", "[1,2]")]
    [InlineData("default and optional", "SEQUENCE { a INTEGER DEFAULT 1, b BOOLEAN OPTIONAL, c [0] IMPLICIT NULL }", "30028000", """{"c":null}""")]
    [InlineData("encoded default that is admitted", "SEQUENCE {\n a INTEGER DEFAULT 1, --! relax DefaultEncoded\n c NULL }", "30050201010500", """{"a":1,"c":null}""")]
    [InlineData("additions", "SEQUENCE { a INTEGER, ... }", "30060201010101FF", """{"a":1,"...":["0101FF"]}""")]
    [InlineData("addition between", "SEQUENCE { a INTEGER, ..., ..., c NULL }", "300802010101 01FF 0500", """{"a":1,"c":null,"...":["0101FF"]}""")]
    [InlineData("alternative unknown", "CHOICE { a NULL, ... }", "820100", """{"...":"820100"}""")]
    [InlineData("any", "SEQUENCE { a ANY }", "30020500", """{"a":"0500"}""")]
    [InlineData("explicit tags", "[1] [2] BOOLEAN", "A105A203010100", "false")]
    [InlineData("date", "DATE", "1F1F083230313230393234", "\"2012-09-24\"")]
    [InlineData("iri", "OID-IRI", "1F23062F49534F2F31", "\"/ISO/1\"")]
    [InlineData("set", "SET { b BOOLEAN, a [0] IMPLICIT INTEGER, n NULL }", "31080101FF0500800103", """{"b":true,"n":null,"a":3}""")]
    public void Jer_Gives_JsonAndTheOctetsAgain(string description, string type, string der, string json)
    {
        var descriptor = Type(type);
        var octets = Hex.Decode(der);
        Assert.True(Jer.FromDer(descriptor, octets) == json, $"{description}: {Jer.FromDer(descriptor, octets)}");
        Assert.Equal(Convert.ToHexString(octets), Convert.ToHexString(Jer.ToDer(descriptor, json)));
    }

    [Theory]
    [InlineData("SEQUENCE { a INTEGER }", """{"a":1,"b":2}""", "$.b: A has no component of this name")]
    [InlineData("SEQUENCE { a INTEGER }", "{}", "$: the member a is missing")]
    [InlineData("SEQUENCE { a INTEGER }", """{"a":1,"a":1}""", "$.a: the member stands here a second time")]
    [InlineData("SEQUENCE { l SEQUENCE OF SEQUENCE { a INTEGER } }", """{"l":[{"a":1},{"a":1.5}]}""", "$.l[1].a: a whole number is expected, without fraction and exponent")]
    [InlineData("SEQUENCE { a INTEGER }", """{"a":"1"}""", "$.a: a number is expected, not a string")]
    [InlineData("CHOICE { a NULL, b [0] NULL }", """{"a":null,"b":null}""", "$: an object with one member is expected, the alternative of A")]
    [InlineData("ENUMERATED { a }", "\"b\"", "$: A has no item b")]
    [InlineData("OCTET STRING", "\"ABC\"", "$: hexadecimal digits is expected")]
    [InlineData("BIT STRING", """{"value":"FF","length":9}""", "$: 9 bits are 2 octets, not 1")]
    [InlineData("NumericString", "\"x\"", "$: a character that A does not have")]
    [InlineData("BOOLEAN", "tru", "$: no JSON: line 1, column 4: the text ends before its value does")]
    [InlineData("BOOLEAN", "", "$: no JSON: line 1, column 1: the text ends before its value does")]
    [InlineData("BOOLEAN", "garbage", "$: no JSON: line 1, column 1: 'g' cannot stand here")]
    [InlineData("SEQUENCE { a UTF8String }", "{\r\n \"a\": \"éß\" x}", "$: no JSON: line 2, column 12: 'x' cannot stand here")]
    [InlineData("SEQUENCE { a UTF8String }", "{\"a\": \"\u0001\"}", "$: no JSON: line 1, column 8: the character U+0001 cannot stand here")]
    [InlineData("BOOLEAN", "true false", "$: no JSON: line 1, column 6: 'f' cannot stand here")]
    [InlineData("UTF8String", "\"\\ud800\"", "$: a text with half a surrogate pair")]
    [InlineData("ANY", "\"05\"", "$: no encoding of one element")]
    [InlineData("SEQUENCE { a INTEGER }", "{\"\\ud800\":1}", "$: a name with half a surrogate pair")]
    [InlineData("CHOICE { a NULL }", "{\"\\udc00a\":null}", "$: a name with half a surrogate pair")]
    public void ToDer_Refuses_WithJsonPath(string type, string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<JerException>(() => Jer.ToDer(Type(type), json)).Message, StringComparison.Ordinal);

    [Fact]
    public void ToDer_Refuses_JsonNestedTooDeeply() =>
        Assert.Contains("values are nested too deeply", Assert.Throws<JerException>(() => Jer.ToDer(Type("BOOLEAN"), new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void ToDer_PassesOver_AByteOrderMark() => Assert.Equal([0x01, 0x01, 0xFF], Jer.ToDer(Type("BOOLEAN"), "\uFEFFtrue"));

    [Fact]
    public void ToDer_Refuses_OctetsThatAreNoUtf8() =>
        Assert.Equal("$: no JSON: octets that are no UTF-8", Assert.Throws<JerException>(() => Jer.ToDer(Type("SEQUENCE { a INTEGER }"), new byte[] { 0x7B, 0x22, 0xC3 })).Message);

    [Fact]
    public void Numbers_OfMoreThan16384Bits_AreRefused_BothWays()
    {
        var (type, greatest) = (Type("INTEGER"), (Integer)((System.Numerics.BigInteger.One << 16_384) - 1));
        var der = Der.Encode(greatest, static (ref DerWriter writer, Integer value) => writer.WriteInteger(Tag.Integer, value));
        Assert.Equal(der, Jer.ToDer(type, Jer.FromDer(type, der)));
        byte[] longer = [0x02, 0x82, 0x08, 0x02, 1, .. new byte[2049]];
        Assert.Equal(DerErrorKind.TooLarge, Assert.Throws<DerException>(() => Jer.FromDer(type, longer)).Kind);
        Assert.StartsWith("$: a number of at most 5000 digits", Assert.Throws<JerException>(() => Jer.ToDer(type, new string('9', 1 << 20))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToDer_LeavesOut_DefaultsAndSortsSets()
    {
        Assert.Equal("3000", Convert.ToHexString(Jer.ToDer(Type("SET OF INTEGER"), "[]")).Replace("31", "30", StringComparison.Ordinal));
        Assert.Equal("3106020101020102", Convert.ToHexString(Jer.ToDer(Type("SET OF INTEGER"), "[2,1]")));
        Assert.Equal("170D3939303130323033303430305A", Convert.ToHexString(Jer.ToDer(Type("UTCTime"), "\"9901020304Z\"")));
    }

    private static TypeDescriptor Type(string type) => Asn1Schema.Parse($"M DEFINITIONS ::= BEGIN A ::= {type} END").Types["M.A"];
}
