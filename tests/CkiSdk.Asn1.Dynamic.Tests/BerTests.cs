using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Shows each form of BER beside the DER that it is turned into.</summary>
public sealed class BerTests
{
    [Theory]
    [InlineData("indefinite length", "SEQUENCE { a INTEGER }", "3080 020105 0000", "3003020105")]
    [InlineData("nested indefinite lengths", "SEQUENCE { a [0] SEQUENCE { b NULL } }", "3080 A080 3080 0500 0000 0000 0000", "3006A00430020500")]
    [InlineData("padded length", "INTEGER", "02 84 00000001 05", "020105")]
    [InlineData("TRUE of any octet", "BOOLEAN", "010101", "0101FF")]
    [InlineData("string in parts", "OCTET STRING", "2480 0401AA 2405 0400 0401BB 0000", "0402AABB")]
    [InlineData("string in parts behind an implicit tag", "[1] IMPLICIT OCTET STRING", "A180 0401AA 0401BB 0000", "8102AABB")]
    [InlineData("text in parts behind an implicit tag", "SEQUENCE { t [1] IMPLICIT UTF8String OPTIONAL }", "3080 A106 040161 0C0162 0000", "300481026162")]
    [InlineData("bits in parts", "BIT STRING", "2308 030200FF 030204F0", "030304FFF0")]
    [InlineData("unused bits that are set", "BIT STRING", "030204FF", "030204F0")]
    [InlineData("named bits with zeros", "BIT STRING { a(0) }", "03030080 00", "03020780")]
    [InlineData("encoded default", "SEQUENCE { a INTEGER DEFAULT 1, b NULL }", "30050201010500", "30020500")]
    [InlineData("SET in any order", "SET { a INTEGER, b BOOLEAN }", "310602010501 0100", "3106010100020105")]
    [InlineData("SET OF in any order", "SET OF INTEGER", "3106020102020101", "3106020101020102")]
    [InlineData("time without seconds and with a zone", "UTCTime", "170F393930313032303330342B30313030", "170D3939303130323032303430305A")]
    [InlineData("time with a fraction of an hour", "GeneralizedTime", "180D323032303031303231322E355A", "180F32303230303130323132333030305A")]
    [InlineData("real of base 16", "REAL", "0903A00010", "0903800401")]
    [InlineData("open element", "SEQUENCE { a ANY }", "3080 3080 2403 040101 0000 0000", "30053003040101")]
    public void ToDer_Gives_TheOneForm(string description, string type, string ber, string der)
    {
        var descriptor = Type(type);
        var octets = Hex.Decode(ber);
        Assert.True(Convert.ToHexString(Ber.ToDer(descriptor, octets)) == der, $"{description}: {Convert.ToHexString(Ber.ToDer(descriptor, octets))}");
        Assert.Equal(der, Convert.ToHexString(Ber.ToDer(descriptor, Convert.FromHexString(der))));
        Assert.Throws<DerException>(() => descriptor.Check(octets));
    }

    [Theory]
    [InlineData("no end-of-contents", "SEQUENCE { a INTEGER }", "3080020105", DerErrorKind.UnexpectedEnd)]
    [InlineData("end-of-contents where the length is known", "SEQUENCE { a INTEGER }", "30050201050000", DerErrorKind.TrailingData)]
    [InlineData("primitive with indefinite length", "OCTET STRING", "04800000", DerErrorKind.IndefiniteLength)]
    [InlineData("number in parts", "INTEGER", "2203020105", DerErrorKind.UnexpectedTag)]
    [InlineData("bits after unused bits", "BIT STRING", "2308030204F0030200FF", DerErrorKind.InvalidBitString)]
    [InlineData("part of another type", "OCTET STRING", "2403020105", DerErrorKind.UnexpectedTag)]
    [InlineData("local time", "GeneralizedTime", "180E3230323030313032313233303030", DerErrorKind.InvalidTime)]
    [InlineData("surplus", "NULL", "05000500", DerErrorKind.TrailingData)]
    public void ToDer_Refuses_WhatIsNoBer(string description, string type, string ber, DerErrorKind kind) =>
        Assert.True(Assert.Throws<DerException>(() => Ber.ToDer(Type(type), Hex.Decode(ber))).Kind == kind, description);

    [Fact]
    public void ToDer_Takes_TimeInProportionToTheInput()
    {
        // Each level would be looked through once more by a search for its end.
        var ber = new byte[1 << 20];
        for (var i = 0; i < ber.Length; i += 4)
        {
            (ber[i], ber[i + 1]) = (0x24, 0x80);
        }

        byte[] many = [0x30, 0x80, .. ber, 0, 0];
        var taken = ProcessorTime.Of(() => Ber.ToDer(Type("SEQUENCE OF OCTET STRING"), many, new DerLimits { MaxDepth = 100 }));
        Assert.True(taken < TimeSpan.FromSeconds(3), $"{taken}");
        Assert.Equal(DerErrorKind.TooDeep, Assert.Throws<DerException>(() => Ber.ToDer(Type("ANY"), Enumerable.Repeat<byte[]>([0x30, 0x80], 100_000).SelectMany(pair => pair).ToArray())).Kind);
    }

    private static TypeDescriptor Type(string type) => Asn1Schema.Parse($"M DEFINITIONS EXPLICIT TAGS ::= BEGIN A ::= {type} END").Types["M.A"];
}
