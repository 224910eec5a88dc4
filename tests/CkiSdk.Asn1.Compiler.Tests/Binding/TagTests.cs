namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows the tags of types in the three tagging environments (X.680 31.2); a <c>c</c> behind a tag means constructed.</summary>
public sealed class TagTests
{
    [Theory]
    [InlineData("explicit", "EXPLICIT", "A ::= [1] INTEGER", "[1]c[UNIVERSAL 2] Integer")]
    [InlineData("implicit", "IMPLICIT", "A ::= [1] INTEGER", "[1] Integer")]
    [InlineData("automatic means implicit where a tag is written", "AUTOMATIC", "A ::= [1] INTEGER", "[1] Integer")]
    [InlineData("IMPLICIT in an explicit module", "EXPLICIT", "A ::= [1] IMPLICIT INTEGER", "[1] Integer")]
    [InlineData("EXPLICIT in an implicit module", "IMPLICIT", "A ::= [1] EXPLICIT INTEGER", "[1]c[UNIVERSAL 2] Integer")]
    [InlineData("two explicit tags", "EXPLICIT", "A ::= [1] [APPLICATION 2] INTEGER", "[1]c[APPLICATION 2]c[UNIVERSAL 2] Integer")]
    [InlineData("implicit tag over an explicit one", "EXPLICIT", "A ::= [1] IMPLICIT [PRIVATE 2] INTEGER", "[1]c[UNIVERSAL 2] Integer")]
    [InlineData("universal tag", "IMPLICIT", "A ::= [UNIVERSAL 9] OCTET STRING", "[UNIVERSAL 9] OctetString")]
    [InlineData("high tag number by reference", "IMPLICIT", "A ::= [n] NULL n INTEGER ::= 1000", "[1000] Null")]
    [InlineData("constructed stays constructed", "IMPLICIT", "A ::= [1] SEQUENCE OF NULL", "[1]c SEQUENCE OF [UNIVERSAL 5] Null")]
    [InlineData("reference, explicit", "EXPLICIT", "A ::= [1] B B ::= [2] INTEGER", "[1]c[2]c[UNIVERSAL 2] B")]
    [InlineData("reference, implicit", "IMPLICIT", "A ::= [1] B B ::= [2] INTEGER", "[1] B")]
    [InlineData("choice stays explicit", "IMPLICIT", "A ::= [1] B B ::= CHOICE { n NULL }", "[1]c B")]
    [InlineData("choice behind another name stays explicit", "IMPLICIT", "A ::= [1] C C ::= B B ::= CHOICE { n NULL }", "[1]c B")]
    [InlineData("tagged choice can be retagged", "IMPLICIT", "A ::= [1] B B ::= [2] CHOICE { n NULL }", "[1]c B")]
    [InlineData("open type stays explicit", "IMPLICIT", "A ::= [1] ANY", "[1]c AnyValue")]
    public void Assignment_HasTags_OfItsEnvironment(string reason, string tags, string asn1, string expected) =>
        Assert.True(Linked.Module(asn1, tags).Show() == expected, $"{reason}: {Linked.Module(asn1, tags).Show()}");

    [Theory]
    [InlineData("automatic", "SEQUENCE { a INTEGER, b BOOLEAN }", "[UNIVERSAL 16]c { A_ [0] Integer, B [1] bool }")]
    [InlineData("none where one is written", "SEQUENCE { a INTEGER, b [5] BOOLEAN }", "[UNIVERSAL 16]c { A_ [UNIVERSAL 2] Integer, B [5] bool }")]
    [InlineData("choices are explicit", "SEQUENCE { a CHOICE { x NULL, y NULL } }", "[UNIVERSAL 16]c { A_ [0]c AA }")]
    [InlineData("additions come after the root", "SEQUENCE { a NULL, ..., b NULL, ..., c NULL }", "[UNIVERSAL 16]c { A_ [0] Null, B [2] Null OPTIONAL, C [1] Null, ...@2 }")]
    [InlineData("version brackets", "SEQUENCE { a NULL, ..., [[ b NULL, c NULL ]] }", "[UNIVERSAL 16]c { A_ [0] Null, B [1] Null OPTIONAL, C [2] Null OPTIONAL, ...@3 }")]
    [InlineData("COMPONENTS OF is numbered here", "SEQUENCE { a NULL, COMPONENTS OF B, z NULL } B ::= SEQUENCE { b NULL, c NULL, ..., d NULL }", "[UNIVERSAL 16]c { A_ [0] Null, B [1] Null, C [2] Null, Z [3] Null }")]
    [InlineData("COMPONENTS OF twice the same", "SET { COMPONENTS OF B, z NULL } B ::= SET { b NULL }", "[UNIVERSAL 17]c { B [0] Null, Z [1] Null }")]
    [InlineData("choice", "CHOICE { a NULL, b NULL, ..., c NULL }", "CHOICE { A_ [0] Null | B [1] Null | C [2] Null | ... }")]
    public void AutomaticTags_AreGiven_InOrder(string reason, string type, string expected) =>
        Assert.True(Linked.Module($"A ::= {type}", "AUTOMATIC").Show() == expected, $"{reason}: {Linked.Module($"A ::= {type}", "AUTOMATIC").Show()}");

    [Fact]
    public void ImportedType_KeepsTheEnvironment_OfItsModule() => Assert.Equal(
        "[UNIVERSAL 16]c { A_ [1]c[0] Other.B }",
        Linked.Files(
            "M DEFINITIONS EXPLICIT TAGS ::= BEGIN IMPORTS B FROM Other; A ::= SEQUENCE { a [1] B } END",
            "Other DEFINITIONS IMPLICIT TAGS ::= BEGIN B ::= [0] INTEGER END").Show().Replace("global::T.", string.Empty, StringComparison.Ordinal));

    [Theory]
    [InlineData("optional, then the same", "A ::= SEQUENCE { a INTEGER OPTIONAL, b INTEGER }")]
    [InlineData("optional run", "A ::= SEQUENCE { a INTEGER OPTIONAL, b NULL OPTIONAL, c INTEGER }")]
    [InlineData("default, then the same", "A ::= SEQUENCE { a BOOLEAN DEFAULT TRUE, b BOOLEAN }")]
    [InlineData("set", "A ::= SET { a INTEGER, b BOOLEAN, c INTEGER }")]
    [InlineData("choice", "A ::= CHOICE { a INTEGER, b INTEGER }")]
    [InlineData("choice inside a choice", "A ::= CHOICE { a INTEGER, b CHOICE { c NULL, d INTEGER } }")]
    [InlineData("choice behind an optional", "A ::= SEQUENCE { a [1] NULL OPTIONAL, b B } B ::= CHOICE { x [0] NULL, y [1] NULL }")]
    public void EqualTags_AreRefused_WhereADecoderCannotTell(string reason, string asn1) =>
        Assert.True(Linked.Module(asn1).Faults is [var fault] && fault.Contains("error CKI0105", StringComparison.Ordinal), reason);

    [Theory]
    [InlineData("mandatory components in order", "A ::= SEQUENCE { a INTEGER, b INTEGER, c BOOLEAN OPTIONAL, d INTEGER }")]
    [InlineData("tagged apart", "A ::= CHOICE { a [0] INTEGER, b [1] INTEGER }")]
    public void EqualTags_AreFine_WhereADecoderCanTell(string reason, string asn1) => Assert.True(Linked.Module(asn1).Faults.Count == 0, reason);
}
