namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows which constraints make no sense, and where that is said; assignments begin in line 2.</summary>
public sealed class ConstraintFaultTests
{
    [Theory]
    [InlineData("alphabet of numbers", "A ::= INTEGER (FROM (\"abc\"))", "(2,16): error CKI0120: FROM is for character strings")]
    [InlineData("size of a number", "A ::= INTEGER (SIZE (0..4))", "(2,16): error CKI0120: SIZE is for")]
    [InlineData("pattern of octets", "A ::= OCTET STRING (PATTERN \"a\")", "(2,21): error CKI0120")]
    [InlineData("range of texts", "A ::= UTF8String (\"a\"..\"b\")", "(2,19): error CKI0120")]
    [InlineData("components of a list", "A ::= SEQUENCE OF NULL (WITH COMPONENTS { a })", "error CKI0120: WITH COMPONENTS is for")]
    [InlineData("component of a record", "A ::= SEQUENCE { a NULL } (WITH COMPONENT (NULL))", "(2,28): error CKI0120")]
    [InlineData("contents of a text", "A ::= UTF8String (CONTAINING NULL)", "(2,19): error CKI0120")]
    [InlineData("settings of a date in text", "A ::= UTF8String (SETTINGS \"Basic=Date\")", "(2,19): error CKI0120")]
    [InlineData("empty range", "A ::= INTEGER (5..4)", "(2,16): error CKI0120: this range is empty")]
    [InlineData("range without its ends", "A ::= INTEGER (4<..<5)", "(2,16): error CKI0120: this range is empty")]
    [InlineData("empty range of reals", "A ::= REAL (1.5..1.25)", "(2,13): error CKI0120")]
    [InlineData("empty range of characters", "A ::= IA5String (FROM (\"b\"..\"a\"))", "(2,24): error CKI0120")]
    [InlineData("end outside of the parent", "A ::= INTEGER (1..32) (MIN..63)", "(2,24): error CKI0120: an end of this range is no value that the type had before")]
    [InlineData("end outside of the parent by reference", "A ::= B (0..300) B ::= INTEGER (0..255)", "(2,10): error CKI0120")]
    [InlineData("value outside of the parent", "A ::= B (300) B ::= INTEGER (0..255)", "(2,10): error CKI0120")]
    [InlineData("MAX at the lower end", "A ::= INTEGER (MAX..5)", "(2,16): error CKI0120")]
    [InlineData("negative size", "A ::= OCTET STRING (SIZE (-1..5))", "(2,27): error CKI0120")]
    [InlineData("character of another type", "A ::= NumericString (FROM (\"0\"..\"9\" | \"#\"))", "(2,39): error CKI0120")]
    [InlineData("unknown component", "A ::= SEQUENCE { a NULL } (WITH COMPONENTS { ..., b PRESENT })", "(2,51): error CKI0120: the type has no component b")]
    [InlineData("component named twice", "A ::= SEQUENCE { a NULL OPTIONAL } (WITH COMPONENTS { a, a })", "error CKI0120: a is named twice")]
    [InlineData("absent component that is mandatory", "A ::= SEQUENCE { a NULL } (WITH COMPONENTS { a ABSENT })", "error CKI0120: a is always present")]
    [InlineData("constraint of a component", "A ::= SEQUENCE { a NULL } (WITH COMPONENTS { a (SIZE (1)) })", "error CKI0120: SIZE is for")]
    [InlineData("value of another type", "A ::= INTEGER (\"text\")", "(2,16): error CKI0106")]
    [InlineData("item that is none", "A ::= ENUMERATED { a } (b)", "(2,25): error CKI0101")]
    [InlineData("unknown end", "A ::= INTEGER (0..most)", "(2,19): error CKI0101")]
    [InlineData("subtype of another type", "A ::= INTEGER (INCLUDES B) B ::= BOOLEAN", "(2,16): error CKI0120")]
    [InlineData("group without an end", "A ::= IA5String (PATTERN \"(a\")", "(2,18): error CKI0120: the regular expression has a group without its ')'")]
    [InlineData("end without a group", "A ::= IA5String (PATTERN \"a)\")", "error CKI0120")]
    [InlineData("repetition of nothing", "A ::= IA5String (PATTERN \"*a\")", "error CKI0120")]
    [InlineData("range of characters from high to low", "A ::= IA5String (PATTERN \"[z-a]\")", "error CKI0120")]
    [InlineData("pattern that counts too far", "A ::= IA5String (PATTERN \"((a#(1000))#(1000))#(1000)\")", "error CKI0120")]
    [InlineData("class without an end", "A ::= IA5String (PATTERN \"[a\")", "error CKI0120")]
    [InlineData("unknown name in a pattern", "A ::= IA5String (PATTERN \"\\N{nothing}\")", "error CKI0120")]
    [InlineData("backslash at the end", "A ::= IA5String (PATTERN \"a\\\")", "error CKI0120")]
    public void Constraint_IsRefused_AtItsPlace(string reason, string asn1, string expected) =>
        Assert.True(Linked.Module(asn1).Faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', Linked.Module(asn1).Faults)}");

    [Theory]
    [InlineData("range that grew", "A ::= INTEGER (1..256) (1..255, ...)")]
    [InlineData("parent with a marker", "A ::= B (MIN..5) B ::= INTEGER (5..MAX, ..., 1..4)")]
    [InlineData("sizes in two steps", "A ::= B (SIZE (10..27)) B ::= IA5String (SIZE (MIN..20 | 25..30))")]
    [InlineData("alphabet and size", "A ::= UTF8String (SIZE (1..2)) (FROM (\"A\"..\"Z\"))")]
    [InlineData("characters between two ends", "A ::= NumericString (FROM (\" \"..\"9\"))")]
    [InlineData("pattern of X.680", "A ::= VisibleString (PATTERN \"\\d#2/\\d#2/\\d#4-\\d#2:\\d#2\")")]
    [InlineData("pattern with all forms", "A ::= UTF8String (PATTERN \"[^a-f]+(b|c)?.\\w\\s\\t{0,0,3,177}x#(,3)y#(2,)\\p{Lu}\\\"\"\")")]
    [InlineData("names in a pattern", "A ::= IA5String (PATTERN \"\\N{dot}[\\N{Digit}]\") dot IA5String ::= \".\" Digit ::= IA5String (FROM (\"0\"..\"9\"))")]
    [InlineData("exception", "A ::= INTEGER (0..9, ... ! 5) B ::= INTEGER (0..9, ... ! PrintableString : \"x\")")]
    public void Constraint_IsAccepted(string reason, string asn1) =>
        Assert.True(!Linked.Module(asn1).Faults.Any(fault => fault.Contains("CKI0120", StringComparison.Ordinal)), $"{reason}: {string.Join('\n', Linked.Module(asn1).Faults)}");
}
