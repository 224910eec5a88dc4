using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Dynamic.Tests;

public sealed class DerTextTests
{
    [Fact]
    public void Dump_Shows_OffsetLengthTagNameTypeValue()
    {
        var schema = Asn1Schema.Parse("""
            M DEFINITIONS ::= BEGIN
            A ::= SEQUENCE { v [0] INTEGER { v1(0), v2(1) }, id OBJECT IDENTIFIER, use BIT STRING { first(0), third(2) }, t CHOICE { s UTF8String, o [1] IMPLICIT OCTET STRING }, list SEQUENCE OF BOOLEAN, any ANY }
            END
            """);
        var der = Hex.Decode("30 20 A0 03 02 01 01 06 03 55 04 03 03 02 05 A0 0C 04 61 22 0A 62 30 03 01 01 FF 30 04 02 02 01 00 ".Replace(" ", "", StringComparison.Ordinal));
        der[1] = (byte)(der.Length - 2);
        Snapshot.Match(DerText.Dump(schema.Types["M.A"], der), "dump.txt");
        Snapshot.Match(DerText.Dump(der), "dump-schemaless.txt");
    }

    [Fact]
    public void Dump_Opens_StringsThatHoldEncodings()
    {
        var text = DerText.Dump(Hex.Decode("0405300302010705"[..14]));
        Assert.Equal("     0      5  OCTET STRING = '3003020107'H\n     2      3    SEQUENCE\n     4      1      INTEGER = 7\n", text);
    }

    [Fact]
    public void Dump_Refuses_WhatIsNoDer() => Assert.Throws<DerException>(() => DerText.Dump(Hex.Decode("3080020100")));
}
