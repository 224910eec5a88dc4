using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Shows that open types are read as what their object sets say.</summary>
public sealed class OpenTypeTests
{
    private const string Objects = """
        C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] }
        S C ::= { { {1 2 3} INTEGER } | { {1 2 4} UTF8String } | { {1 2 5} } EXTENSIBLE }
        """;

    [Theory]
    [InlineData("known", "SEQUENCE { id C.&id ({S}), value C.&Type ({S}{@id}) }", "300706022A030201 07", """{"id":"1.2.3","value":7}""")]
    [InlineData("another", "SEQUENCE { id C.&id ({S}), value [0] C.&Type ({S}{@id}) }", "300906022A04A0030C0161", """{"id":"1.2.4","value":"a"}""")]
    [InlineData("unknown", "SEQUENCE { id C.&id ({S}), value C.&Type ({S}{@id}) }", "300606022A060500", """{"id":"1.2.6","value":"0500"}""")]
    [InlineData("before its selector", "SEQUENCE { value [0] C.&Type ({S}{@id}), id C.&id ({S}) }", "3009A00302010706022A03", """{"value":7,"id":"1.2.3"}""")]
    [InlineData("from further out", "SEQUENCE { id C.&id ({S}), inner SEQUENCE { value C.&Type ({S}{@..id}) } }", "300906022A03300302 0107", """{"id":"1.2.3","inner":{"value":7}}""")]
    [InlineData("in a list", "SEQUENCE { id C.&id ({S}), list SEQUENCE OF C.&Type ({S}{@id}) }", "300C06022A033006020107020108", """{"id":"1.2.3","list":[7,8]}""")]
    [InlineData("contained", "SEQUENCE { id C.&id ({S}), value OCTET STRING (CONTAINING C.&Type ({S}{@id})) }", "300906022A030403020107", """{"id":"1.2.3","value":{"containing":7}}""")]
    public void Jer_Gives_ValueOfTheObject(string description, string type, string der, string json)
    {
        var descriptor = Type(type, true);
        var octets = Hex.Decode(der.Replace(" ", "", StringComparison.Ordinal));
        Assert.True(Jer.FromDer(descriptor, octets) == json, $"{description}: {Jer.FromDer(descriptor, octets)}");
        Assert.Equal(Convert.ToHexString(octets), Convert.ToHexString(Jer.ToDer(descriptor, json)));
    }

    [Fact]
    public void Check_Refuses_WhatTheSetDoesNotPermit()
    {
        const string pair = "SEQUENCE { id C.&id ({S}), value C.&Type ({S}{@id}) OPTIONAL }";
        var closed = Type(pair, false);
        closed.Check(Hex.Decode("300406022A05"));
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => closed.Check(Hex.Decode("300606022A050500"))).Kind);
        Assert.Throws<DerException>(() => closed.Check(Hex.Decode("300606022A060500")));
        Assert.Throws<DerException>(() => closed.Check(Hex.Decode("300606022A030500")));
        Type(pair, true).Check(Hex.Decode("300606022A060500"));
    }

    [Theory]
    [InlineData("SEQUENCE { id C.&id ({S}), value C.&Type ({S}{@id}) OPTIONAL }")]
    [InlineData("SEQUENCE { id C.&id ({S}), inner SEQUENCE { value [0] C.&Type ({S}{@..id}) OPTIONAL }, list [1] SEQUENCE OF C.&Type ({S}{@id}) OPTIONAL }")]
    [InlineData("SEQUENCE { value [0] OCTET STRING (CONTAINING C.&Type ({S}{@id})), id C.&id ({S}) }")]
    public void RandomValue_Keeps_ToTheSet(string type)
    {
        var descriptor = Type(type, false);
        for (var seed = 0; seed < 30; seed++)
        {
            var der = RandomValue.Encode(descriptor, new Random(seed));
            Assert.Equal(der, Jer.ToDer(descriptor, Jer.FromDer(descriptor, der)));
        }
    }

    private static TypeDescriptor Type(string type, bool isExtensible)
    {
        var schema = Asn1Schema.Parse($"M DEFINITIONS EXPLICIT TAGS ::= BEGIN {Objects.Replace("EXTENSIBLE", isExtensible ? ", ..." : "", StringComparison.Ordinal)} A ::= {type} END");
        Assert.False(schema.HasErrors, string.Join('\n', schema.Diagnostics));
        return schema.Types["M.A"];
    }
}
