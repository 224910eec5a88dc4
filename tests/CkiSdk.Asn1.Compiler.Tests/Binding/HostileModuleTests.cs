using System.Globalization;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows that no module takes the compiler down: neither its stack, nor its memory, nor more time than a build has.</summary>
public sealed class HostileModuleTests
{
    private const int Many = 20_000;

    public static TheoryData<string, string> Accepted => new()
    {
        { "other names of other names", Chain(Many, "A{0} ::= A{1}", "A{0} ::= NULL") },
        { "names of names that stand before them", Rising(Many, "A{0} ::= A{1}", "A0 ::= NULL") },
        { "lists of lists", Rising(Many, "A{0} ::= SEQUENCE OF A{1}", "A0 ::= NULL") },
        { "contents in contents", Rising(Many, "A{0} ::= OCTET STRING (CONTAINING A{1})", "A0 ::= NULL") },
        { "a range over a range", Rising(1000, "A{0} ::= A{1} (0..50000)", "A0 ::= INTEGER") },
        { "values of values", Chain(50, "a{0} INTEGER ::= a{1}", "a{0} INTEGER ::= 5") },
        { "one component in another", Chain(Many, "A{0} ::= SEQUENCE {{ a A{1} }}", "A{0} ::= NULL") },
        { "a parameter that stays the same", "P{INTEGER:x} ::= SEQUENCE { a P{x} OPTIONAL, b INTEGER (0..x) } A ::= P{5}" },
        { "a long number", $"a INTEGER ::= {new string('9', 20_000)}" },
        { "a long string", $"a UTF8String ::= \"{new string('x', 1_000_000)}\"" },
        { "a long line", $"A ::= SEQUENCE {{ {string.Join(", ", Enumerable.Range(0, 3_000).Select(i => $"a{i} [{i}] NULL OPTIONAL"))} }}" },
        { "many items", $"A ::= ENUMERATED {{ {string.Join(", ", Enumerable.Range(0, 5_000).Select(i => $"a{i}"))} }}" },
        { "a long name", $"{new string('A', 100_000)} ::= NULL" },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "a value set without a value", "R INTEGER ::= {  } S INTEGER ::= { S | R } A ::= INTEGER (R)" },
        { "tags over tags", Chain(Many, "A{0} ::= [1] EXPLICIT A{1}", "A{0} ::= NULL") },
        { "constraints over constraints", Chain(Many, "A{0} ::= A{1} (0..MAX)", "A{0} ::= INTEGER") },
        { "choices in choices", Chain(Many, "A{0} ::= CHOICE {{ a A{1}, b [5] NULL }}", "A{0} ::= NULL") },
        { "components of components", Chain(Many, "A{0} ::= SEQUENCE {{ COMPONENTS OF A{1} }}", "A{0} ::= SEQUENCE {{ a NULL }}") },
        { "types that include one another twice", string.Join('\n', Enumerable.Range(0, 60).Select(i => $"A{i} ::= SEQUENCE {{ COMPONENTS OF A{i + 1}, COMPONENTS OF B{i + 1} }} B{i} ::= SEQUENCE {{ COMPONENTS OF A{i + 1}, COMPONENTS OF B{i + 1} }}")) + " A60 ::= SEQUENCE { a NULL } B60 ::= SEQUENCE { b NULL }" },
        { "parameters that double", string.Join('\n', Enumerable.Range(0, 40).Select(i => $"P{i}{{T}} ::= SEQUENCE {{ a P{i + 1}{{T}}, b P{i + 1}{{SEQUENCE OF T}} }}")) + " P40{T} ::= T A ::= P0{NULL}" },
        { "constraints that double", string.Join('\n', Enumerable.Range(0, 40).Select(i => $"A{i} ::= INTEGER (A{i + 1} | A{i + 1})")) + " A40 ::= INTEGER (1..5)" },
        { "constraints that double and differ", string.Join('\n', Enumerable.Range(0, 40).Select(i => $"A{i} ::= INTEGER (A{i + 1} | (A{i + 1} EXCEPT {i}))")) + " A40 ::= INTEGER (1..5)" },
        { "constraints in constraints before them", Rising(Many, "A{0} ::= INTEGER (A{1} EXCEPT {0})", "A0 ::= INTEGER (1..50000)") },
        { "components in constraints in components", "B ::= SEQUENCE { a B OPTIONAL } " + Rising(Many, "A{0} ::= B (WITH COMPONENTS {{ a (A{1}) }})", "A0 ::= B (WITH COMPONENTS { a ABSENT })") },
        { "a constraint of itself", "A ::= INTEGER (A)" },
        { "constraints of one another", "A ::= INTEGER (B | 5) B ::= INTEGER (A) C ::= IA5String (FROM (D)) D ::= C (FROM (C))" },
        { "elements constrained by their list", "A ::= SEQUENCE OF A (WITH COMPONENT (A))" },
        { "values of a set of itself", "S INTEGER ::= { S | 5 } A ::= INTEGER (S)" },
        { "components of themselves", "A ::= SEQUENCE { COMPONENTS OF B } B ::= SEQUENCE { COMPONENTS OF A }" },
        { "tags over tags before them", Rising(Many, "A{0} ::= [1] EXPLICIT A{1}", "A0 ::= NULL") },
        { "values in values before them", "A ::= SEQUENCE OF A " + Rising(Many, "a{0} A ::= {{ a{1} }}", "a0 A ::= { }") },
        { "brackets in brackets", "A ::= INTEGER " + new string('(', 100_000) },
        { "braces in braces", "a A ::= " + new string('{', 100_000) + new string('}', 100_000) },
        { "sequences in sequences", "A ::= " + string.Concat(Enumerable.Repeat("SEQUENCE { a ", 50_000)) },
        { "a growing parameter", "P{T} ::= SEQUENCE { a P{SEQUENCE OF T} OPTIONAL } A ::= P{NULL}" },
        { "two growing parameters", "P{T} ::= Q{SET OF T} Q{T} ::= P{SEQUENCE OF T} A ::= P{NULL}" },
        { "a circle of names", "A ::= B B ::= C C ::= A" },
        { "a circle of values", "a INTEGER ::= b b INTEGER ::= a" },
        { "a circle of identifiers", "c OBJECT IDENTIFIER ::= { d 1 } d OBJECT IDENTIFIER ::= { c 1 }" },
        { "a string of itself", "a UTF8String ::= {a} A ::= SEQUENCE { x UTF8String DEFAULT a }" },
        { "strings of one another in constraints", "s1 IA5String ::= {s2, \"x\"} s2 IA5String ::= {s1} A ::= IA5String (PATTERN s1) B ::= IA5String (FROM (s1 .. s2)) C ::= IA5String (s1) D ::= TIME (SETTINGS s1)" },
        { "strings over strings", Chain(Many, "a{0} IA5String ::= {{a{1}}}", "a{0} IA5String ::= \"x\"") + " A ::= IA5String (FROM (a0))" },
        { "a string in braces in braces", "a IA5String ::= " + new string('{', 50_000) + "\"x\"" + new string('}', 50_000) },
        { "strings that double", Chain(60, "a{0} IA5String ::= {{a{1}, a{1}}}", "a{0} IA5String ::= \"xyz\"") + " A ::= IA5String (a0)" },
        { "identifiers that double", Chain(60, "a{0} RELATIVE-OID ::= {{a{1} a{1}}}", "a{0} RELATIVE-OID ::= {{1}}") + " A ::= RELATIVE-OID (a0)" },
        { "lists that double", "A ::= SEQUENCE OF A " + Chain(60, "a{0} A ::= {{a{1}, a{1}}}", "a{0} A ::= {{}}") + " B ::= A (a0)" },
        { "a number named by itself", "T ::= INTEGER { a(b) } b T ::= a A ::= T (b)" },
        { "an item with a number without an end", "T ::= ENUMERATED { a(99999999999999999999999999) } b T ::= a A ::= T (b)" },
        { "a size of itself", "v INTEGER ::= v A ::= OCTET STRING (SIZE (v))" },
        { "a field of itself", "C ::= CLASS { &id INTEGER, &v INTEGER } o C ::= { &id o.&v, &v o.&id } A ::= INTEGER (o.&id)" },
        { "objects over objects", "C ::= CLASS { &id INTEGER } " + Chain(Many, "o{0} C ::= o{1}", "o{0} C ::= {{ &id 5 }}") + " A ::= INTEGER (o0.&id)" },
        { "sets over sets of objects", "C ::= CLASS { &id INTEGER } " + Chain(Many, "S{0} C ::= {{ S{1} | {{ &id {0} }} }}", "S{0} C ::= {{ {{ &id 5 }} }}") + " A ::= C.&id ({S0})" },
        { "a circle of selections", "A ::= CHOICE { a a < B } B ::= CHOICE { a a < A }" },
        { "a tag without an end", $"A ::= [{new string('9', 100_000)}] NULL" },
        { "many mistakes", string.Join('\n', Enumerable.Range(0, Many).Select(i => $"A{i} ::= SEQUENCE {{ a (")) },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Module_IsCompiled_InTime(string description, string assignments) =>
        Assert.Equal((description, ""), (description, Errors(assignments).FirstOrDefault() ?? ""));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Module_IsRefused_InTime(string description, string assignments) =>
        Assert.True(Errors(assignments).Any(), description);

    private static IEnumerable<string> Errors(string assignments)
    {
        List<Asn1Diagnostic> found = [];
        var taken = TimeSpan.Zero;

        // The stack of a compiler's thread is smaller than that of a program.
        var thread = new Thread(() => taken = ProcessorTime.Of(() => found = [.. Linked.Module(assignments).Diagnostics]), 1 << 20);
        thread.Start();
        thread.Join();
        Assert.True(taken < TimeSpan.FromSeconds(30), $"{taken}");
        return found.Where(diagnostic => diagnostic.IsError).Select(diagnostic => diagnostic.ToString());
    }

    private static string Rising(int count, string link, string first) => string.Join('\n', Enumerable.Range(0, count)
        .Select(i => i == 0 ? first : string.Format(CultureInfo.InvariantCulture, link, i, i - 1)));

    private static string Chain(int count, string link, string last) => string.Join('\n', Enumerable.Range(0, count)
        .Select(i => string.Format(CultureInfo.InvariantCulture, i < count - 1 ? link : last, i, i + 1)));
}
