using Microsoft.CodeAnalysis;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows what attributes make of C# types, what is said of wrong ones, and what an edit costs.</summary>
public sealed class CodeFirstTests
{
    private const string File = "/c/Shop.cs";

    [Theory]
    [InlineData("numbers", "[Asn1Sequence] public sealed partial record A(sbyte A1, byte B, short C, ushort D, int E, uint F, long G, ulong H, System.Numerics.BigInteger I, Integer J, double K);")]
    [InlineData("optional numbers", "[Asn1Sequence] public sealed partial record A { [Asn1Tag(0)] public byte? B { get; init; } [Asn1Tag(1)] public ulong? C { get; init; } [Asn1Tag(2)] public System.Numerics.BigInteger? D { get; init; } [Asn1Tag(3)] public bool? E { get; init; } [Asn1Tag(4)] public double? F { get; init; } }")]
    [InlineData("octets", "[Asn1Sequence] public sealed partial record A(byte[] B, System.ReadOnlyMemory<byte> C, OctetString D, [property: Asn1Tag(0)] byte[]? E, [property: Asn1Size(4)] byte[] F, BitString G);")]
    [InlineData("texts", "[Asn1Sequence] public sealed partial record A(string B, [property: Asn1String(Asn1StringType.Bmp), Asn1Size(1, int.MaxValue)] string C, PrintableString D, [property: Asn1Tag(0)] string? E);")]
    [InlineData("times and identifiers", "[Asn1Sequence] public sealed partial record A(System.DateTimeOffset B, [property: Asn1UtcTime] System.DateTimeOffset C, ObjectIdentifier D, [property: Asn1Tag(0)] System.DateTimeOffset? E, RelativeOid F, UtcTime G, Null H, AnyValue I);")]
    [InlineData("lists", "[Asn1Sequence] public sealed partial record A(System.Collections.Generic.IReadOnlyList<string> B, int[] C, System.Collections.Generic.List<byte[]> D, SequenceOf<Integer> E, SetOf<Utf8String> F, System.Collections.Immutable.ImmutableArray<A> G, int[] H, [property: Asn1Tag(0)] string[]? I, [property: Asn1SetOf, Asn1Size(1, 3)] bool[] J);")]
    [InlineData("ranges", "[Asn1Sequence] public sealed partial record A([property: Asn1Range(0, 9)] long B, [property: Asn1Range(0, 9)] Integer C, [property: Asn1Range(0, 9)] System.Numerics.BigInteger D, [property: Asn1Range(0, 9)] uint E, [property: Asn1Range(0, 5000000000)] ulong F);")]
    [InlineData("defaults", "[Asn1Sequence] public sealed partial record A { [Asn1Default(true)] public bool B { get; init; } = true; [Asn1Tag(1), Asn1Default(-5)] public int C { get; init; } = -5; [Asn1Tag(2), Asn1Default(\"a\\\"b\")] public string D { get; init; } = \"a\\\"b\"; [Asn1Tag(3), Asn1Default(X.TWO)] public X E { get; init; } = X.TWO; [Asn1Tag(4), Asn1Default(\"{1 2 3}\")] public ObjectIdentifier F { get; init; } }\n[Asn1Enumerated] public enum X : byte { ONE, [Asn1Name(\"deux\")] TWO = 7 }")]
    [InlineData("set", "[Asn1Set] public sealed partial record A([property: Asn1Tag(5)] int B, [property: Asn1Tag(3, Class = TagClass.Application, IsExplicit = true)] int C);")]
    [InlineData("record that is not sealed, and one that is a part of another file's", "[Asn1Sequence(IsExtensible = true)] public partial record A { public required int B { get; set; } public int Twice => B * 2; public static int C { get; set; } [Asn1Ignore] public int D { get; set; } }\npublic partial record A { }")]
    [InlineData("order", "[Asn1Sequence] public sealed partial record A { [Asn1Order(2)] public required int B { get; init; } [Asn1Order(1)] public required bool C { get; init; } }")]
    [InlineData("choice", "[Asn1Choice(IsExtensible = true)] public abstract partial record A { [Asn1Tag(0)] public sealed partial record B(string Text) : A; [Asn1Tag(1)] public sealed partial record C : A; [Asn1Tag(2)] public sealed partial record D(A Inner) : A; [Asn1Tag(3)] public sealed partial record E(E2[] Many) : A; }\n[Asn1Sequence] public sealed partial record E2(A Recursion);")]
    [InlineData("tagged types", "[Asn1Sequence, Asn1Tag(1, Class = TagClass.Application)] public sealed partial record A(int B); [Asn1Choice, Asn1Tag(2)] public abstract partial record C { public sealed partial record D(int E) : C; }")]
    [InlineData("enumerated", "[Asn1Enumerated(IsExtensible = true)] public enum A { None = -1, Some }\n[Asn1Sequence] public sealed partial record B(A A, [property: Asn1Tag(0)] A? C, A[] D);")]
    [InlineData("lists with a name", "[Asn1SequenceOf] public readonly partial record struct A([property: Asn1Size(1, 3)] SequenceOf<Integer> Items); [Asn1SetOf] public readonly partial record struct B(string[] Items); [Asn1SequenceOf, Asn1Tag(1, Class = TagClass.Application)] public partial record struct C { public System.Collections.Generic.IReadOnlyList<D> Many { get; init; } }\n[Asn1Sequence] public sealed partial record D(A A, [property: Asn1Tag(0)] B? B, [property: Asn1Tag(1)] C C, B[] Many);")]
    public void Types_Compile_WithoutWarnings(string reason, string code)
    {
        var run = Run(code);
        Assert.True(!run.Faults.Any() && !run.CompilerDiagnostics.Any(), $"{reason}: {string.Join('\n', run.Faults)}{string.Join('\n', run.CompilerDiagnostics)}");
        Assert.NotEmpty(run.Sources);
    }

