using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows which octets values have, for all value notation of X.680, and what is found wrong in it; assignments begin in line 2.</summary>
public sealed class ValueTests
{
    private const string Types = "Seq ::= SEQUENCE { a [0] INTEGER OPTIONAL, b BOOLEAN DEFAULT FALSE, c IA5String OPTIONAL, ..., d [1] NULL }\n";

    [Theory]
    [InlineData("BOOLEAN", "v BOOLEAN ::= TRUE", "0101FF")]
    [InlineData("INTEGER", "v INTEGER ::= -129", "0202FF7F")]
    [InlineData("INTEGER beyond long", "v INTEGER ::= 18446744073709551616", "0209010000000000000000")]
    [InlineData("named number", "v INTEGER { one(1), two(n) } ::= two n INTEGER ::= 2", "020102")]
    [InlineData("named number of a type by name", "v T ::= one T ::= [5] T2 T2 ::= INTEGER { one(1) }", "A503020101")]
    [InlineData("ENUMERATED", "v ENUMERATED { a, b(0), c } ::= c", "0A0102")]
    [InlineData("ENUMERATED addition", "v ENUMERATED { a, z(25), ..., d } ::= d", "0A0101")]
    [InlineData("ENUMERATED additions in order", "v ENUMERATED { a, b(3), ..., c(1), d, e } ::= e", "0A0104")]
    [InlineData("NULL", "v NULL ::= NULL", "0500")]
    [InlineData("OCTET STRING in bits", "v OCTET STRING ::= '1010 1'B", "0401A8")]
    [InlineData("OCTET STRING in odd digits", "v OCTET STRING ::= 'ABC'H", "0402ABC0")]
    [InlineData("BIT STRING", "v BIT STRING ::= '10100'B", "030203A0")]
    [InlineData("BIT STRING, empty", "v BIT STRING ::= ''H", "030100")]
    [InlineData("named bits", "v BIT STRING { a(0), i(8) } ::= { i, a }", "0303078080")]
    [InlineData("named bits, none", "v BIT STRING { a(0) } ::= {}", "030100")]
    [InlineData("named bits, trailing zeros", "v BIT STRING { a(0) } ::= '1000'B", "03020780")]
    [InlineData("CONTAINING", "v OCTET STRING (CONTAINING INTEGER) ::= CONTAINING 5", "0403020105")]
    [InlineData("CONTAINING in bits, of a type by name", "v T ::= CONTAINING TRUE T ::= BIT STRING (CONTAINING BOOLEAN)", "0304000101FF")]
    [InlineData("OBJECT IDENTIFIER", "v OBJECT IDENTIFIER ::= { iso member-body 840 rsadsi(113549) }", "06062A864886F70D")]
    [InlineData("OBJECT IDENTIFIER of ITU-T", "v OBJECT IDENTIFIER ::= { itu-t recommendation x(24) 680 }", "060400188528")]
    [InlineData("OBJECT IDENTIFIER of a recommendation's letter", "v OBJECT IDENTIFIER ::= { itu-t recommendation x 680 }", "060400188528")]
    [InlineData("OBJECT IDENTIFIER by references", "v OBJECT IDENTIFIER ::= { r n three(t) } r OBJECT IDENTIFIER ::= { 2 5 } n INTEGER ::= 4 t INTEGER ::= 3", "0603550403")]
    [InlineData("OBJECT IDENTIFIER with a relative one", "v OBJECT IDENTIFIER ::= { 2 5 r } r RELATIVE-OID ::= { 4 3 }", "0603550403")]
    [InlineData("OBJECT IDENTIFIER of another module", "v OBJECT IDENTIFIER ::= { M.r 3 } r OBJECT IDENTIFIER ::= { 2 5 4 }", "0603550403")]
    [InlineData("RELATIVE-OID", "v RELATIVE-OID ::= { a(4) 200 }", "0D03048148")]
    [InlineData("OID-IRI", "v OID-IRI ::= \"/ISO/a-b\"", "1F23082F49534F2F612D62")]
    [InlineData("RELATIVE-OID-IRI", "v RELATIVE-OID-IRI ::= \"a/1\"", "1F2403612F31")]
    [InlineData("REAL of base 10", "v REAL ::= 1.5", "09070331352E452D31")]
    [InlineData("REAL with zeros", "v REAL ::= -00120.00E3", "0907032D31322E4534")]
    [InlineData("REAL, a whole number", "v REAL ::= 7", "090603372E452B30")]
    [InlineData("REAL zero", "v REAL ::= 0.0", "0900")]
    [InlineData("REAL minus zero", "v REAL ::= -0", "090143")]
    [InlineData("REAL of base 2", "v REAL ::= { mantissa 6, base 2, exponent -2 }", "090380FF03")]
    [InlineData("REAL of base 2, beyond a double", "v REAL ::= { mantissa -1, base 2, exponent 70000 }", "0905C201117001")]
    [InlineData("REAL of base 10 in parts", "v REAL ::= { mantissa 150, base 10, exponent n } n INTEGER ::= -2", "09070331352E452D31")]
    [InlineData("REAL PLUS-INFINITY", "v REAL ::= PLUS-INFINITY", "090140")]
    [InlineData("REAL NOT-A-NUMBER", "v REAL ::= NOT-A-NUMBER", "090142")]
    [InlineData("cstring over lines", "v UTF8String ::= \"ab   \n   cd\"", "0C0461626364")]
    [InlineData("tuples", "v IA5String ::= { \"a\", cr, {0, 10}, s } s IA5String ::= \"b\"", "1604610D0A62")]
    [InlineData("one tuple", "v IA5String ::= { 0, 13 }", "16010D")]
    [InlineData("quadruples", "v UniversalString ::= { {0, 0, 0, 65}, { 0, 1, 246, 0 } }", "1C08000000410001F600")]
    [InlineData("BMPString", "v BMPString ::= \"é\"", "1E0200E9")]
    [InlineData("UTF8String", "v UTF8String ::= \"é\"", "0C02C3A9")]
    [InlineData("TeletexString", "v T61String ::= \"é\"", "1401E9")]
    [InlineData("UTCTime", "v UTCTime ::= \"9912312359-0100\"", "170D3030303130313030353930305A")]
    [InlineData("GeneralizedTime", "v GeneralizedTime ::= \"20200229120000.500Z\"", "181132303230303232393132303030302E355A")]
    [InlineData("GeneralizedTime of half an hour", "v GeneralizedTime ::= \"2020022912,5Z\"", "180F32303230303232393132333030305A")]
    [InlineData("TIME", "v TIME ::= \"15:27:35,5+01:00\"", "0E0D31353A32373A33352E352B3031")]
    [InlineData("DATE", "v DATE ::= \"1985-04-12\"", "1F1F083139383530343132")]
    [InlineData("TIME-OF-DAY", "v TIME-OF-DAY ::= \"06:30:00\"", "1F2006303633303030")]
    [InlineData("DATE-TIME", "v DATE-TIME ::= \"1951-10-14T15:30:00\"", "1F210E3139353131303134313533303030")]
    [InlineData("DURATION", "v DURATION ::= \"P1DT2,5H\"", "1F22073144 54322E3548")]
    [InlineData("SEQUENCE", "v Seq ::= { a -1, c \"x\", d NULL }", "300CA0030201FF160178A1020500")]
    [InlineData("SEQUENCE with its default", "v Seq ::= { b FALSE, d NULL }", "3004A1020500")]
    [InlineData("SEQUENCE without additions", "v Seq ::= { b TRUE }", "30030101FF")]
    [InlineData("SEQUENCE, empty", "v SEQUENCE { a NULL OPTIONAL } ::= {}", "3000")]
    [InlineData("SET", "v SET { b [1] NULL, a [0] NULL } ::= { b NULL, a NULL }", "3108A0020500A1020500")]
    [InlineData("SET with a choice", "v SET { b CHOICE { x [5] NULL, y [0] NULL }, a [2] NULL } ::= { b x : NULL, a NULL }", "3108A2020500A5020500")]
    [InlineData("SEQUENCE OF", "v SEQUENCE OF INTEGER ::= { 1, n, 3 } n INTEGER ::= 2", "3009020101020102020103")]
    [InlineData("SEQUENCE OF with names", "v SEQUENCE OF n INTEGER ::= { n 1, n 2 }", "3006020101020102")]
    [InlineData("SET OF", "v SET OF INTEGER ::= { 300, 2, 1 }", "310A02010102010202 02012C")]
    [InlineData("lists in lists", "v SEQUENCE OF SEQUENCE OF NULL ::= { {}, { NULL } }", "3006300030020500")]
    [InlineData("CHOICE", "v CHOICE { a [0] INTEGER, b SEQUENCE OF BOOLEAN } ::= b : { TRUE }", "30030101FF")]
    [InlineData("CHOICE with its own tag", "v T ::= a : 5 T ::= [APPLICATION 40] CHOICE { a INTEGER }", "7F2803020105")]
    [InlineData("ANY", "v ANY ::= INTEGER : 5", "020105")]
    [InlineData("ANY of a value by name", "v SEQUENCE { a ANY } ::= { a n } n [3] INTEGER ::= 5", "3005A303020105")]
    [InlineData("open type", "v SEQUENCE { a TYPE-IDENTIFIER.&Type } ::= { a SEQUENCE { x NULL } : { x NULL } }", "300430020500")]
    [InlineData("fixed-type field", "v C.&n ::= 7 C ::= CLASS { &n INTEGER }", "020107")]
    [InlineData("value from an object", "v INTEGER ::= o.&n o C ::= { 7 } C ::= CLASS { &n INTEGER } WITH SYNTAX { &n }", "020107")]
    [InlineData("parameterised value", "v INTEGER ::= p {9} p {INTEGER : x} INTEGER ::= x", "020109")]
    [InlineData("parameter in a structure", "v Seq ::= p {9} p {INTEGER : x} Seq ::= { a x }", "3005A003020109")]
    [InlineData("selection type", "v a < C ::= 4 C ::= CHOICE { a [7] INTEGER }", "A703020104")]
    [InlineData("value set as a type", "v S ::= 2 S INTEGER ::= { 1 | 2 }", "020102")]
    [InlineData("EXTERNAL of 1990", "v EXTERNAL ::= { direct-reference { 1 2 3 }, encoding single-ASN1-type : INTEGER : 5 }", "280906022A03A003020105")]
    [InlineData("EXTERNAL", "v EXTERNAL ::= { identification syntax : { 1 2 3 }, data-value 'AB'H }", "280706022A038101AB")]
    [InlineData("EMBEDDED PDV", "v EMBEDDED PDV ::= { identification fixed : NULL, data-value 'AB'H }", "2B07A00285008201AB")]
    [InlineData("CHARACTER STRING", "v CHARACTER STRING ::= { identification presentation-context-id : 5, string-value 'AB'H }", "3D08A0038201058101AB")]
    [InlineData("INSTANCE OF", "v INSTANCE OF TYPE-IDENTIFIER ::= { type-id { 1 2 3 }, value BOOLEAN : TRUE }", "280906022A03A0030101FF")]
    public void Value_HasOctets(string description, string asn1, string der)
    {
        var linked = Linked.Module(Types + asn1);
        Assert.True(linked.Faults.Count == 0, $"{description}: {string.Join('\n', linked.Faults)}");
        Assert.Equal(der.Replace(" ", string.Empty, StringComparison.Ordinal), Value(linked, "v").Der);
    }

