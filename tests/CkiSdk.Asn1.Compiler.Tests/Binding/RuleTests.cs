namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows the rules of X.680 for numbers, tags and extensions: what breaks one is told at its place, what keeps it is not; assignments begin in line 2.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("contents in the constraint of another type", "P ::= SEQUENCE { o OCTET STRING } A ::= P (WITH COMPONENTS { o (CONTAINING NULL) })", "(2,65): warning CKI0120: what a string contains is checked where its own type says it")]
    [InlineData("open type in the constraint of another type", "P ::= SEQUENCE { v TYPE-IDENTIFIER.&Type } A ::= P (WITH COMPONENTS { v (BOOLEAN) })", "(2,74): warning CKI0120: an open type is held to what chooses it")]
    [InlineData("named numbers that are the same", "A ::= INTEGER { a(1), b(2), c(1) }", "(2,29): error CKI0102: c has the number 1, which a has already")]
    [InlineData("named number by another name", "A ::= INTEGER { a(n), b(1) } n INTEGER ::= 1", "(2,23): error CKI0102")]
    [InlineData("named bits that are the same", "A ::= BIT STRING { a(1), b(1) }", "(2,26): error CKI0102")]
    [InlineData("additional items that fall", "A ::= ENUMERATED { a(5), ..., b(7), c(6) }", "(2,37): error CKI0130: c has the number 6, expected one above 7")]
    [InlineData("additional item with a number of the root", "A ::= ENUMERATED { a, b, ..., c(0) }", "(2,31): error CKI0102: c has the number 0, which a has already")]
    [InlineData("additional item that an item without a number has", "A ::= ENUMERATED { a, b, ..., c, d(2) }", "(2,34): error CKI0102: d has the number 2, which c has already")]
    [InlineData("inner enumeration", "A ::= SEQUENCE { e ENUMERATED { a(1), b(1) } }", "(2,39): error CKI0102")]
    [InlineData("enumeration in a parameterised type", "A {T} ::= SEQUENCE { t T, e ENUMERATED { a(1), b(1) } }", "(2,48): error CKI0102")]
    [InlineData("ANY behind a component that may be absent", "A ::= SEQUENCE { i INTEGER OPTIONAL, a ANY }", "(2,38): error CKI0105: a can begin with any tag, also with that of i")]
    [InlineData("ANY behind a tag that types have seldom", "A ::= SEQUENCE { i [0] INTEGER OPTIONAL, a ANY }", "(2,42): warning CKI0304: a can begin with any tag, also with that of i")]
    [InlineData("component behind an ANY that may be absent", "A ::= SEQUENCE { a ANY OPTIONAL, i INTEGER }", "(2,34): error CKI0105")]
    [InlineData("ANY in a SET", "A ::= SET { a ANY, i INTEGER }", "(2,20): error CKI0105")]
    [InlineData("open type behind a component that may be absent", "A ::= SEQUENCE { i INTEGER OPTIONAL, a TYPE-IDENTIFIER.&Type }", "(2,38): error CKI0105")]
    [InlineData("two extensible choices in a SET", "A ::= SET { a CHOICE { b NULL, ... }, c CHOICE { d BOOLEAN, ... } }", "(2,39): error CKI0105: an unknown alternative could be one of a or of c")]
    [InlineData("addition that hides a component", "A ::= SEQUENCE { a NULL, ..., b INTEGER, ..., c INTEGER }", "(2,47): warning CKI0304")]
    [InlineData("IMPLICIT before ANY", "A ::= SEQUENCE { a [1] IMPLICIT ANY }", "(2,20): error CKI0131")]
    [InlineData("IMPLICIT before a choice by name", "A ::= [1] IMPLICIT B B ::= CHOICE { a NULL }", "(2,7): error CKI0131")]
    [InlineData("IMPLICIT before an open type", "A ::= SEQUENCE { a [1] IMPLICIT TYPE-IDENTIFIER.&Type }", "(2,20): error CKI0131")]
    [InlineData("third extension marker", "A ::= SEQUENCE { a NULL, ..., b NULL, ..., c INTEGER, ... }", "(2,55): error CKI0130")]
    [InlineData("version brackets before the marker", "A ::= SEQUENCE { a NULL, [[ b INTEGER ]], ... }", "(2,26): error CKI0130")]
    [InlineData("version brackets behind the second marker", "A ::= SEQUENCE { a NULL, ..., ..., [[ b INTEGER ]] }", "(2,36): error CKI0130")]
    [InlineData("version brackets with and without number", "A ::= SEQUENCE { a NULL, ..., [[ 2: b INTEGER ]], [[ c BOOLEAN ]] }", "(2,51): error CKI0130")]
    [InlineData("numbers of version brackets that fall", "A ::= SEQUENCE { a NULL, ..., [[ 3: b INTEGER ]], [[ 3: c BOOLEAN ]] }", "(2,51): error CKI0130")]
    [InlineData("OPTIONAL in a CHOICE", "A ::= CHOICE { a NULL OPTIONAL }", "(2,16): error CKI0103")]
    [InlineData("COMPONENTS OF in a CHOICE", "A ::= CHOICE { a NULL, COMPONENTS OF B } B ::= SEQUENCE { b INTEGER }", "(2,24): error CKI0103")]
    [InlineData("string of another kind", "A ::= SEQUENCE { a UTF8String DEFAULT b } b GeneralString ::= \"x\"", "(2,39): error CKI0106")]
    [InlineData("number as a BOOLEAN", "A ::= SEQUENCE { a BOOLEAN DEFAULT 1 }", "(2,36): warning CKI0305: the number 1 stands for a BOOLEAN: it is read as TRUE")]
    [InlineData("number in a constraint of a BOOLEAN", "A ::= BOOLEAN (0)", "(2,16): warning CKI0305")]
    [InlineData("label before an object identifier", "a OBJECT IDENTIFIER ::= { x 1 3 6 1 }", "(2,27): warning CKI0305: x is neither a value nor an arc")]
    [InlineData("unknown arc before a number", "a OBJECT IDENTIFIER ::= { x 1 }", "(2,27): error CKI0101")]
    [InlineData("size of a number", "A ::= INTEGER (SIZE (2))", ": warning CKI0120")]
    [InlineData("version brackets of the root", "A ::= SEQUENCE { a NULL, ..., [[ 1: b INTEGER ]] }", "(2,34): warning CKI0130")]
    [InlineData("COMPONENTS OF a SET in a SEQUENCE", "A ::= SEQUENCE { COMPONENTS OF B } B ::= SET { b INTEGER }", "(2,18): error CKI0103: COMPONENTS OF in a SEQUENCE needs a SEQUENCE, found a SET")]
    [InlineData("COMPONENTS OF a SEQUENCE in a SET", "A ::= SET { COMPONENTS OF B } B ::= SEQUENCE { b INTEGER }", "(2,13): error CKI0103")]
    [InlineData("INSTANCE OF another class", "A ::= INSTANCE OF C C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type }", "(2,19): error CKI0103: INSTANCE OF is for the class TYPE-IDENTIFIER")]
    [InlineData("contents of named bits", "A ::= BIT STRING { a(0) } (CONTAINING NULL)", "(2,28): warning CKI0120")]
    [InlineData("number in a constraint of a string", "A ::= OCTET STRING (5)", "(2,21): warning CKI0120: a number is no value of this type, and SIZE (5) limits its length")]
    [InlineData("version brackets without a comma", "A ::= SEQUENCE { a NULL, ... [[ b INTEGER ]] }", "(2,30): warning CKI0306: a comma stands before version brackets")]
    [InlineData("size of an EXTERNAL", "A ::= EXTERNAL (SIZE (1))", "(2,17): error CKI0120")]
    [InlineData("size of a CHARACTER STRING", "A ::= CHARACTER STRING (SIZE (1))", "(2,25): warning CKI0120")]
    [InlineData("components of a value out of order", "a A ::= { c 1, b 2 } A ::= SEQUENCE { b INTEGER, c INTEGER }", "(2,16): error CKI0106: the component b stands before those that are given already")]
    [InlineData("DEFINED BY what is not there", "A ::= SEQUENCE { a ANY DEFINED BY b }", "(2,20): warning CKI0110: DEFINED BY b names no component beside it")]
    [InlineData("type in WITH SYNTAX", "C ::= CLASS { &a INTEGER } WITH SYNTAX { INTEGER &a }", "(2,42): error CKI0003: Found 'INTEGER'")]
    [InlineData("selector that another set limits", "C ::= CLASS { &i INTEGER UNIQUE, &T } S C ::= {{&i 1, &T NULL}} R C ::= {{&i 2, &T NULL}} A ::= SEQUENCE { i C.&i ({R}), t C.&T ({S}{@i}) }", ": warning CKI0110: @i names a component that another object set limits")]
    [InlineData("value in XML", "a ::= <INTEGER>1</INTEGER> A ::= NULL", "(2,7): error CKI0107: The value of a is in XML")]
    [InlineData("UTCTime without minutes", "a UTCTime ::= \"97100211-0500\"", "(2,15): warning CKI0305")]
    public void BrokenRule_IsTold_AtItsPlace(string reason, string asn1, string expected)
    {
        var faults = Linked.Module(asn1).Faults;
        Assert.True(faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', faults)}");
    }

    [Theory]
    [InlineData("items with and without numbers", "A ::= ENUMERATED { a, b, c(0), ..., d }")]
    [InlineData("additional items that rise", "A ::= ENUMERATED { a, b, ..., c(3), d, e(9) }")]
    [InlineData("additional item below those of the root", "A ::= ENUMERATED { a, z(25), ..., d }")]
    [InlineData("ANY as the last component", "A ::= SEQUENCE { i OBJECT IDENTIFIER, a ANY DEFINED BY i OPTIONAL }")]
    [InlineData("tagged ANY behind a component that may be absent", "A ::= SEQUENCE { i INTEGER OPTIONAL, a [1] ANY }")]
    [InlineData("strings over ISO 10646", "A ::= SEQUENCE { a UTF8String DEFAULT b } b PrintableString ::= \"x\"")]
    [InlineData("extensible choices with tags", "A ::= SET { a [0] CHOICE { b NULL, ... }, c [1] CHOICE { d BOOLEAN, ... } }")]
    [InlineData("EXPLICIT before a choice", "A ::= [1] EXPLICIT CHOICE { a NULL }")]
    [InlineData("IMPLICIT before a tagged choice", "A ::= [1] IMPLICIT [2] CHOICE { a NULL }")]
    [InlineData("numbers of any size", "A ::= INTEGER { least(-170141183460469231731687303715884105729), most(340282366920938463463374607431768211456) }")]
    [InlineData("components of a SET in any order", "a A ::= { c 1, b 2 } A ::= SET { b [0] INTEGER, c INTEGER }")]
    [InlineData("fields of a class behind one another", "C ::= CLASS { &id OCTET STRING UNIQUE, &Type } WITH SYNTAX { &id &Type } S C ::= { { '01'H INTEGER } | { '02'H NULL } } A ::= SEQUENCE { i C.&id ({S}), t C.&Type ({S}{@i}) }")]
    [InlineData("exponent with a plus", "a REAL ::= 1.5e+10 b REAL ::= 2E+3")]
    [InlineData("numbers that end with their point", "a REAL ::= 1024.E-5 b REAL ::= 7. c REAL ::= { mantissa 5, base 10, exponent 3 } D ::= REAL (1. .. 5.5) E ::= INTEGER (1..5)")]
    [InlineData("selection from version brackets", "A ::= CHOICE { a NULL, ..., [[ b INTEGER, c BOOLEAN ]] } B ::= c < A")]
    [InlineData("INSTANCE OF TYPE-IDENTIFIER by another name", "A ::= INSTANCE OF C C ::= TYPE-IDENTIFIER")]
    [InlineData("version brackets with rising numbers", "A ::= SEQUENCE { a NULL, ..., [[ 2: b INTEGER, c BOOLEAN OPTIONAL ]], [[ 5: d OCTET STRING ]], ..., e REAL }")]
    public void KeptRule_IsNotTold(string reason, string asn1) => Assert.True(Linked.Module(asn1).Faults.Count == 0, $"{reason}: {string.Join('\n', Linked.Module(asn1).Faults)}");

    [Theory]
    [InlineData("sequence", "A ::= SEQUENCE { a NULL }", "...@1")]
    [InlineData("choice", "A ::= CHOICE { a NULL }", "| ...")]
    [InlineData("enumeration", "A ::= ENUMERATED { a }", "a(0) ...")]
    public void ExtensibilityImplied_PutsAMarker_AtTheEnd(string reason, string asn1, string expected)
    {
        var model = ModelText.Of(Linked.Files($"M DEFINITIONS EXTENSIBILITY IMPLIED ::= BEGIN {asn1} END").Type("A"));
        Assert.True(model.Contains(expected, StringComparison.Ordinal), $"{reason}: {model}");
    }

    [Fact]
    public void MacrosMakeNoFaults_BeyondTheWarning()
    {
        const string Text = """
            M DEFINITIONS ::= BEGIN
            IMPORTS OBJECT-TYPE FROM Nowhere;
            base OBJECT IDENTIFIER ::= { 1 3 6 1 }
            entry OBJECT-TYPE
              SYNTAX INTEGER { up(1), down(2) }
              ACCESS read-only
              DESCRIPTION "what it is"
              ::= { base 8 }
            inner OBJECT IDENTIFIER ::= { entry 1 }
            OPERATION MACRO ::= BEGIN TYPE NOTATION ::= ARGUMENT type VALUE NOTATION ::= value(VALUE INTEGER) END
            call OPERATION ARGUMENT NULL ::= 5
            other OPERATION ::= 6
            A ::= SEQUENCE { o OPERATION, i INTEGER }
            END
            """;
        var linked = Linked.Files(Text);
        Assert.DoesNotContain(linked.Faults, fault => fault.Contains("error", StringComparison.Ordinal));
        Assert.Contains("1.3.6.1.8.1", ModelText.Of(linked.Type("MValues")), StringComparison.Ordinal);
    }
}
