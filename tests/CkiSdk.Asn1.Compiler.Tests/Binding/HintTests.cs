namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows what the compiler says of mistakes that people make who are new to the notation.</summary>
public sealed class HintTests
{
    [Theory]
    [InlineData("A ::= SEQUENCE { x Persn }", "Persn is not defined here and not imported; did you mean Person?")]
    [InlineData("A ::= SEQENCE { x INTEGER }", "Found 'INTEGER', expected '}'; did you mean SEQUENCE?")]
    [InlineData("A ::= BOOL", "BOOL is not defined here and not imported; did you mean BOOLEAN?")]
    [InlineData("A ::= OCTETSTRING", "OCTETSTRING is not defined here and not imported; did you mean OCTET STRING?")]
    [InlineData("A ::= OID", "OID is not defined here and not imported; did you mean OBJECT IDENTIFIER?")]
    [InlineData("A ::= SEQUENCE { x String }", "String is not defined here and not imported; did you mean UTF8String?")]
    [InlineData("A ::= SEQUENCE { x int }", "Found 'int', expected a type; did you mean INTEGER?")]
    [InlineData("A ::= Unheard", "Unheard is not defined here and not imported")]
    [InlineData("a BOOLEAN ::= true", "true is not defined here and not imported; did you mean TRUE?")]
    [InlineData("a INTEGER ::= maxi", "maxi is not defined here and not imported; did you mean max?")]
    [InlineData("myType ::= INTEGER", "Found '::=', expected a type; the name of a type begins with a capital letter, and that of a value has its type behind it.")]
    [InlineData("A ::= SEQUENCE { x a }", "Found 'a', expected a type; the name of a type begins with a capital letter.")]
    [InlineData("A ::= SEQUENCE { Name UTF8String }", "Found 'UTF8String', expected ',' or '}'; the name of a component begins with a small letter.")]
    [InlineData("A ::= SEQUENCE { INTEGER x }", "Found 'x', expected ',' or '}'; the name of a component stands before its type.")]
    [InlineData("A ::= OCTET STRING SIZE(4)", "SIZE stands in parentheses behind a type (X.680 49.1): (SIZE (…))")]
    [InlineData("A ::= OCTET STRING SIZE 4", "Found 'SIZE', expected an assignment or END; a constraint stands in parentheses behind its type, such as (SIZE (1..9)).")]
    [InlineData("A ::= INTEGER ((1..5,...) | 9)", "an extension marker stands in the outermost parentheses of a constraint (X.680 50.1); here it means nothing")]
    [InlineData("A ::= OCTET STRING (SIZE 4)", "Found 'SIZE', expected a value or SIZE with its sizes in parentheses, such as SIZE (1..9).")]
    [InlineData("A ::= INTEGER (0-255)", "Found '-', expected ')'; a range has two dots, such as 0..255.")]
    [InlineData("A ::= INTEGER (0...255)", "Found '...', expected ')'; a range has two dots, such as 0..255.")]
    [InlineData("SET ::= INTEGER", "Found 'SET', expected a name that is no word of the notation.")]
    [InlineData("My_Type ::= SEQUENCE { a INTEGER }", "The name 'My_Type' has an underscore in it, expected letters, digits and single hyphens.")]
    [InlineData("A ::= SEQUENCE { my_field INTEGER }", "The name 'my_field' has an underscore in it, expected letters, digits and single hyphens.")]
    public void Mistake_IsNamed_AndWhatWasMeant(string mistake, string message) =>
        Assert.EndsWith(": " + message, Assert.Single(Linked.Module($"Person ::= NULL max INTEGER ::= 5\n{mistake}").Faults), StringComparison.Ordinal);
}
