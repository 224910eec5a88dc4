namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows that the values in open types and in strings keep to the constraints of their own types, on reading, on checking and on writing.</summary>
public sealed class OpenConstraintTests
{
    private const string Notation = """
        C ::= CLASS { &id INTEGER UNIQUE, &T OPTIONAL }
        S C ::= { {&id 1, &T INTEGER (0..5)} | {&id 2, &T Pair} | {&id 3, &T SEQUENCE OF UTF8String (SIZE (1))} | {&id 4, &T Letters}, ... }
        Pair ::= SEQUENCE { n INTEGER (0..5), m [0] IA5String (FROM ("a".."c")) OPTIONAL } (WITH COMPONENTS { ..., m PRESENT })
        Letters ::= PrintableString (SIZE (2))
        Tied ::= SEQUENCE { id C.&id ({S}), v C.&T ({S}{@id}) }
        Late ::= SEQUENCE { v [0] C.&T ({S}{@id}), id C.&id ({S}) }
        Listed ::= SET OF SEQUENCE { id C.&id ({S}), v C.&T ({S}{@.id}) OPTIONAL }
        Held ::= SEQUENCE { id C.&id ({S}), v OCTET STRING (CONTAINING C.&T ({S}{@id})) }
        Bits ::= SEQUENCE { id C.&id ({S}), v BIT STRING (CONTAINING C.&T ({S}{@id})) }
        Contained ::= OCTET STRING (CONTAINING INTEGER (0..5))
        Typed ::= SEQUENCE { v C.&T (INTEGER (0..5)) }
        Instance ::= INSTANCE OF TYPE-IDENTIFIER ({Known})
        Known TYPE-IDENTIFIER ::= { {INTEGER (0..5) IDENTIFIED BY {1 2 3}}, ... }
        Nested ::= SEQUENCE { t Tied, l SEQUENCE OF Tied }
        """;

    private static readonly CompiledModule Module = new(Notation);

    public static TheoryData<string, string, string> Rows => new()
    {
        { "Tied", "3006020101020105", "3006020101020106" },
        { "Tied", "300D0201023008020105A003160161", "300D0201023008020105A003160164" },
        { "Tied", "300D0201023008020105A003160161", "30080201023003020105" },
        { "Tied", "300D0201023008020105A003160161", "300D0201023008020106A003160161" },
        { "Tied", "300802010330030C0161", "300702010330020C00" },
        { "Tied", "300702010413026162", "3006020104130161" },
        { "Late", "3008A003020105020101", "3008A003020106020101" },
        { "Listed", "31083006020101020105", "31083006020101020106" },
        { "Held", "30080201010403020105", "30080201010403020106" },
        { "Bits", "3009020101030400020105", "3009020101030400020106" },
        { "Contained", "0403020105", "0403020106" },
        { "Typed", "3003020105", "3003020106" },
        { "Instance", "280906022A03A003020105", "280906022A03A003020106" },
        { "Nested", "3012300602010102010530083006020101020105", "3012300602010102010530083006020101020106" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Value_OutsideOfItsType_IsRefused(string type, string inside, string outside)
    {
        Assert.Equal(inside, Module.Encode(Module.Decode(type, inside)));
        Module.Validate(type, inside);
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => Module.Decode(type, outside)).Kind);
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => Module.Validate(type, outside)).Kind);
        var descriptor = (TypeDescriptor)Module.Type(type).GetProperty("Descriptor")!.GetValue(null)!;
        descriptor.Check(Convert.FromHexString(inside));
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => descriptor.Check(Convert.FromHexString(outside))).Kind);
    }
}
