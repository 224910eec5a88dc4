using Microsoft.CodeAnalysis;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows that a project's modules import from modules that a referenced project has compiled.</summary>
public sealed class ReferencedModuleTests
{
    private const string Base = """
        Base { iso(1) 99 1 } DEFINITIONS IMPLICIT TAGS ::= BEGIN
        Pair ::= SEQUENCE { left INTEGER, inner SEQUENCE { deep BOOLEAN } OPTIONAL }
        Either ::= CHOICE { yes [0] NULL, no [1] NULL }
        Colour ::= ENUMERATED { red, green }
        Key ::= OCTET STRING
        Bits ::= BIT STRING { first(0), second(1) }
        Boxed {T} ::= SEQUENCE { box T }
        limit INTEGER ::= 7
        id-base OBJECT IDENTIFIER ::= { 1 9 1 }
        THING ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type } WITH SYNTAX { &Type IDENTIFIED BY &id }
        key THING ::= { Key IDENTIFIED BY { id-base 1 } }
        Things THING ::= { key, ... }
        END

        """;

    private const string User = """
        User DEFINITIONS IMPLICIT TAGS ::= BEGIN
        IMPORTS Pair, Either, Colour, Key, Bits, Boxed, limit, id-base, THING, Things, key FROM Base { 1 99 1 };
        Uses ::= SEQUENCE { pair [0] Pair, either [1] Either, colour [2] Colour DEFAULT green, key [3] Key, bits [4] Bits DEFAULT {second},
          number INTEGER (0..limit), id OBJECT IDENTIFIER DEFAULT id-base, boxed Boxed {Pair} }
        Copies ::= SEQUENCE { COMPONENTS OF Pair, last NULL }
        Alias ::= Pair
        List ::= SEQUENCE OF Alias
        Field ::= SEQUENCE { id THING.&id({Things}), value THING.&Type({Things}{@id}) }
        own THING ::= { Colour IDENTIFIED BY { id-base 2 } }
        Own THING ::= { key | own }
        id-user OBJECT IDENTIFIER ::= { id-base user(2) }
        END

        """;

    private static readonly GeneratorRun Referenced = GeneratorRun.Of(("/m/Base.asn1", Base));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ImportedTypes_AreThoseOfTheReference_AndNothingIsGeneratedTwice(bool asFile)
    {
        var run = GeneratorRun.Of([Referenced.ToReference(asFile)], ("/u/User.asn1", User));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.DoesNotContain(run.Types, type => type.StartsWith("Base.", StringComparison.Ordinal));
        var uses = run.Output.GetTypeByMetadataName("Test.User.Uses")!;
        var pair = (IPropertySymbol)uses.GetMembers("Pair").Single();
        Assert.Equal("Test.Base.Pair", pair.Type.ToDisplayString());
        Assert.NotEqual(run.Output.Assembly, pair.Type.ContainingAssembly, SymbolEqualityComparer.Default);
    }

    [Fact]
    public void Import_ByObjectIdentifier_FindsTheModuleUnderAnotherName()
    {
        var run = GeneratorRun.Of([Referenced.ToReference(true)], ("/u/User.asn1", "User DEFINITIONS ::= BEGIN\nIMPORTS Pair FROM BaseOfOld { 1 99 1 };\nA ::= SEQUENCE OF Pair\nEND\n"));
        Assert.Empty(run.Faults);
        Assert.Contains("User.A", run.Types);
    }

    [Fact]
    public void Import_OfWhatTheReferenceLacks_IsUnresolved_AndTheRestIsThere()
    {
        var run = GeneratorRun.Of([Referenced.ToReference(true)], ("/u/User.asn1", "User DEFINITIONS ::= BEGIN\nIMPORTS Pair, Triple FROM Base { 1 99 1 };\nA ::= SEQUENCE OF Pair B ::= SEQUENCE OF Triple\nEND\n"));
        Assert.Contains("CKI0201: unresolved import: the module Base does not define Triple", Assert.Single(run.Faults).ToString(), StringComparison.Ordinal);
        Assert.Contains("User.A", run.Types);
    }

