namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class TypeTests
{
    [Theory]
    [InlineData("simple types", "A ::= BOOLEAN", "A = BOOLEAN")]
    [InlineData("types of two words", "A ::= OBJECT IDENTIFIER B ::= OCTET STRING C ::= CHARACTER STRING D ::= EMBEDDED PDV",
        "A = OBJECT IDENTIFIER, B = OCTET STRING, C = CHARACTER STRING, D = EMBEDDED PDV")]
    [InlineData("string and time types", "A ::= UTF8String B ::= T61String C ::= GeneralizedTime D ::= TIME-OF-DAY E ::= ObjectDescriptor",
        "A = UTF8String, B = T61String, C = GeneralizedTime, D = TIME-OF-DAY, E = ObjectDescriptor")]
    [InlineData("relative identifiers", "A ::= RELATIVE-OID B ::= OID-IRI C ::= RELATIVE-OID-IRI", "A = RELATIVE-OID, B = OID-IRI, C = RELATIVE-OID-IRI")]
    [InlineData("an old external", "A ::= EXTERNAL", "A = EXTERNAL")]
    [InlineData("named numbers", "A ::= INTEGER { a(0), b(-1), c(n), d(M.n) }", "A = INTEGER(a=0, b=-1, c=n, d=M.n)")]
    [InlineData("named bits", "A ::= BIT STRING { a(0), b(n) }", "A = BIT STRING(a=0, b=n)")]
    [InlineData("an enumeration", "A ::= ENUMERATED { a, b(3), c(-1) }", "A = ENUMERATED(a, b=3, c=-1)")]
    [InlineData("an extensible enumeration", "A ::= ENUMERATED { a, ... }", "A = ENUMERATED(a; )")]
    [InlineData("an extended enumeration", "A ::= ENUMERATED { a, ... ! 1, b(7) }", "A = ENUMERATED(a; b=7)")]
    [InlineData("a choice", "A ::= CHOICE { a NULL, b [1] B, ... }", "A = CHOICE(a:NULL, b:[1]B, ...)")]
    [InlineData("lists", "A ::= SEQUENCE OF B C ::= SET OF SEQUENCE OF D", "A = SEQUENCE OF(B), C = SET OF(SEQUENCE OF(D))")]
    [InlineData("a list with a named element", "A ::= SEQUENCE OF b B", "A = SEQUENCE OF(b:B)")]
    [InlineData("a sized list", "A ::= SEQUENCE SIZE (1..4) OF B", "A = SEQUENCE OF(B)(size 1..4)")]
    [InlineData("a constrained list", "A ::= SET (SIZE (1..MAX, ...)) OF B", "A = SET OF(B)(size 1..MAX; )")]
    [InlineData("tags", "A ::= [1] B C ::= [APPLICATION 2] IMPLICIT D E ::= [PRIVATE n] EXPLICIT F G ::= [UNIVERSAL 8] H",
        "A = [1]B, C = [APPLICATION 2 IMPLICIT]D, E = [PRIVATE n EXPLICIT]F, G = [UNIVERSAL 8]H")]
    [InlineData("a tag of a tag", "A ::= [1] [2] B", "A = [1][2]B")]
    [InlineData("a tag with its own reference", "A ::= [TAG: 3] B", "A = [3]B")]
    [InlineData("references", "A ::= B C ::= M.D", "A = B, C = M.D")]
    [InlineData("a selection", "A ::= a < B", "A = a<B")]
    [InlineData("fields of classes", "A ::= C.&Type B ::= C.&D.&id E ::= TYPE-IDENTIFIER.&Type", "A = C.&Type, B = C.&D.&id, E = TYPE-IDENTIFIER.&Type")]
    [InlineData("a field of an object", "A ::= SEQUENCE { a o.&Type, b o{B}.&Type }", "A = SEQUENCE(a:o.&Type, b:o<B>.&Type)")]
    [InlineData("an instance", "A ::= INSTANCE OF C", "A = INSTANCE OF C")]
    [InlineData("any type of 1988", "A ::= ANY B ::= SEQUENCE { a ANY DEFINED BY t }", "A = ANY, B = SEQUENCE(a:ANY by t)")]
    [InlineData("actual parameters", "A ::= B{C, 5, {1 | 2}, {{S}}, o, NULL, INTEGER:5}", "A = B<C, 5, {1 | 2}, {{ S }}, o, NULL/NULL, (INTEGER):5>")]
    [InlineData("a type and a field as parameters", "A ::= B{C{D}, E.&F, o.&G, M.v, a < X}", "A = B<C<D>, E.&F, o.&G/o.&G, M.v, a<X>")]
    public void Parse_Reads_Types(string description, string text, string tree) => Assert.Equal((description, tree), (description, Parsed.Assignments(text)));

    [Theory]
    [InlineData("no component", "SEQUENCE { }", "SEQUENCE()")]
    [InlineData("optional and default components", "SET { a A OPTIONAL, b B DEFAULT TRUE, c C DEFAULT { } }", "SET(a:A?, b:B=TRUE, c:C={})")]
    [InlineData("components without names, of 1988", "SEQUENCE { A, [0] B OPTIONAL, c < D }", "SEQUENCE(:A, :[0]B?, :c<D)")]
    [InlineData("components of another type", "SEQUENCE { COMPONENTS OF A, b B }", "SEQUENCE(*A, b:B)")]
    [InlineData("an extension marker", "SEQUENCE { a A, ... }", "SEQUENCE(a:A, ...)")]
    [InlineData("only markers", "SEQUENCE { ..., ... }", "SEQUENCE(..., ...)")]
    [InlineData("markers with exceptions", "SEQUENCE { ... ! 5, a A, ... ! P:b }", "SEQUENCE(...!5, a:A, ...!(P):b)")]
    [InlineData("extension groups", "SEQUENCE { a A, ..., [[ b B, c C ]], [[ 3: d D OPTIONAL ]], ..., e E }",
        "SEQUENCE(a:A, ..., [[b:B, c:C]], [[3; d:D?]], ..., e:E)")]
    [InlineData("inner types", "SEQUENCE { a SEQUENCE OF CHOICE { b B }, c SET { d D } }", "SEQUENCE(a:SEQUENCE OF(CHOICE(b:B)), c:SET(d:D))")]
    public void Parse_Reads_Components(string description, string text, string tree) =>
        Assert.Equal((description, "A = " + tree), (description, Parsed.Assignments("A ::= " + text)));
}
