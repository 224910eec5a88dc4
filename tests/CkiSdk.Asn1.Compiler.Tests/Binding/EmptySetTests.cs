namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows which constraints are said to permit nothing, or a value twice, and that no other is.</summary>
public sealed class EmptySetTests
{
    [Theory]
    [InlineData("A ::= INTEGER (1..5 ^ 7..9)", "(2,15): warning CKI0120: no value meets this constraint")]
    [InlineData("A ::= OCTET STRING (SIZE (1..2) ^ SIZE (4))", "(2,20): warning CKI0120: no value")]
    [InlineData("A ::= OCTET STRING (SIZE (5)) (SIZE (6))", "(2,31): warning CKI0120: no value")]
    [InlineData("A ::= IA5String (\"a\" ^ \"b\")", "(2,17): warning CKI0120: no value")]
    [InlineData("A ::= ENUMERATED { a, b } (a ^ b)", "(2,27): warning CKI0120: no value")]
    [InlineData("A ::= INTEGER ((1..5) EXCEPT (0..9))", "(2,15): warning CKI0120: no value")]
    [InlineData("A ::= INTEGER ((1 | 2) EXCEPT (0..9))", "(2,15): warning CKI0120: no value")]
    [InlineData("A ::= SEQUENCE { a INTEGER } ({ a 1 } ^ { a 2 })", null)]
    [InlineData("A ::= INTEGER (1 | 2 | 1)", "(2,24): warning CKI0120: this value is permitted already")]
    [InlineData("A ::= IA5String (\"a\" | \"a\")", "(2,24): warning CKI0120: this value is permitted already")]
    [InlineData("A ::= INTEGER (1..5 ^ 5..9)", null)]
    [InlineData("A ::= INTEGER ((0..9) EXCEPT (1..5))", null)]
    [InlineData("A ::= IA5String (FROM (\"a\") ^ FROM (\"b\"))", null)]
    [InlineData("A ::= INTEGER (0..9, ...) B ::= A (3 | 4)", null)]
    [InlineData("C ::= CLASS { &id INTEGER } A ::= SEQUENCE { i C.&id ({S}) } S C ::= { { &id 1 } | { &id 1 } }", null)]
    public void Constraint_ThatPermitsNothing_OrOneValueTwice_IsDoubtful(string assignments, string? expected)
    {
        var faults = Linked.Module(assignments).Faults;
        Assert.True(expected is null ? faults.Count == 0 : faults.Any(fault => fault.StartsWith(expected, StringComparison.Ordinal)), string.Join('\n', faults));
    }
}
