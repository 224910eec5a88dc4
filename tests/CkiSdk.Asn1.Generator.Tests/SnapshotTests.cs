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