    [Theory]
    [InlineData("number as a name that the type has not", "v INTEGER { a(1) } ::= b", "(3,24): error CKI0101: b is not defined")]
    [InlineData("item that the type has not", "v ENUMERATED { a } ::= b", "(3,24): error CKI0101: b is no item of an item of ENUMERATED {a}, and not defined")]
    [InlineData("value of another type by reference", "v BOOLEAN ::= n n INTEGER ::= 1", "(3,15): error CKI0106: expected a value of BOOLEAN, found n, which is an INTEGER")]
    [InlineData("unknown component", "v Seq ::= { x 1 }", "(3,13): error CKI0106: there is no component x here; expected a, b, c, d")]
    [InlineData("missing component", "v SEQUENCE { a NULL, b NULL } ::= { a NULL }", "(3,35): error CKI0106: the component b must have a value here")]
    [InlineData("component twice", "v Seq ::= { a 1, a 2 }", "(3,18): error CKI0102")]
    [InlineData("unknown alternative", "v CHOICE { a NULL } ::= b : NULL", "(3,25): error CKI0106: there is no alternative b here; expected a")]
    [InlineData("choice without alternative", "v CHOICE { a NULL } ::= NULL", "(3,25): error CKI0106")]
    [InlineData("element of another type", "v SEQUENCE OF INTEGER ::= { 1, TRUE }", "(3,32): error CKI0106: expected a value of INTEGER, found TRUE")]
    [InlineData("unknown bit", "v BIT STRING { a(0) } ::= { b }", "(3,29): error CKI0106: b is no bit of this BIT STRING; expected a")]
    [InlineData("character outside the alphabet", "v PrintableString ::= \"a@b\"", "(3,23): error CKI0106: expected a value of PrintableString, found the character U+0040")]
    [InlineData("second arc too great", "v OBJECT IDENTIFIER ::= { 1 40 }", "(3,25): error CKI0106")]
    [InlineData("arc without a number", "v OBJECT IDENTIFIER ::= { 1 2 three }", "(3,31): error CKI0101")]
    [InlineData("arc that is no number", "v OBJECT IDENTIFIER ::= { 1 2 b } b BOOLEAN ::= TRUE", "(3,31): error CKI0106")]
    [InlineData("commas between arcs", "v OBJECT IDENTIFIER ::= { 1, 2 }", "(3,28): error CKI0106")]
    [InlineData("no time", "v UTCTime ::= \"991331000000Z\"", "(3,15): error CKI0106: expected a value of UTCTime, YYMMDDhhmm[ss] and Z or the difference to UTC, found")]
    [InlineData("local time", "v GeneralizedTime ::= \"20200101000000\"", "(3,23): warning CKI0305")]
    [InlineData("no date", "v DATE ::= \"1985-02-29\"", "(3,12): error CKI0106")]
    [InlineData("no time of day", "v TIME-OF-DAY ::= \"25:00:00\"", "(3,19): error CKI0106")]
    [InlineData("no duration", "v DURATION ::= \"P1S\"", "(3,16): error CKI0106")]
    [InlineData("no base", "v REAL ::= { mantissa 1, base 8, exponent 0 }", "(3,31): error CKI0106")]
    [InlineData("CONTAINING without such a constraint", "v OCTET STRING ::= CONTAINING 5", "(3,20): error CKI0106")]
    [InlineData("open type without a type", "v ANY ::= 5", "(3,11): warning CKI0305: the value of an open type has its type before it, such as INTEGER : 42 (X.681 14.6); this one has no encoding")]
    [InlineData("type as a value", "v INTEGER ::= o o C ::= { &n 1 } C ::= CLASS { &n INTEGER }", "(3,15): error CKI0103: o is no value")]
    [InlineData("circle through components", "v T ::= { a v } T ::= SEQUENCE { a T OPTIONAL }", "(3,9): error CKI0106: this value refers to itself")]
    public void Fault_IsFound_AtItsPlace(string description, string asn1, string expected)
    {
        var faults = Linked.Module(Types + asn1).Faults;
        Assert.True(faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{description}: {string.Join('\n', faults)}");
    }

    [Fact]
    public void Identifier_OfOneArc_IsNoMember()
    {
        var linked = Linked.Module("v OBJECT IDENTIFIER ::= { iso } w OBJECT IDENTIFIER ::= { v 3 }");
        Assert.Equal(["(2,1): warning CKI0004: v has no encoding, so it has no member in C#"], linked.Faults);
        Assert.Equal("06012B", Value(linked, "w").Der);
    }

    [Fact]
    public void ValuesThatDoubleTheirSize_AreRefused()
    {
        var steps = string.Join('\n', Enumerable.Range(1, 40).Select(i => $"v{i} T ::= {{ v{i - 1}, v{i - 1} }}"));
        var linked = Linked.Module($"T ::= SEQUENCE OF T\nv0 T ::= {{}}\n{steps}");
        Assert.Contains(linked.Faults, fault => fault.Contains("CKI0005", StringComparison.Ordinal));
    }

    [Fact]
    public void ValueThatNamesAComponentTwice_IsRefused_AndTheOthersStay()
    {
        var linked = Linked.Module("S ::= SEQUENCE { a INTEGER, b INTEGER OPTIONAL }\nv S ::= { a 1, a 2 }\nw S ::= { a 1 }");
        Assert.Contains(linked.Faults, fault => fault.StartsWith("(3,16): error CKI0102", StringComparison.Ordinal) && fault.EndsWith("the component a is given twice", StringComparison.Ordinal));
        Assert.Equal("3003020101", Value(linked, "w").Der);
    }

    [Theory]
    [InlineData("structure", "A ::= SEQUENCE { a B DEFAULT { n 1 } } B ::= SEQUENCE { n INTEGER }", "3003020101")]
    [InlineData("automatic tag", "A ::= SEQUENCE { a SEQUENCE OF INTEGER DEFAULT { 1 } }", "A003020101", "AUTOMATIC")]
    [InlineData("parameter", "A ::= P {7} P {INTEGER : x} ::= SEQUENCE { a INTEGER DEFAULT x }", "020107")]
    public void Default_HasOctets(string description, string asn1, string der, string tags = "EXPLICIT")
    {
        var linked = Linked.Module(asn1, tags);
        Assert.True(linked.Faults.Count == 0, $"{description}: {string.Join('\n', linked.Faults)}");
        Assert.Equal(der, ((RecordModel)linked.Type("A")).Components[0].DefaultDer);
    }

    private static ValueModel Value(Linked linked, string name) =>
        linked.Result.Modules.SelectMany(module => module.Types).OfType<ValuesModel>().SelectMany(values => values.Values).Single(value => value.Asn1Name == name);
}
