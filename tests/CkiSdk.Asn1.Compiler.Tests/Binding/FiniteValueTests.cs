namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows which types are said to have no value that ends, and that no other is.</summary>
public sealed class FiniteValueTests
{
    [Theory]
    [InlineData("A ::= SEQUENCE { a A }", "(2,1): warning CKI0307: A has no value that ends: A contains A, always")]
    [InlineData("A ::= SEQUENCE { b B } B ::= SEQUENCE { a A }", "(2,1): warning CKI0307: A has no value that ends: A contains B contains A, always")]
    [InlineData("A ::= SEQUENCE { b B } B ::= SEQUENCE { a A }", "(2,24): warning CKI0307: B has no value that ends: B contains A contains B, always")]
    [InlineData("A ::= CHOICE { a [0] A, b [1] B } B ::= SET { a A }", "(2,1): warning CKI0307")]
    [InlineData("A ::= SEQUENCE SIZE (1..5) OF A", "(2,1): warning CKI0307")]
    [InlineData("A ::= SEQUENCE { n NULL, inner SEQUENCE { a A } }", "(2,1): warning CKI0307")]
    [InlineData("A ::= [1] EXPLICIT B B ::= SEQUENCE { a A }", "(2,1): warning CKI0307")]
    public void Type_IsSaidToHaveNoValue_ThatEnds(string assignments, string expected) =>
        Assert.Contains(Linked.Module(assignments).Faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("A ::= SEQUENCE { a A OPTIONAL }")]
    [InlineData("A ::= SEQUENCE { a [0] B DEFAULT b : NULL } B ::= CHOICE { a [0] A, b [1] NULL }")]
    [InlineData("A ::= CHOICE { a [0] A, b [1] NULL }")]
    [InlineData("A ::= CHOICE { a [0] A, ... }")]
    [InlineData("A ::= SEQUENCE OF A")]
    [InlineData("A ::= SEQUENCE { n NULL, ..., a A }")]
    [InlineData("A ::= SEQUENCE { b B } B ::= CHOICE { a [0] A, c [1] C } C ::= SEQUENCE { n NULL }")]
    public void Type_WithAnEnd_IsNotSpokenOf(string assignments) => Assert.Empty(Linked.Module(assignments).Faults);
}
