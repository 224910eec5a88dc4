namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows what the binder finds wrong, and where; assignments begin in line 2.</summary>
public sealed class FaultTests
{
    private const string Class = "C ::= CLASS { &id INTEGER UNIQUE, &Type OPTIONAL, &set D OPTIONAL } WITH SYNTAX { ID &id [TYPE &Type] [PUT &set] } D ::= CLASS { &n NULL }\n";

    [Theory]
    [InlineData("unknown type", "A ::= SEQUENCE { a B }", "(2,20): error CKI0101: B is not defined")]
    [InlineData("unknown type in a list", "A ::= SEQUENCE OF B", "(2,19): error CKI0101")]
    [InlineData("unknown default", "A ::= SEQUENCE { a INTEGER DEFAULT n }", "(2,36): error CKI0101")]
    [InlineData("unknown value", "a INTEGER ::= b", "(2,15): error CKI0101")]
    [InlineData("unknown class", "A ::= SEQUENCE { a NOCLASS.&id }", "(2,20): error CKI0101")]
    [InlineData("unknown field", "A ::= SEQUENCE { a TYPE-IDENTIFIER.&nothing }", "(2,20): error CKI0101")]
    [InlineData("two definitions", "A ::= NULL B ::= NULL A ::= INTEGER", "(2,23): error CKI0102")]
    [InlineData("two components", "A ::= SEQUENCE { a NULL, a INTEGER }", "(2,26): error CKI0102")]
    [InlineData("two items", "A ::= ENUMERATED { a, b, a }", "(2,26): error CKI0102")]
    [InlineData("two numbers in an enumeration", "A ::= ENUMERATED { a(1), b(1) }", "(2,26): error CKI0102")]
    [InlineData("value as a type", "A ::= SEQUENCE { a C } C ::= CLASS { &id INTEGER }", "(2,20): error CKI0103")]
    [InlineData("COMPONENTS OF a choice", "A ::= SEQUENCE { COMPONENTS OF B } B ::= CHOICE { a NULL }", "(2,18): error CKI0103")]
    [InlineData("reference circle", "A ::= B B ::= C C ::= A", "error CKI0104")]
    [InlineData("tagged circle", "A ::= [1] B B ::= [2] A", "error CKI0104")]
    [InlineData("value circle", "a INTEGER ::= b b INTEGER ::= a", "(2,15): error CKI0106")]
    [InlineData("boolean as a number", "A ::= SEQUENCE { a INTEGER DEFAULT FALSE }", "(2,36): error CKI0106")]
    [InlineData("text as octets", "a OCTET STRING ::= \"x\"", "(2,20): error CKI0106")]
    [InlineData("number as an enumeration", "a ENUMERATED { x } ::= 0", "(2,24): error CKI0106")]
    [InlineData("tag number too large", "A ::= [9999999999] NULL", "(2,8): error CKI0106")]
    [InlineData("bit number negative", "A ::= BIT STRING { a(n) } n INTEGER ::= -1", "(2,20): error CKI0106")]
    [InlineData("value set of another type", "A INTEGER ::= { 1 | TRUE }", "(2,21): error CKI0106: expected a value of INTEGER, found TRUE")]
    [InlineData("CHOICE of nothing", "A ::= CHOICE { }", "(2,7): error CKI0103: a CHOICE has at least one alternative")]
    [InlineData("UNIQUE type", "K ::= CLASS { &T UNIQUE }", "(2,15): error CKI0103: UNIQUE is for fields that are values")]
    [InlineData("field that no object can set", "K ::= CLASS { &a INTEGER, &b INTEGER } WITH SYNTAX { A &a }", "(2,27): warning CKI0306: WITH SYNTAX does not set &b")]
    [InlineData("too few parameters", "P {T, U} ::= SEQUENCE { t T, u U } A ::= P {NULL}", "(2,42): error CKI0108")]
    [InlineData("parameters of a plain type", "P ::= NULL A ::= P {NULL}", "(2,18): error CKI0108")]
    [InlineData("parameterised type without parameters", "P {T} ::= SEQUENCE { t T } A ::= SEQUENCE { p P }", "(2,47): error CKI0108")]
    public void Fault_IsFound_AtItsPlace(string reason, string asn1, string expected) =>
        Assert.True(Linked.Module(asn1).Faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', Linked.Module(asn1).Faults)}");

    [Theory]
    [InlineData("unknown object in a set", "S C ::= { a | {ID 1} }", "(3,11): warning CKI0101: the object a is not defined")]
    [InlineData("unknown set in a set", "S C ::= { T, ... }", "(3,11): warning CKI0101: the object set T is not defined")]
    [InlineData("unknown object after the marker", "S C ::= { ..., a }", "(3,16): warning CKI0101")]
    [InlineData("value in a set", "S C ::= { a } a INTEGER ::= 1", "(3,11): warning CKI0103: a is no object")]
    [InlineData("unknown type in an object", "o C ::= { ID 1 TYPE Missing }", "(3,21): warning CKI0101: Missing is not defined")]
    [InlineData("value of another type in an object", "o C ::= { ID TRUE }", "(3,14): warning CKI0106: expected a value of INTEGER, found TRUE")]
    [InlineData("unknown object in a field", "o C ::= { ID 1 PUT d }", "(3,20): warning CKI0101")]
    [InlineData("object that lacks a field", "o D ::= { }", "(3,9): warning CKI0103: the object lacks the field &n")]
    [InlineData("field that the class has not", "o D ::= { &n NULL, &x NULL }", "warning CKI0101: the class has no field &x")]
    [InlineData("words of another class", "o C ::= { NAME 1 }", "(3,11): warning CKI0003")]
    [InlineData("other name of an unknown object", "o C ::= p", "(3,9): warning CKI0101")]
    [InlineData("unknown set in a table constraint", "A ::= SEQUENCE { i C.&id ({S}) }", "(3,28): warning CKI0101: the object set S is not defined")]
    [InlineData("type in a table constraint", "A ::= SEQUENCE { i C.&id ({B}) } B ::= NULL", "(3,28): error CKI0103: B is no object set")]
    public void FaultOfAnObject_IsFound_AtItsPlace(string reason, string asn1, string expected)
    {
        var faults = Linked.Module(Class + asn1).Faults;
        Assert.True(faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', faults)}");
    }

    [Theory]
    [InlineData("unknown object in a set", "S C ::= { a | {ID 1} }", "(3,11): error CKI0101: the object a is not defined")]
    [InlineData("unknown set in a set", "S C ::= { T, ... }", "(3,11): error CKI0101: the object set T is not defined")]
    [InlineData("value in a set", "S C ::= { a } a INTEGER ::= 1", "(3,11): error CKI0103: a is no object")]
    [InlineData("object that lacks a field", "S C ::= { o } o C ::= { TYPE NULL }", "(3,25): error CKI0003")]
    [InlineData("words of another class", "S C ::= { o } o C ::= { NAME 1 }", "(3,25): error CKI0003")]
    [InlineData("set of itself", "S C ::= { S | {ID 1} }", "(3,9): error CKI0104: the object set is defined by itself")]
    [InlineData("object of itself", "S C ::= { o } o C ::= p p C ::= o", "error CKI0104: the object is defined by itself")]
    public void FaultOfAnObject_IsAnError_WhereATypeUsesIt(string reason, string asn1, string expected)
    {
        var faults = Linked.Module($"{Class}{asn1} U ::= SEQUENCE {{ i C.&id ({{S}}) }}").Faults;
        Assert.True(faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', faults)}");
    }

    [Theory]
    [InlineData("objects and sets", "o C ::= { ID 1 TYPE SEQUENCE { a NULL } } S C ::= { o | {ID 2}, ..., T } T C ::= { ... }")]
    [InlineData("object in a field", "o C ::= { ID 1 PUT d } d D ::= { &n NULL }")]
    [InlineData("builtin class", "o TYPE-IDENTIFIER ::= { INTEGER IDENTIFIED BY {1 2 3} } A ::= SEQUENCE { t TYPE-IDENTIFIER.&Type ({S}) } S TYPE-IDENTIFIER ::= { o }")]
    [InlineData("parameterised set", "S {C : T} C ::= { T | {ID 9} }")]
    public void CorrectObjects_GiveNoFault(string reason, string asn1) =>
        Assert.True(Linked.Module(Class + asn1).Faults.Count == 0, $"{reason}: {string.Join('\n', Linked.Module(Class + asn1).Faults)}");

    [Fact]
    public void AbsentModule_IsOneWarning_AndNothingElse()
    {
        var linked = Linked.Module("IMPORTS X, CLS, Set, o FROM Elsewhere;\nA ::= SEQUENCE { x [0] X DEFAULT 5, y CLS.&id ({Set}), COMPONENTS OF X } S CLS ::= { o } v X ::= TRUE");
        Assert.Contains("(2,29): warning CKI0201: unresolved import: no module Elsewhere in this project", linked.Faults);
        Assert.DoesNotContain(linked.Faults, fault => fault.Contains("CKI0101", StringComparison.Ordinal) || fault.Contains("CKI0106 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Import_OfWhatAModuleHasNot_IsRefused()
    {
        var linked = Linked.Files("M DEFINITIONS ::= BEGIN\nIMPORTS X, Y, UTF8String FROM N; A ::= Y B ::= X END", "N DEFINITIONS ::= BEGIN EXPORTS Z; Y ::= NULL Z ::= NULL END");
        Assert.Equal(["(2,9): error CKI0202: the module N does not define X", "(2,12): error CKI0202: the module N does not export Y"], linked.Faults);
    }

    [Fact]
    public void ModulesWithOneName_AreRefused()
    {
        Assert.Contains("error CKI0203", Assert.Single(Linked.Files("M DEFINITIONS ::= BEGIN END", "M DEFINITIONS ::= BEGIN END").Faults), StringComparison.Ordinal);
        Assert.Contains("error CKI0203", Assert.Single(Linked.Files("M-A DEFINITIONS ::= BEGIN END", "MA DEFINITIONS ::= BEGIN END").Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void TypeThatCannotBeMade_TakesItsUsersAlong_NotTheirModule()
    {
        var linked = Linked.Module("A ::= SEQUENCE { b B, c NULL } B ::= [1] Missing D ::= SEQUENCE OF B E ::= SEQUENCE { d D OPTIONAL, n NULL }");
        Assert.Single(linked.Faults);
        Assert.Equal("[UNIVERSAL 16]c { C [UNIVERSAL 5] Null }", ModelText.Of(linked.Type("A")));
        Assert.Equal("[UNIVERSAL 16]c { N [UNIVERSAL 5] Null }", ModelText.Of(linked.Type("E")));
        Assert.DoesNotContain(linked.Result.Modules.SelectMany(module => module.Types), type => type.Name is "B" or "D");
    }
}
