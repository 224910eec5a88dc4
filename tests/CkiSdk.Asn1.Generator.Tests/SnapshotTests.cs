using System.Text;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows the C# of each construct: one line of ASN.1, one snapshot with that line on top. The C# compiles without a warning.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("sequence", "EXPLICIT", "A ::= SEQUENCE { first INTEGER, second-part BOOLEAN }")]
    [InlineData("optional", "EXPLICIT", "A ::= SEQUENCE { text UTF8String OPTIONAL, inner SEQUENCE { n NULL } OPTIONAL }")]
    [InlineData("default", "EXPLICIT", "A ::= SEQUENCE { flag BOOLEAN DEFAULT FALSE, version [0] INTEGER { v1(0) } DEFAULT v1 }")]
    [InlineData("set", "IMPLICIT", "A ::= SET { second [1] INTEGER, first [0] INTEGER }")]
    [InlineData("choice", "EXPLICIT", "A ::= CHOICE { number INTEGER, text [0] UTF8String, nested CHOICE { yes [1] NULL, no [2] NULL } }")]
    [InlineData("tagged-choice", "IMPLICIT", "A ::= [3] CHOICE { number INTEGER, text UTF8String }")]
    [InlineData("enumerated", "EXPLICIT", "A ::= ENUMERATED { low, high(5), next }")]
    [InlineData("enumerated-extensible", "EXPLICIT", "A ::= ENUMERATED { low, ..., high }")]
    [InlineData("named-numbers", "EXPLICIT", "A ::= INTEGER { one(1), minus-two(-2) }")]
    [InlineData("named-bits", "EXPLICIT", "A ::= BIT STRING { first(0), tenth(9) }")]
    [InlineData("wrapper", "EXPLICIT", "A ::= OCTET STRING")]
    [InlineData("sequence-of", "EXPLICIT", "A ::= SEQUENCE OF INTEGER")]
    [InlineData("set-of", "EXPLICIT", "A ::= SET OF SEQUENCE { n INTEGER }")]
    [InlineData("explicit-tags", "EXPLICIT", "A ::= [1] [APPLICATION 40] INTEGER")]
    [InlineData("implicit-tags", "IMPLICIT", "A ::= [1] [APPLICATION 40] SEQUENCE { b [PRIVATE 2] BOOLEAN }")]
    [InlineData("automatic-tags", "AUTOMATIC", "A ::= SEQUENCE { a INTEGER, b CHOICE { c NULL, d NULL } }")]
    [InlineData("constraints", "EXPLICIT", "A ::= SEQUENCE { small INTEGER (0..255), large INTEGER (0..4294967295), key OCTET STRING (SIZE (16 | 32)), label UTF8String (\"fixed\") }")]
    [InlineData("components-of", "EXPLICIT", "A ::= SEQUENCE { COMPONENTS OF B, last NULL } B ::= SEQUENCE { first INTEGER, second BOOLEAN OPTIONAL }")]
    [InlineData("unnamed-component", "EXPLICIT", "A ::= SEQUENCE { CHOICE { a [0] NULL, b [1] NULL }, INTEGER }")]
    [InlineData("parameterised", "EXPLICIT", "Pair {T} ::= SEQUENCE { left T, right T } A ::= Pair {INTEGER} B ::= SEQUENCE { inner Pair {BOOLEAN} }")]
    [InlineData("signed", "EXPLICIT", "SIGNED {T} ::= SEQUENCE { toBeSigned T, signature BIT STRING } A ::= SIGNED {SEQUENCE { serial INTEGER }}")]
    [InlineData("any", "EXPLICIT", "A ::= SEQUENCE { id OBJECT IDENTIFIER, value ANY DEFINED BY id OPTIONAL }")]
    [InlineData("open-type", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type } A ::= SEQUENCE { id C.&id, value C.&Type }")]
    [InlineData("extensible-sequence", "EXPLICIT", "A ::= SEQUENCE { first INTEGER, ..., [[ added [1] NULL ]], ..., last [2] NULL }")]
    [InlineData("extensible-choice", "EXPLICIT", "A ::= CHOICE { first INTEGER, ..., added [1] NULL }")]
    [InlineData("recursion", "EXPLICIT", "A ::= SEQUENCE { value INTEGER, next A OPTIONAL }")]
    [InlineData("reference", "EXPLICIT", "A ::= SEQUENCE { inner B, alias D } B ::= SEQUENCE { n NULL } D ::= B")]
    [InlineData("member-names", "EXPLICIT", "A ::= SEQUENCE { a INTEGER, equals BOOLEAN, class NULL }")]
    [InlineData("values", "EXPLICIT", "id-root OBJECT IDENTIFIER ::= { iso(1) 2 3 } id-leaf OBJECT IDENTIFIER ::= { id-root leaf(4) } limit INTEGER ::= 7 name IA5String ::= \"say \"\"x\"\"\"")]
    [InlineData("union", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] } o C ::= { {1 2 3} INTEGER } S C ::= { o | { {1 2 4} UTF8String } | { {1 2 5} }, ... } A ::= SEQUENCE { id C.&id ({S}), value [0] C.&Type ({S}{@id}) OPTIONAL }")]
    [InlineData("union-closed", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] } o C ::= { {1 2 3} INTEGER } S C ::= { o | { {1 2 4} UTF8String } | { {1 2 5} } } A ::= SEQUENCE { id C.&id ({S}), value C.&Type ({S}{@id}) OPTIONAL }")]
    [InlineData("union-list", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] } o C ::= { {1 2 3} INTEGER } S C ::= { o | { {1 2 4} UTF8String } | { {1 2 5} }, ... } A ::= SEQUENCE { id C.&id ({S}), values SET OF C.&Type ({S}{@id}) }")]
    [InlineData("union-contained", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] } o C ::= { {1 2 3} INTEGER } S C ::= { o | { {1 2 4} UTF8String } | { {1 2 5} }, ... } A ::= SEQUENCE { id C.&id ({S}), value OCTET STRING (CONTAINING C.&Type ({S}{@id})), bits BIT STRING (CONTAINING C.&Type ({S}{@id})) OPTIONAL }")]
    [InlineData("union-before-selector", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] } o C ::= { {1 2 3} INTEGER } S C ::= { o | { {1 2 4} UTF8String } | { {1 2 5} }, ... } A ::= SEQUENCE { value C.&Type ({S}{@id}), id C.&id ({S}) }")]
    [InlineData("union-outer-selector", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] } o C ::= { {1 2 3} INTEGER } S C ::= { o | { {1 2 4} UTF8String } | { {1 2 5} }, ... } A ::= SEQUENCE { id C.&id ({S}), inner SEQUENCE { value C.&Type ({S}{@..id}) }, list SEQUENCE OF CHOICE { a [0] C.&Type ({S}{@id}), b NULL } }")]
    [InlineData("union-inner-selector", "EXPLICIT", "C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] } o C ::= { {1 2 3} INTEGER } S C ::= { o | { {1 2 4} UTF8String } | { {1 2 5} }, ... } A ::= SEQUENCE { key B, value C.&Type ({S}{@key.id}) } B ::= SEQUENCE { id C.&id ({S}) OPTIONAL }")]
    [InlineData("union-of-numbers", "EXPLICIT", "D ::= CLASS { &code INTEGER (0..255) UNIQUE, &kind ENUMERATED { a, b }, &T } d1 D ::= { &code 1, &kind a, &T SEQUENCE { n NULL } } d2 D ::= { &code 2, &kind b, &T SEQUENCE { n INTEGER } } S D ::= { d1 | d2 | { &code 3, &kind a, &T BOOLEAN } } A ::= SEQUENCE { code D.&code ({S}), kind D.&kind ({S}{@code}), value D.&T ({S}{@code, @kind}) }")]
    [InlineData("union-of-choices", "EXPLICIT", "D ::= CLASS { &code Code UNIQUE, &T } Code ::= CHOICE { local INTEGER, global OBJECT IDENTIFIER } S D ::= { { &code local:1, &T NULL } | { &code global:{1 2 3}, &T BOOLEAN }, ... } A ::= SEQUENCE { code D.&code ({S}), value D.&T ({S}{@code}) }")]
    public void Construct_Gives_Source(string name, string tags, string asn1)
    {
        var run = GeneratorRun.Of(("/m/Snapshot.asn1", $"Snapshot DEFINITIONS {tags} TAGS ::= BEGIN\n{asn1}\nEND\n"));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
        var text = new StringBuilder($"{tags} TAGS\n{asn1}\n");
        foreach (var source in run.Sources)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n==== {source.HintName}\n{source.SourceText}");
        }

        Snapshot.Match(text.ToString(), $"{name}.txt");
    }
}