    [Theory]
    [InlineData("type that is not partial", "[Asn1Sequence] public sealed record A(int B);", "(3,37): error CKI0401: A must be partial")]
    [InlineData("class", "[Asn1Sequence] public sealed partial class A { }", "(3,44): error CKI0401: A must be a record")]
    [InlineData("choice that is not abstract", "[Asn1Choice] public partial record A { public sealed partial record B(int C) : A; }", "(3,36): error CKI0401: A must be abstract")]
    [InlineData("choice without alternatives", "[Asn1Choice] public abstract partial record A;", "(3,45): error CKI0401: A has no alternative")]
    [InlineData("alternative with two values", "[Asn1Choice] public abstract partial record A { public sealed partial record B(int C, int D) : A; }", "(3,78): error CKI0401: the alternative B must be")]
    [InlineData("internal type", "[Asn1Sequence] internal sealed partial record A(int B);", "(3,47): error CKI0401: A must be public")]
    [InlineData("nested type", "public partial class O { [Asn1Sequence] public sealed partial record A(int B); }", "(3,70): error CKI0401: A must stand outside")]
    [InlineData("generic type", "[Asn1Sequence] public sealed partial record A<T>(int B);", "(3,45): error CKI0401: A must have no type parameters")]
    [InlineData("type without counterpart", "[Asn1Sequence] public sealed partial record A(int B, System.Collections.Generic.Dictionary<int, int> C);", "(3,102): error CKI0402: ")]
    [InlineData("class without attribute", "public sealed class Z;\n[Asn1Sequence] public sealed partial record A(Z B);", "(4,49): error CKI0402: C.Z has no ASN.1 type")]
    [InlineData("type that is nowhere", "[Asn1Sequence] public sealed partial record A(Nowhere B);", "(3,55): error CKI0402: Nowhere is neither in C# nor in a module")]
    [InlineData("order used twice", "[Asn1Sequence] public sealed partial record A([property: Asn1Order(1)] int B, [property: Asn1Order(1)] int C);", "(3,108): error CKI0403: two components have the order 1")]
    [InlineData("order that is missing", "[Asn1Sequence] public sealed partial record A([property: Asn1Order(1)] int B, int C);", "(3,83): error CKI0403: [Asn1Order] stands on other components")]
    [InlineData("name that is none", "[Asn1Sequence] public sealed partial record A([property: Asn1Name(\"B c\")] int B);", "(3,79): error CKI0404: ")]
    [InlineData("two members with one name", "[Asn1Sequence] public sealed partial record A(int B, [property: Asn1Name(\"b\")] int C);", "(3,45): error CKI0404: two members have the name b")]
    [InlineData("ambiguous tags", "[Asn1Sequence] public sealed partial record A(int? B, int C);", "(3,59): error CKI0105: b and c begin with the same tag")]
    [InlineData("default of another type", "[Asn1Sequence] public sealed partial record A([property: Asn1Default(true)] int B);", "(3,81): error CKI0106: ")]
    [InlineData("two items with one number", "[Asn1Enumerated] public enum A { B = 1, C = 1 }", "(3,41): error CKI0102: ")]
    [InlineData("list of two", "[Asn1SequenceOf] public readonly partial record struct A(int[] B, int[] C);", "(3,56): error CKI0401: A must have one public property")]
    [InlineData("list that is none", "[Asn1SetOf] public readonly partial record struct A(int B);", "(3,51): error CKI0401: A must have one public property")]
    [InlineData("struct that is no record", "[Asn1SetOf] public partial struct A { public int[] B { get; init; } }", "(3,35): error CKI0401: A must be a record struct")]
    public void Fault_IsReported_AtItsPlaceInCSharp(string reason, string code, string expected)
    {
        var faults = Run(code).Faults.ToList();
        Assert.True(faults.Exists(fault => fault.StartsWith(File + expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', faults)}");
    }

    [Fact]
    public void Properties_CanHave_TypesOfModules_HereAndInReferences()
    {
        var referenced = GeneratorRun.Of(("/m/Base.asn1", "Base {1 2 3} DEFINITIONS ::= BEGIN\nKey ::= OCTET STRING\nnever-used NULL ::= NULL\nEND\n"));
        var run = GeneratorRun.OfCode(
            [(File, "#pragma warning disable CS1591\nusing CkiSdk.Asn1; using Test.Base; using Test.Own;\nnamespace C { [Asn1Sequence] public sealed partial record A(Key Key, Box Box, [property: Asn1Tag(0)] Box? More, Box[] Boxes); }\n")],
            [referenced.ToReference(true)],
            ("/m/Own.asn1", "Own DEFINITIONS ::= BEGIN\nIMPORTS A FROM C;\nBox ::= SEQUENCE { a INTEGER, order A OPTIONAL }\nEND\n"));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void OtherProjects_CanImport_FromCodeFirstTypes()
    {
        var first = Run("[Asn1Sequence] public sealed partial record Order(int Number);");
        var run = GeneratorRun.Of([first.ToReference(true)], ("/m/User.asn1", "User DEFINITIONS ::= BEGIN\nIMPORTS Order FROM C;\nOrders ::= SEQUENCE OF Order\nEND\n"));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void EditElsewhere_Emits_Nothing()
    {
        var before = Run("[Asn1Sequence] public sealed partial record A(int B);\n[Asn1Enumerated] public enum E { X }");
        foreach (var after in new[]
        {
            before.EditCode(File, "namespace C;", "namespace C;\n\n// Three\n// new lines.\n"),
            before.EditCode(File, "[Asn1Enumerated]", "public class Other { public int X; }\n[Asn1Enumerated]"),
        })
        {
            Assert.DoesNotContain(after.Reasons(TrackingNames.CodeTypes).Keys, reason => reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);
            Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(after.Reasons(TrackingNames.Link)).Key);
            Assert.All(after.Reasons(TrackingNames.Types).Keys, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        }
    }

    [Fact]
    public void Steps_Hand_NoObjectOfRoslynOn()
    {
        var run = Run("[Asn1Sequence] public sealed partial record A(int B);\n[Asn1Enumerated] public enum E { X }");
        var values = new[] { TrackingNames.CodeTypes, TrackingNames.Link, TrackingNames.Types, TrackingNames.Modules }
            .SelectMany(step => run.Result.TrackedSteps[step]).SelectMany(step => step.Outputs).Select(output => output.Value);
        Assert.Empty(Reachable.From(values).Where(type => type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void EditOfAType_Emits_ThatTypeOnly()
    {
        var after = Run("[Asn1Sequence] public sealed partial record A(int B);\n[Asn1Sequence] public sealed partial record D(A E);").EditCode(File, "(int B)", "(int B, bool F)");
        Assert.Equal(1, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.Modified]);
        Assert.Equal(1, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.Cached]);
    }

    [Fact]
    public void Fault_MovesWithItsLine()
    {
        var after = Run("[Asn1Sequence] public sealed partial record A(Nowhere B);").EditCode(File, "namespace C;", "namespace C;\n");
        Assert.StartsWith($"{File}(4,55): error CKI0402", Assert.Single(after.Faults), StringComparison.Ordinal);
    }

    private static GeneratorRun Run(string code) => GeneratorRun.OfCode([(File, $"#pragma warning disable CS1591\nusing CkiSdk.Asn1; namespace C;\n{code}\n")]);
}