    [Theory]
    [InlineData("the object identifier of the reference, none of the project's", "", "Pair FROM Base { 1 99 1 }", false, "(2,19): warning CKI0301: this means the module Base of P.Base/Base.asn1, which has the object identifier; that in /u/Base.asn1 has none")]
    [InlineData("the object identifier of the reference, another one of the project's", "{ 1 99 2 }", "Pair FROM Base { 1 99 1 }", false, "(2,19): warning CKI0301: this means the module Base of P.Base/Base.asn1, which has the object identifier; that in /u/Base.asn1 has another one")]
    [InlineData("the object identifier of the project's", "{ 1 99 2 }", "Pair FROM Base { 1 99 2 }", true, null)]
    [InlineData("no object identifier", "{ 1 99 2 }", "Pair FROM Base", true, null)]
    [InlineData("no object identifier, none of the project's", "", "Pair FROM Base", true, null)]
    [InlineData("an object identifier that none has, none of the project's", "", "Pair FROM Base { 1 99 3 }", true, null)]
    [InlineData("an object identifier that none has", "{ 1 99 2 }", "Pair FROM Base { 1 99 3 }", true, "(2,19): warning CKI0301: the module Base in /u/Base.asn1 has another object identifier")]
    [InlineData("what only the project's has, none of the project's", "", "Pair, Own FROM Base { 1 99 1 }", true, null)]
    public void Import_Means_TheObjectIdentifier_AndThenTheProjectsOwnModule(string reason, string oid, string import, bool isOwn, string? doubt)
    {
        // Of one root namespace, both would have the same names in C#.
        var run = GeneratorRun.Of(
            [GeneratorRun.Of(new BuildOptions("Shared"), ("/m/Base.asn1", Base)).ToReference(true)], ("/u/Base.asn1", $"Base {oid} DEFINITIONS ::= BEGIN\nPair ::= SEQUENCE {{ own NULL }} Own ::= NULL\nEND\n"),
            ("/u/User.asn1", $"User DEFINITIONS ::= BEGIN\nIMPORTS {import};\nA ::= SEQUENCE {{ pair Pair{(import.Contains("Own", StringComparison.Ordinal) ? ", own Own" : "")} }}\nEND\n"));
        var told = string.Join('\n', run.Faults);
        Assert.True(doubt is null ? told.Length == 0 : run.Faults.Count() == 1 && told.Contains(doubt, StringComparison.Ordinal), $"{reason}: {told}");
        var pair = (IPropertySymbol)run.Output.GetTypeByMetadataName("Test.User.A")!.GetMembers("Pair").Single();
        Assert.Equal((reason, isOwn), (reason, SymbolEqualityComparer.Default.Equals(run.Output.Assembly, pair.Type.ContainingAssembly)));
    }

    [Theory]
    [InlineData("Pair (WITH COMPONENTS { ..., left (1..5) })", "Left.CompareTo(5L) <= 0")]
    [InlineData("Pair (WITH COMPONENTS { ..., inner (WITH COMPONENTS { deep (TRUE) }) PRESENT })", ".Deep")]
    [InlineData("L (WITH COMPONENT (SIZE (2)))", ".Value.Length == 2")]
    [InlineData("Pair ({ left 4 })", "Left.CompareTo(4L) == 0")]
    [InlineData("Either (WITH COMPONENTS { ..., yes ABSENT })", "is not global::Test.Base.Either.Yes")]
    [InlineData("Either (no : NULL)", "is global::Test.Base.Either.No")]
    [InlineData("Colour (ALL EXCEPT red)", "== 0")]
    [InlineData("Bits ({ first })", "TrimTrailingZeros().Equals(")]
    public void Constraint_Reaches_IntoTypesOfTheReference(string type, string condition)
    {
        var text = $"U DEFINITIONS ::= BEGIN\nIMPORTS Pair, Either, Colour, Key, Bits FROM Base {{ 1 99 1 }};\nL ::= SEQUENCE OF Key\nA ::= {type}\nAll ::= SEQUENCE {{ a Pair, b Either, c Colour, d Key, e Bits }}\nEND\n";
        var run = GeneratorRun.Of([Referenced.ToReference(true)], ("/u/U.asn1", text));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains(condition, run.Sources.Single(source => source.HintName == "Test.U.A.g.cs").SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_OfAReference_IsFound()
    {
        var middle = GeneratorRun.Of([Referenced.ToReference(true)], ("/u/User.asn1", User));
        var run = GeneratorRun.Of(
            [Referenced.ToReference(true), middle.ToReference(true)],
            ("/v/Last.asn1", "Last DEFINITIONS ::= BEGIN\nIMPORTS Copies, List FROM User Key FROM Base;\nA ::= SEQUENCE { COMPONENTS OF Copies, list List, key Key }\nEND\n"));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.All(run.Types, type => Assert.StartsWith("Last.A", type, StringComparison.Ordinal));
    }

    [Fact]
    public void OwnModule_GoesBefore_TheReferencedOne_WithAWarning()
    {
        var run = GeneratorRun.Of([Referenced.ToReference(true)], ("/u/Base.asn1", Base.Replace("left INTEGER", "left BOOLEAN", StringComparison.Ordinal)), ("/u/User.asn1", User));
        Assert.StartsWith("/u/Base.asn1(1,1): warning CKI0204: the module Base is also in the referenced assembly P.Base;", Assert.Single(run.Faults), StringComparison.Ordinal);
        var pair = run.Output.Assembly.GetTypeByMetadataName("Test.Base.Pair")!;
        Assert.Equal("bool", ((IPropertySymbol)pair.GetMembers("Left").Single()).Type.ToDisplayString());
    }

    [Fact]
    public void Comments_AreNoPart_OfWhatOtherAssembliesSee()
    {
        var after = Referenced.Edit("/m/Base.asn1", "Pair ::=", "-- Two.\n\n  Pair ::=");
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, after.Reasons(TrackingNames.Modules).Keys);
    }
}
