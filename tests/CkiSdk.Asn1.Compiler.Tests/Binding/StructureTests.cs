using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows what components, names, constraints, defaults and parameters become.</summary>
public sealed class StructureTests
{
    [Theory]
    [InlineData("COMPONENTS OF", "A ::= SEQUENCE { COMPONENTS OF B, z NULL } B ::= SEQUENCE { x INTEGER, y BOOLEAN OPTIONAL }", "[UNIVERSAL 16]c { X [UNIVERSAL 2] Integer, Y [UNIVERSAL 1] bool OPTIONAL, Z [UNIVERSAL 5] Null }")]
    [InlineData("components of a set in the order of tags", "A ::= SET { b [2] NULL, a [1] NULL, i INTEGER }", "[UNIVERSAL 17]c { I [UNIVERSAL 2] Integer, A_ [1]c[UNIVERSAL 5] Null, B [2]c[UNIVERSAL 5] Null }")]
    [InlineData("hoisted names", "A ::= SEQUENCE { in-ner SEQUENCE OF CHOICE { a NULL } }", "[UNIVERSAL 16]c { InNer [UNIVERSAL 16]c SEQUENCE OF AInNerItem }")]
    [InlineData("hoisted name that is taken", "A ::= SEQUENCE { b SEQUENCE { } } AB ::= NULL", "[UNIVERSAL 16]c { B [UNIVERSAL 16]c AB_ }")]
    [InlineData("names that differ in a hyphen", "A ::= SEQUENCE { a-B NULL, aB INTEGER }", "[UNIVERSAL 16]c { AB [UNIVERSAL 5] Null, AB_ [UNIVERSAL 2] Integer }")]
    [InlineData("component named as its type", "A ::= SEQUENCE { a NULL }", "[UNIVERSAL 16]c { A_ [UNIVERSAL 5] Null }")]
    [InlineData("alternative named value", "A ::= CHOICE { value NULL }", "CHOICE { Value_ [UNIVERSAL 5] Null }")]
    [InlineData("named numbers", "A ::= INTEGER { a(1), large(5000000000), b(n) } n INTEGER ::= -3", "[UNIVERSAL 2] Integer a(1) large(5000000000) b(-3)")]
    [InlineData("named bits", "A ::= BIT STRING { first(0), last(15) }", "[UNIVERSAL 3] BitString first(0) last(15)")]
    [InlineData("enumeration fills the gaps", "A ::= ENUMERATED { a, b(0), c, ..., d }", "[UNIVERSAL 10] a(1) b(0) c(2) d(3) ...")]
    [InlineData("int", "A ::= INTEGER (0..255)", "[UNIVERSAL 2] int (0..255)")]
    [InlineData("int at its bounds", "A ::= INTEGER (-2147483648..2147483647)", "[UNIVERSAL 2] int (-2147483648..2147483647)")]
    [InlineData("long", "A ::= INTEGER (0..4294967295)", "[UNIVERSAL 2] long (0..4294967295)")]
    [InlineData("open range", "A ::= INTEGER (1..MAX)", "[UNIVERSAL 2] Integer (1..MAX)")]
    [InlineData("narrowed twice", "A ::= INTEGER (0..4294967295) (0..9)", "[UNIVERSAL 2] int (0..4294967295)(0..9)")]
    [InlineData("extensible constraint binds nothing", "A ::= INTEGER (0..255, ...)", "[UNIVERSAL 2] Integer (0..255, ...)")]
    [InlineData("size by reference", "A ::= SEQUENCE SIZE (1..max) OF NULL max INTEGER ::= 4", "[UNIVERSAL 16]c SEQUENCE OF [UNIVERSAL 5] Null (SIZE (1..max))")]
    [InlineData("defaults", "A ::= SEQUENCE { a BOOLEAN DEFAULT TRUE, b [0] INTEGER { x(1) } DEFAULT x, c [1] INTEGER DEFAULT n } n INTEGER ::= 7", "[UNIVERSAL 16]c { A_ [UNIVERSAL 1] bool DEFAULT true, B [0]c[UNIVERSAL 2] AB DEFAULT AB.X, C [1]c[UNIVERSAL 2] Integer DEFAULT ((Integer)7) }")]
    [InlineData("default through two names", "A ::= SEQUENCE { a B DEFAULT 5 } B ::= C (0..9) C ::= INTEGER", "[UNIVERSAL 16]c { A_ [UNIVERSAL 2] B DEFAULT new B(new C(5)) }")]
    [InlineData("extension marks", "A ::= SEQUENCE { a NULL, ..., [[ b [0] NULL, c [1] NULL OPTIONAL ]], ..., d NULL }", "[UNIVERSAL 16]c { A_ [UNIVERSAL 5] Null, B [0]c[UNIVERSAL 5] Null OPTIONAL, C [1]c[UNIVERSAL 5] Null OPTIONAL, D [UNIVERSAL 5] Null, ...@3 }")]
    [InlineData("selection", "A ::= SEQUENCE { s b < B } B ::= CHOICE { a NULL, b INTEGER }", "[UNIVERSAL 16]c { S [UNIVERSAL 2] Integer }")]
    [InlineData("fields of a class", "A ::= SEQUENCE { i C.&id ({S}), t C.&Type ({S}{@i}) } C ::= CLASS { &id INTEGER UNIQUE, &Type } S C ::= { ... }", "[UNIVERSAL 16]c { I [UNIVERSAL 2] Integer ({S}), T AnyValue }")]
    [InlineData("other name of a structure", "A ::= SEQUENCE { b B } B ::= C C ::= SEQUENCE { }", "[UNIVERSAL 16]c { B [UNIVERSAL 16]c C }")]
    public void Type_HasModel(string reason, string asn1, string expected) =>
        Assert.True(Linked.Module(asn1).Show() == expected, $"{reason}: {Linked.Module(asn1).Show()}");

