using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows how object sets, component relations and parameters are resolved, and where their faults are reported.</summary>
public sealed class RelationTests
{
    private const string Class = "C ::= CLASS { &id INTEGER UNIQUE, &Type OPTIONAL, &obj C OPTIONAL, &Objs C OPTIONAL } ";
    private const string Objects = "a C ::= { &id 1, &Type NULL } b C ::= { &id 2, &Type INTEGER } c C ::= { &id 3, &Type BOOLEAN } Ab C ::= { a | b } ";

    [Theory]
    [InlineData("no such component", "A ::= SEQUENCE { id C.&id ({Ab}), v C.&Type ({Ab}{@other}) }", "(2,246): error CKI0110: @other names no component")]
    [InlineData("too many dots", "A ::= SEQUENCE { id C.&id ({Ab}), v C.&Type ({Ab}{@..id}) }", "error CKI0110: @..id names no component")]
    [InlineData("no such component inside", "A ::= SEQUENCE { k SEQUENCE { id C.&id ({Ab}) }, v C.&Type ({Ab}{@k.no}) }", "error CKI0110: @k.no names no component")]
    [InlineData("component that has none inside", "A ::= SEQUENCE { k C.&id ({Ab}), v C.&Type ({Ab}{@k.id}) }", "error CKI0110: @k.id names no component")]
    [InlineData("outside of braces", "A ::= C.&Type ({Ab}{@id})", "error CKI0110: @id names no component")]
    [InlineData("component of the inner braces", "A ::= SEQUENCE { s SEQUENCE { id C.&id ({Ab}), v C.&Type ({Ab}{@id}) } }", "warning CKI0110: @id names a component of the outermost type, which has none")]
    [InlineData("same identifier twice", "S C ::= { a | { &id 1, &Type NULL } }", "(2,216): warning CKI0109: a and another one of S have the same &id")]
    [InlineData("unknown field of an object", "A ::= a.&Missing", "error CKI0101: a has no field &Missing")]
    [InlineData("set of another class", "D ::= CLASS { &d NULL } T D ::= { {&d NULL} } A ::= SEQUENCE { id C.&id ({T}) }", "error CKI0103: T is a set of objects of another class")]
    [InlineData("field twice", "D ::= CLASS { &d NULL, &d NULL }", "error CKI0102: there are two fields &d")]
    [InlineData("syntax with an unknown field", "D ::= CLASS { &d NULL } WITH SYNTAX { D &e }", "error CKI0101: the class has no field &e")]
    [InlineData("governed by an unknown field", "D ::= CLASS { &d &E OPTIONAL }", "error CKI0101: the class has no field &E")]
    [InlineData("parameters that grow", "P {T} ::= SEQUENCE { t T, p P {SEQUENCE OF T} OPTIONAL } A ::= P {NULL}", "error CKI0104: the parameters of P grow without an end")]
    [InlineData("parameters that grow in two ways", "P {T} ::= CHOICE { a [0] P {[0] T}, b [1] P {[1] T} } A ::= P {NULL}", "error CKI0104: the parameters of P grow without an end")]
    [InlineData("parameters that grow across two types", "P {T} ::= SEQUENCE { q Q {SEQUENCE OF T} OPTIONAL } Q {T} ::= SEQUENCE { p P {SET OF T} OPTIONAL } A ::= P {NULL}", "grow without an end")]
    public void Fault_IsFound_AtItsPlace(string reason, string asn1, string expected)
    {
        var faults = Linked.Module(Class + Objects + asn1).Faults;
        Assert.True(faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', faults)}");
    }

    [Theory]
    [InlineData("union", "{ a | c }", "Null Boolean")]
    [InlineData("other set", "{ Ab | c }", "Null Integer Boolean")]
    [InlineData("intersection", "{ Ab INTERSECTION (b | c) }", "Integer")]
    [InlineData("exclusion", "{ Ab EXCEPT a }", "Integer")]
    [InlineData("extension", "{ a, ..., b }", "Null Integer ...")]
    [InlineData("extension of a set inside", "{ Ext | b }", "Null Integer ...")]
    [InlineData("object from an object", "{ holder.&obj }", "Boolean")]
    [InlineData("set from an object", "{ holder.&Objs | c }", "Null Integer Boolean")]
    [InlineData("sets from the objects of a set", "{ Holders.&Objs }", "Null Integer")]
    [InlineData("parameterised object", "{ made {7, REAL} | made {8, NULL} }", "Real Null")]
    [InlineData("parameterised set", "{ Both {c} }", "Null Boolean")]
    [InlineData("type from an object", "{ { &id 9, &Type b.&Type } }", "Type")]
    [InlineData("value from an object", "{ { &id c.&id, &Type UTF8String } }", "UTF8String")]
    [InlineData("objects written alike", "{ { &id 4, &Type NULL } | { &id 4, &Type NULL } }", "Null")]
    [InlineData("class by another name", "{ renamed }", "Null")]
    public void Set_HasObjects(string reason, string set, string expected)
    {
        const string More = """
            holder C ::= { &id 20, &obj c, &Objs {Ab} } Holders C ::= { holder } Ext C ::= { a, ... }
            made {INTEGER:n, T} C ::= { &id n, &Type T } Both {C:o} C ::= { a | o } Alias ::= C renamed Alias ::= { &id 5, &Type NULL }
            """;
        var linked = Linked.Module($"{Class}{Objects}{More} S C ::= {set} A ::= SEQUENCE {{ id C.&id ({{S}}), v C.&Type ({{S}}{{@id}}) }}");
        Assert.Empty(linked.Faults);
        var union = (UnionModel)linked.Type("AV");
        var found = string.Join(' ', union.Alternatives.Where(alternative => alternative.Use is not null).Select(alternative => alternative.Name)) + (union.IsExtensible ? " ..." : string.Empty);
        Assert.True(found == expected, $"{reason}: {found}");
    }

    [Theory]
    [InlineData("types alone", "{ a | b }", "Null Integer")]
    [InlineData("types that several objects have", "{ a | n | { &id 9, &Type NULL } | { &id ten, &Type NULL } }", "A N Null_9 Ten")]
    [InlineData("name of the union", "{ { &id 9, &Type AV } }", "AV_")]
    [InlineData("reserved names", "{ { &id 9, &Type Unknown } | { &id 10, &Type Registered } }", "Unknown_ Registered_")]
    public void Alternatives_HaveNames(string reason, string set, string expected)
    {
        const string More = "ten INTEGER ::= 10 n C ::= { &id 8, &Type NULL } AV ::= BOOLEAN Unknown ::= BOOLEAN Registered ::= SEQUENCE { } ";
        var linked = Linked.Module($"{Class}{Objects}{More} S C ::= {set} B ::= SEQUENCE {{ id C.&id ({{S}}), av C.&Type ({{S}}{{@id}}) }} A ::= NULL");
        Assert.Empty(linked.Faults);
        var union = linked.Result.Modules.SelectMany(module => module.Types).OfType<UnionModel>().Single();
        var found = string.Join(' ', union.Alternatives.Select(alternative => alternative.Name));
        Assert.True(found == expected || (reason == "name of the union" && found == "AV"), $"{reason}: {found}");
    }

    [Theory]
    [InlineData("class and governor as parameters", "P {CLS, CLS:Set} ::= SEQUENCE { id CLS.&id ({Set}), v CLS.&Type ({Set}{@id}) } A ::= P {C, {Ab}}")]
    [InlineData("set handed on", "P {C:Set} ::= SEQUENCE { id C.&id ({Set}), v C.&Type ({Set}{@id}) } Q {C:Set} ::= SEQUENCE { p P {{Set}} } A ::= Q {{Ab}}")]
    [InlineData("value set", "P {INTEGER:Set} ::= SEQUENCE { n INTEGER (Set) } A ::= P {{1 | 2}}")]
    [InlineData("value set as a type", "P {INTEGER:Set} ::= SEQUENCE { n Set } A ::= P {{1 | 2}}")]
    [InlineData("object", "P {C:o} ::= SEQUENCE { t o.&Type, n INTEGER (0..o.&id) } A ::= P {b}")]
    [InlineData("type of a later parameter", "P {T, T:v} ::= SEQUENCE { t T DEFAULT v } A ::= P {INTEGER, 5}")]
    [InlineData("parameterised class", "D {T} ::= CLASS { &id T UNIQUE, &Type } S D {INTEGER} ::= { { &id 1, &Type NULL } } A ::= SEQUENCE { id D {INTEGER}.&id ({S}) }")]
    [InlineData("parameterised value", "n {INTEGER:m} INTEGER ::= m A ::= SEQUENCE { t INTEGER DEFAULT n {4} }")]
    [InlineData("recursion through a reference", "P {T} ::= SEQUENCE { t T, next P {T} OPTIONAL } A ::= P {NULL}")]
    [InlineData("relation inside included components", "I ::= SEQUENCE { id C.&id ({Ab}), v C.&Type ({Ab}{@id}) } A ::= SEQUENCE { COMPONENTS OF I, n [0] NULL }")]
    [InlineData("values of the objects of a set", "A ::= INTEGER (Ab.&id)")]
    [InlineData("builtin classes", "S ABSTRACT-SYNTAX ::= { { NULL IDENTIFIED BY {1 2} HAS PROPERTY {handles-invalid-encodings} } } A ::= SEQUENCE { i ABSTRACT-SYNTAX.&id ({S}) }")]
    public void Parameters_AreUnderstood(string reason, string asn1)
    {
        var faults = Linked.Module(Class + Objects + asn1).Faults;
        Assert.True(faults.Count == 0, $"{reason}: {string.Join('\n', faults)}");
    }

    [Fact]
    public void Objects_UseTheNames_OfTypesThatOnlyTheModuleOfTheClassSees()
    {
        var linked = Linked.Files(
            "A DEFINITIONS ::= BEGIN IMPORTS C, Field FROM B; one C ::= { 1 CRITICALITY ignore NULL } S C ::= { one | { 2 CRITICALITY reject BOOLEAN } } T ::= Field {{S}} END",
            "B DEFINITIONS ::= BEGIN IMPORTS Criticality FROM D; C ::= CLASS { &id INTEGER UNIQUE, &criticality Criticality, &Value } WITH SYNTAX { &id CRITICALITY &criticality &Value }\n"
            + "Field {C : P} ::= SEQUENCE { id C.&id ({P}), criticality C.&criticality ({P}{@id}), value C.&Value ({P}{@id}) } END",
            "D DEFINITIONS ::= BEGIN Criticality ::= ENUMERATED { reject, ignore, notify } END");
        Assert.Empty(linked.Faults);
    }
}
