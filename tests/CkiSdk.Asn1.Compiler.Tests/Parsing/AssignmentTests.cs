namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

public sealed class AssignmentTests
{
    [Theory]
    [InlineData("a number", "a INTEGER ::= 5 b INTEGER ::= -5", "a: INTEGER = 5, b: INTEGER = -5")]
    [InlineData("real numbers", "a REAL ::= 1.5 b REAL ::= 1.5E-3 c REAL ::= MINUS-INFINITY", "a: REAL = 1.5, b: REAL = 1.5E-3, c: REAL = MINUS-INFINITY")]
    [InlineData("strings", "a A ::= \"x\" b B ::= '01'B c C ::= 'AF'H", "a: A = \"x\", b: B = '01'B, c: C = 'AF'H")]
    [InlineData("braces", "a OBJECT IDENTIFIER ::= {iso(1) 3 b}", "a: OBJECT IDENTIFIER = {iso ( 1 ) 3 b}")]
    [InlineData("references", "a A ::= b c C ::= M.d e E ::= f{G}", "a: A = b, c: C = M.d, e: E = f<G>")]
    [InlineData("a field of an object", "a A ::= o.&p.&id", "a: A = o.&p.&id")]
    [InlineData("choices in choices", "a A ::= b : c : 5", "a: A = b:c:5")]
    [InlineData("an open type", "a A ::= INTEGER : 5 b B ::= SEQUENCE OF C : {}", "a: A = (INTEGER):5, b: B = (SEQUENCE OF(C)):{}")]
    [InlineData("a null and a truth", "a NULL ::= NULL b BOOLEAN ::= FALSE", "a: NULL = NULL, b: BOOLEAN = FALSE")]
    [InlineData("an encoded value", "a OCTET STRING ::= CONTAINING b : 1 c C ::= 2", "a: OCTET STRING = {CONTAINING b : 1}, c: C = 2")]
    [InlineData("a governor with fields", "a C.&id ::= 1 b o.&Type ::= 2", "a: C.&id = 1, b: o.&Type = 2")]
    [InlineData("a governor with a constraint", "a INTEGER (0..5) ::= 1", "a: INTEGER(0..5) = 1")]
    [InlineData("a value set and an object set", "A INTEGER ::= {1 | 2, ...} B C ::= {b | D}", "A: INTEGER = {1 | 2 , ...}, B: C = {b | D}")]
    [InlineData("an object", "a C ::= {TYPE A ID {b 1}}", "a: C = {TYPE A ID { b 1 }}")]
    [InlineData("parameters", "A{B, INTEGER:c, C:D, E.&F:g} ::= B a{H} I ::= {h}", "A<B, INTEGER:c, C:D, E.&F:g> = B, a<H>: I = {h}")]
    [InlineData("a set with parameters", "A{B:c} D ::= {c}", "A<B:c>: D = {c}")]
    [InlineData("a class by reference", "C ::= TYPE-IDENTIFIER", "C = TYPE-IDENTIFIER")]
    public void Parse_Reads_Assignments(string description, string text, string tree) => Assert.Equal((description, tree), (description, Parsed.Assignments(text)));

    [Theory]
    [InlineData("type fields", "{&A, &B OPTIONAL, &C DEFAULT NULL, &D DEFAULT SEQUENCE {}}", "CLASS(&A, &B?, &C=NULL/NULL, &D=SEQUENCE())")]
    [InlineData("value fields", "{&id OBJECT IDENTIFIER UNIQUE, &a INTEGER OPTIONAL, &b BOOLEAN DEFAULT TRUE}",
        "CLASS(&id:OBJECT IDENTIFIER unique, &a:INTEGER?, &b:BOOLEAN=TRUE)")]
    [InlineData("a unique optional field", "{&id X UNIQUE OPTIONAL}", "CLASS(&id:X unique?)")]
    [InlineData("set and object fields", "{&A INTEGER DEFAULT {1 | 2}, &B C OPTIONAL, &c D}", "CLASS(&A:INTEGER={1 | 2}, &B:C?, &c:D)")]
    [InlineData("fields governed by fields", "{&T, &v &T OPTIONAL, &V &T}", "CLASS(&T, &v:&T?, &V:&T)")]
    [InlineData("its own syntax", "{&T} WITH SYNTAX {TYPE &T, [[WITH &a] ID]}", "CLASS(&T) <TYPE &T , [ [ WITH &a ] ID ]>")]
    public void Parse_Reads_Classes(string description, string text, string tree) =>
        Assert.Equal((description, "C = " + tree), (description, Parsed.Assignments("C ::= CLASS " + text)));
}