    [Theory]
    [InlineData("type parameter", "P {T} ::= SEQUENCE { t T } A ::= P {INTEGER}", "[UNIVERSAL 16]c { T [UNIVERSAL 2] Integer }")]
    [InlineData("value parameter", "P {INTEGER : n} ::= OCTET STRING (SIZE (n)) A ::= P {3}", "[UNIVERSAL 4] OctetString (SIZE (n))")]
    [InlineData("parameter handed on", "P {T} ::= SEQUENCE { t T } Q {U} ::= SEQUENCE { q P {U} } A ::= Q {NULL}", "[UNIVERSAL 16]c { Q [UNIVERSAL 16]c AQ }")]
    [InlineData("anonymous sequence", "SIGNED {T} ::= SEQUENCE { toBeSigned T, mark NULL } A ::= SIGNED {SEQUENCE { n INTEGER }}", "[UNIVERSAL 16]c { ToBeSigned [UNIVERSAL 16]c AToBeSigned, Mark [UNIVERSAL 5] Null }")]
    [InlineData("recursion", "P {T} ::= SEQUENCE { t T, next P {T} OPTIONAL } A ::= SEQUENCE { p P {NULL} }", "[UNIVERSAL 16]c { P [UNIVERSAL 16]c AP }")]
    [InlineData("object set parameter", "P {C : S} ::= SEQUENCE { i C.&id ({S}) } C ::= CLASS { &id INTEGER } X C ::= { {&id 1} } A ::= P {{X}}", "[UNIVERSAL 16]c { I [UNIVERSAL 2] int ({S}) }")]
    public void ParameterisedType_IsMade_ForEachUse(string reason, string asn1, string expected) =>
        Assert.True(Linked.Module(asn1).Show() == expected, $"{reason}: {Linked.Module(asn1).Show()}");

    [Fact]
    public void Signed_KeepsOctets_OfStructuresOnly()
    {
        const string Signed = "SIGNED {T} ::= SEQUENCE { toBeSigned T, mark NULL } ";
        Assert.True(((RecordModel)Linked.Module(Signed + "A ::= SIGNED {SEQUENCE { n INTEGER }}").Type("A")).Components[0].KeepsOctets);
        Assert.False(((RecordModel)Linked.Module(Signed + "A ::= SIGNED {REAL}").Type("A")).Components[0].KeepsOctets);
    }

    [Fact]
    public void UnnamedComponents_OfX208_GiveTheSameCode_AsNamedOnes()
    {
        // The form of Part 2, Annex A, whose CHOICE has no name, and the form of asn1/CKIKeyManagementProtocol.asn1.
        const string Rest = "{ externalCMA [0] NULL, externalUser [1] NULL }, externalIKValidity [2] NULL OPTIONAL }";
        var unnamed = Linked.Module($"ExternalRqInfo ::= SEQUENCE OF SEQUENCE {{ CHOICE {Rest}");
        var named = Linked.Module($"ExternalRqInfo ::= SEQUENCE OF SEQUENCE {{ choice CHOICE {Rest}");
        Assert.Empty(unnamed.Faults);
        Assert.Equal(Sources(named), Sources(unnamed));
    }

    private static IEnumerable<string> Sources(Linked linked)
    {
        var nowhere = new DocModel(null, string.Empty, string.Empty);
        return linked.Result.Modules.SelectMany(module => module.Types).Select(type => TypeEmitter.Emit(type with { Doc = nowhere }));
    }
}
