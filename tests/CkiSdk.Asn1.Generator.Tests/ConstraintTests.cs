using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows for each kind of constraint which octets are decoded and which refused, and that the refused value is not encoded either.</summary>
public sealed class ConstraintTests
{
    private const string Notation = """
        Small ::= INTEGER (0..10 | 20, ...) (MIN..5)
        Wide ::= INTEGER (-170141183460469231731687303715884105728..170141183460469231731687303715884105727)
        Open ::= INTEGER (0<..<10)
        NotFive ::= INTEGER (ALL EXCEPT 5)
        Gap ::= INTEGER ((0..10) EXCEPT (4..6))
        Extended ::= INTEGER (0..10, ..., 20)
        Named ::= INTEGER { one(1), two(2), three(3) } (one | three)
        Item ::= ENUMERATED { a, b, c } (a | c)
        Flag ::= BOOLEAN (TRUE)
        Ratio ::= REAL (0..1)
        Above ::= REAL (0<..MAX)
        Bits ::= BIT STRING (SIZE (3..4))
        Pattern ::= BIT STRING ('101'B | '11'B)
        NamedBits ::= BIT STRING { first(0), second(1) } (SIZE (1))
        Octets ::= OCTET STRING (SIZE (2 | 4))
        Fixed ::= OCTET STRING ('0102'H)
        Text ::= UTF8String (SIZE (2))
        Wider ::= BMPString (SIZE (2))
        Letters ::= IA5String (FROM ("a".."f" | "xyz") ^ SIZE (1..4))
        Greek ::= UTF8String (FROM ("α".."ω"))
        GreekBmp ::= BMPString (FROM ({0, 0, 3, 177}..{0, 0, 3, 201}))
        NotDigits ::= IA5String (FROM (ALL EXCEPT "0".."9"))
        Only ::= PrintableString ("left" | "right")
        Dated ::= VisibleString (PATTERN "\d#4-\d#(1,2)")
        Id ::= OBJECT IDENTIFIER ({1 2 3} | {1 2 4})
        Moment ::= GeneralizedTime ("20260101000000Z")
        List ::= SEQUENCE (SIZE (1..2)) OF INTEGER (0..3)
        Each ::= SEQUENCE OF INTEGER
        EachSmall ::= Each (WITH COMPONENT (0..3))
        Pair ::= SEQUENCE { a INTEGER, b [0] BOOLEAN OPTIONAL, c [1] INTEGER DEFAULT 7 }
        WithB ::= Pair (WITH COMPONENTS { ..., b PRESENT })
        WithoutB ::= Pair (WITH COMPONENTS { ..., b ABSENT })
        OnlyA ::= Pair (WITH COMPONENTS { a (0..3) })
        SomeB ::= SEQUENCE { a [1] INTEGER OPTIONAL, b [0] BOOLEAN OPTIONAL } (ALL EXCEPT ({ }))
        Inline ::= SEQUENCE { a INTEGER, b BOOLEAN OPTIONAL } (WITH COMPONENTS { ..., b (TRUE) PRESENT } | WITH COMPONENTS { a (1), b ABSENT })
        Pick ::= CHOICE { n INTEGER, t UTF8String, z NULL } (WITH COMPONENTS { ..., n (0..3), z ABSENT })
        Chosen ::= CHOICE { n INTEGER, t UTF8String, z NULL } (WITH COMPONENTS { n, z })
        Chain1 ::= INTEGER (0..100, ...)
        Chain2 ::= Chain1 (10..50)
        Included ::= INTEGER (INCLUDES Chain2 | 70)
        ValueSet INTEGER ::= { 1 | 2 | 4..6 }
        Member ::= SEQUENCE { v ValueSet, n Small OPTIONAL }
        Inner ::= SEQUENCE { p Pair (WITH COMPONENTS { ..., a (5) }), l SEQUENCE OF UTF8String (SIZE (1)) }
        """;

    private static readonly CompiledModule Module = new(Notation);

