namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows that a string which contains a type is held as the value, and that other contents are refused.</summary>
public sealed class ContentsTests
{
    private const string Notation = """
        Inner ::= SEQUENCE { n INTEGER (0..9) }
        Octets ::= SEQUENCE { o OCTET STRING (CONTAINING Inner) }
        Bits ::= SEQUENCE { b BIT STRING (CONTAINING Inner) OPTIONAL }
        Tagged ::= SEQUENCE { o [0] IMPLICIT OCTET STRING (CONTAINING INTEGER), p [1] EXPLICIT BIT STRING (CONTAINING UTF8String) }
        Inline ::= SEQUENCE { o OCTET STRING (CONTAINING SEQUENCE { t UTF8String }) }
        Choice ::= OCTET STRING (CONTAINING CHOICE { a NULL, b INTEGER })
        List ::= SEQUENCE OF OCTET STRING (CONTAINING Inner)
        Item ::= OCTET STRING (CONTAINING ENUMERATED { x, y })
        Deep ::= SEQUENCE { next OCTET STRING (CONTAINING Deep) OPTIONAL }
        Der ::= OCTET STRING (CONTAINING Inner ENCODED BY { joint-iso-itu-t(2) asn1(1) ber-derived(2) distinguished-encoding(1) })
        Other ::= OCTET STRING (CONTAINING Inner ENCODED BY { 1 2 3 })
        Sized ::= OCTET STRING (SIZE (0..5)) (CONTAINING Inner)
        Default ::= SEQUENCE { o OCTET STRING (CONTAINING Inner) DEFAULT '3003020105'H }
        given Octets ::= { o CONTAINING { n 3 } }
        """;

    private static readonly CompiledModule Module = new(Notation);

    [Theory]
    [InlineData("Octets", "300704053003020105")]
    [InlineData("Bits", "30080306003003020105")]
    [InlineData("Bits", "3000")]
    [InlineData("Tagged", "300D8003020105A1060304000C0161")]
    [InlineData("Inline", "3007040530030C0161")]
    [InlineData("Choice", "04020500")]
    [InlineData("List", "300E0405300302010504053003020106")]
    [InlineData("Item", "04030A0101")]
    [InlineData("Deep", "30080406300404023000")]
    [InlineData("Der", "04053003020105")]
    [InlineData("Other", "0401FF")]
    [InlineData("Sized", "0403010203")]
    [InlineData("Default", "3000")]
    [InlineData("Default", "300704053003020106")]
    public void Contents_ComeBack(string type, string hex) => Assert.Equal(hex, Module.Encode(Module.Decode(type, hex)));

    [Theory]
    [InlineData("Octets", "300704053003020163", DerErrorKind.ConstraintViolated, "Octets.o.n")]
    [InlineData("Octets", "3003040130", DerErrorKind.UnexpectedEnd, "Octets.o")]
    [InlineData("Octets", "3009040730030201050500", DerErrorKind.TrailingData, "Octets.o")]
    [InlineData("Bits", "30080306013003020104", DerErrorKind.InvalidBitString, "Bits.b")]
    [InlineData("Choice", "0403010100", DerErrorKind.UnexpectedTag, "Choice")]
    public void OtherContents_AreRefused(string type, string hex, DerErrorKind kind, string path)
    {
        var e = Assert.Throws<DerException>(() => Module.Decode(type, hex));
        Assert.Equal(kind, e.Kind);
        Assert.StartsWith(path, e.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_IsTheValue()
    {
        var value = Module.Decode("Octets", "300704053003020105");
        var inner = value.GetType().GetProperty("O")!;
        Assert.Equal("Inner", inner.PropertyType.Name);
        Assert.Equal(5, inner.GetValue(value)!.GetType().GetProperty("N")!.GetValue(inner.GetValue(value)));
        Assert.Equal("300704053003020103", Module.Encode(Module.Type("CompiledValues").GetProperty("Given")!.GetValue(null)!));
    }

    [Fact]
    public void ContentsInContents_AreRefused_BeyondTheDepthOfElements()
    {
        var der = "3000";
        for (var i = 0; i < 200; i++)
        {
            der = Wrap(0x30, Wrap(0x04, der));
        }

        Assert.Equal(DerErrorKind.TooDeep, Assert.Throws<DerException>(() => Module.Decode("Deep", der)).Kind);
    }

    private static string Wrap(byte tag, string content)
    {
        var length = content.Length / 2;
        var header = length < 0x80 ? $"{length:X2}" : length < 0x100 ? $"81{length:X2}" : $"82{length:X4}";
        return $"{tag:X2}{header}{content}";
    }
}