    public static TheoryData<string, string, string, string> Rows => new()
    {
        { "Small", "020105", "020106", "(0..10 | 20, ...)(MIN..5)" },
        { "Small", "020100", "0201FF", "" },
        { "Wide", "02107FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "02110080000000000000000000000000000000", "" },
        { "Open", "020109", "02010A", "" },
        { "Open", "020101", "020100", "" },
        { "NotFive", "020104", "020105", "(ALL EXCEPT 5)" },
        { "Gap", "020103", "020106", "" },
        { "Named", "020103", "020102", "" },
        { "Item", "0A0102", "0A0101", "(a | c)" },
        { "Flag", "0101FF", "010100", "" },
        { "Ratio", "0903800001", "0903800003", "(0..1)" },
        { "Above", "0903800001", "0900", "" },
        { "Bits", "030205A0", "030206C0", "(SIZE (3..4))" },
        { "Pattern", "030205A0", "03020580", "" },
        { "NamedBits", "03020780", "03020640", "(SIZE (1))" },
        { "Octets", "04020102", "0403010203", "(SIZE (2 | 4))" },
        { "Fixed", "04020102", "04020103", "('0102'H)" },
        { "Text", "0C04C3A4C3B6", "0C0161", "(SIZE (2))" },
        { "Wider", "1E0400610062", "1E020061", "" },
        { "Letters", "1603616678", "1603616778", "" },
        { "Letters", "160161", "1600", "" },
        { "Greek", "0C04CEB1CEB2", "0C0161", "" },
        { "GreekBmp", "1E0203B1", "1E020061", "" },
        { "NotDigits", "160161", "160131", "" },
        { "Only", "13046C656674", "13046C656675", "" },
        { "Dated", "1A06323032362D31", "1A06323032362D41", "" },
        { "Id", "06022A03", "06022A05", "" },
        { "Moment", "180F32303236303130313030303030305A", "180F32303236303130323030303030305A", "" },
        { "List", "3003020103", "3003020104", "(0..3)" },
        { "List", "3003020103", "3000", "(SIZE (1..2))" },
        { "EachSmall", "3006020101020103", "3006020101020104", "(WITH COMPONENT (0..3))" },
        { "WithB", "3008020101A0030101FF", "3003020101", "PRESENT" },
        { "WithoutB", "3003020101", "3008020101A0030101FF", "ABSENT" },
        { "OnlyA", "3003020101", "3003020104", "" },
        { "OnlyA", "3003020101", "3008020101A0030101FF", "" },
        { "OnlyA", "3003020101", "3008020101A103020109", "" },
        { "SomeB", "3005A103020101", "3000", "(ALL EXCEPT ({ }))" },
        { "Inline", "30060201090101FF", "3003020109", "" },
        { "Inline", "3003020101", "3006020109010100", "" },
        { "Pick", "020103", "020104", "" },
        { "Pick", "0C0161", "0500", "" },
        { "Chosen", "0500", "0C0161", "" },
        { "Chain2", "02010A", "020109", "" },
        { "Included", "020146", "02013C", "" },
        { "Member", "3003020104", "3003020103", "(1 | 2 | 4..6)" },
        { "Inner", "300A300302010530030C0161", "300A300302010430030C0161", "" },
        { "Inner", "300A300302010530030C0161", "300B300302010530040C026162", "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Value_InsideItsConstraint_Decodes_AndOutside_IsRefused(string type, string inside, string outside, string notation)
    {
        Assert.Equal(inside, Module.Encode(Module.Decode(type, inside)));
        var e = Assert.Throws<DerException>(() => Module.Decode(type, outside));
        Assert.Equal(DerErrorKind.ConstraintViolated, e.Kind);
        Assert.Contains(notation, e.Message, StringComparison.Ordinal);
        Assert.StartsWith(type, e.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Octets", "04020102", "Value", "010203")]
    [InlineData("Fixed", "04020102", "Value", "0103")]
    public void Encode_Refuses_ValueOutside(string type, string inside, string property, string octets)
    {
        var value = Module.Decode(type, inside);
        var other = Activator.CreateInstance(value.GetType(), OctetString.FromHex(octets))!;
        Assert.NotNull(value.GetType().GetProperty(property));
        Assert.StartsWith($"{type}: the value is outside the constraint", Assert.Throws<InvalidOperationException>(() => Module.Encode(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WithB", "3008020101A0030101FF", "B", null)]
    [InlineData("WithoutB", "3003020101", "B", true)]
    [InlineData("Inner", "300A300302010530030C0161", "L", null)]
    public void Encode_Refuses_RecordOutside(string type, string inside, string property, object? value)
    {
        var wrapper = Module.Decode(type, inside);
        var record = wrapper.GetType().GetProperty("Value")?.GetValue(wrapper) ?? wrapper;
        var member = record.GetType().GetProperty(property)!;
        member.SetValue(record, value is null && property == "L" ? (SequenceOf<Utf8String>)new Utf8String[] { new("ab") } : value);
        Assert.Throws<InvalidOperationException>(() => Module.Encode(wrapper));
    }

    [Fact]
    public void ExtensibleConstraint_Permits_OtherValues()
    {
        foreach (var hex in new[] { "02010A", "020114", "02017F" })
        {
            Assert.Equal(hex, Module.Encode(Module.Decode("Extended", hex)));
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Notation_IsOneLine_WhateverEndsTheLinesOfTheModule(string end)
    {
        var module = new CompiledModule("-- first\n-- second\nA ::= IA5String (SIZE (1..2) -- short -- |\n    /* or /* the */ */\n    \"a -- b\nc\")".Replace("\n", end, StringComparison.Ordinal));
        var e = Assert.Throws<DerException>(() => module.Decode("A", "1600"));
        Assert.Contains("(SIZE (1..2) | \"a -- bc\")", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(e.Message, c => c is '\n' or '\r');
    }

    [Fact]
    public void Pattern_TakesTime_ThatGrowsWithTheText()
    {
        var module = new CompiledModule("P ::= IA5String (PATTERN \"(a*)*b\")");
        var text = string.Concat(Enumerable.Repeat("61", 200_000));
        var taken = ProcessorTime.Of(() => Assert.Throws<DerException>(() => module.Decode("P", "1683030D40" + text)));
        Assert.True(taken < TimeSpan.FromSeconds(5), $"{taken}");
    }

    [Fact]
    public void UserDefinedConstraint_IsChecked_WhereItIsImplemented()
    {
        const string OwnConstraints = "E ::= SEQUENCE { even INTEGER (CONSTRAINED BY {-- an even number --}) (0..9), list SEQUENCE OF OCTET STRING (CONSTRAINED BY {}) } (CONSTRAINED BY {}) "
            + "W ::= INTEGER (CONSTRAINED BY {}) C ::= CHOICE { n INTEGER (CONSTRAINED BY {}), z NULL }";
        var permissive = new CompiledModule(OwnConstraints);
        Assert.Equal("30050201013000", permissive.Encode(permissive.Decode("E", "30050201013000")));
        var strict = new CompiledModule(OwnConstraints, code: """
            namespace Test.Compiled;
            partial record E
            {
                static partial void ConstrainedByEven(int value, ref bool isPermitted) => isPermitted = value % 2 == 0;
                static partial void ConstrainedByListItem(global::CkiSdk.Asn1.OctetString value, ref bool isPermitted) => isPermitted = value.Length > 0;
                static partial void ConstrainedByE(E value, ref bool isPermitted) => isPermitted = value.Even != 8;
            }
            partial record struct W
            {
                static partial void ConstrainedByValue(global::CkiSdk.Asn1.Integer value, ref bool isPermitted) => isPermitted = !value.IsNegative;
            }
            partial record C
            {
                static partial void ConstrainedByN(global::CkiSdk.Asn1.Integer value, ref bool isPermitted) => isPermitted = !value.IsNegative;
            }
            """);
        foreach (var (type, hex) in new[] { ("E", "30080201023003040101"), ("W", "020101"), ("C", "020101"), ("C", "0500") })
        {
            Assert.Equal(hex, strict.Encode(strict.Decode(type, hex)));
        }

        foreach (var (type, hex) in new[] { ("E", "30050201013000"), ("E", "3007020102300" + "20400"), ("E", "30050201083000"), ("W", "0201FF"), ("C", "0201FF") })
        {
            Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => strict.Decode(type, hex)).Kind);
        }
    }
}
