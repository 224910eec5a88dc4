using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows which module an import means, and what is said of imports (X.680 13).</summary>
public sealed class ImportTests
{
    private const string One = "Lib {iso standard 9 lib(1) v1(1)} DEFINITIONS ::= BEGIN X ::= INTEGER END";
    private const string Two = "Lib {iso standard 9 lib(1) v2(2)} DEFINITIONS ::= BEGIN X ::= BOOLEAN Y ::= NULL END";

    [Theory]
    [InlineData("first version", "X FROM Lib {1 0 9 1 1}", "global::T.Lib_1.X")]
    [InlineData("second version", "X FROM Lib {iso(1) standard(0) 9 lib(1) v2(2)}", "global::T.Lib_2.X")]
    [InlineData("names without numbers where they are known", "X FROM Lib {iso standard 9 1 2}", "global::T.Lib_2.X")]
    [InlineData("other name, object identifier of the second", "X FROM Other {1 0 9 1 2}", "global::T.Lib_2.X")]
    [InlineData("reference as object identifier", "X FROM Lib second", "global::T.Lib_2.X")]
    [InlineData("arcs behind a reference", "X FROM Lib {base 2}", "global::T.Lib_2.X")]
    [InlineData("no object identifier: the first", "X FROM Lib", "global::T.Lib_1.X")]
    [InlineData("the exact one goes before a successor", "X FROM Lib {1 0 9 1 1} WITH SUCCESSORS", "global::T.Lib_1.X")]
    [InlineData("the last successor", "X FROM Lib {1 0 9 1 0} WITH SUCCESSORS", "global::T.Lib_2.X")]
    [InlineData("a descendant", "X FROM Lib {1 0 9 1} WITH DESCENDANTS", "global::T.Lib_2.X")]
    [InlineData("an object identifier that no version has", "Y, X FROM Lib {1 0 9 1 7}", "global::T.Lib_2.X")]
    public void Import_Means_TheModule(string reason, string import, string type)
    {
        var linked = Linked.Files(One, Two, $"M DEFINITIONS ::= BEGIN IMPORTS {import}; A ::= SEQUENCE {{ x X }} second OBJECT IDENTIFIER ::= {{base 2}} base OBJECT IDENTIFIER ::= {{1 0 9 1}} END");
        Assert.Contains(type, ModelText.Of(linked.Type("A")), StringComparison.Ordinal);
        Assert.True(linked.Faults.All(fault => fault.Contains("warning", StringComparison.Ordinal)), reason);
    }

    [Fact]
    public void Import_Means_TheObjectIdentifier_ThatIsImported()
    {
        const string Names = "Names {1 0 8} DEFINITIONS ::= BEGIN lib OBJECT IDENTIFIER ::= {base 2} base OBJECT IDENTIFIER ::= {1 0 9 1} END";
        var linked = Linked.Files(One, Two, Names, "M DEFINITIONS ::= BEGIN IMPORTS lib FROM Names {1 0 8} X FROM Lib lib; A ::= SEQUENCE { x X } END");
        Assert.Contains("global::T.Lib_2.X", ModelText.Of(linked.Type("A")), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoVersions_HaveNamespacesOfTheirOwn_AndAreWarnedOf()
    {
        var linked = Linked.Files(One, Two);
        Assert.Equal(["T.Lib_1", "T.Lib_2"], linked.Result.Modules.Select(module => module.Namespace));
        Assert.Contains("(1,1): warning CKI0301: ", Assert.Single(linked.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same object identifier", "Lib {iso standard 9 lib(1) v1(1)} DEFINITIONS ::= BEGIN END")]
    [InlineData("no object identifier", "Lib DEFINITIONS ::= BEGIN END")]
    public void SameModuleTwice_IsAnError(string reason, string again) =>
        Assert.True(Linked.Files(One, again).Faults.Single().Contains("error CKI0203", StringComparison.Ordinal), reason);

    [Theory]
    [InlineData("unused", "X FROM Lib {1 0 9 1 1}; A ::= NULL", "(1,33): warning CKI0302: X is imported, but not used")]
    [InlineData("unknown and unused", "Z FROM Lib;", "(1,33): warning CKI0202")]
    [InlineData("unknown and used", "Z FROM Lib; A ::= Z", "(1,33): error CKI0202")]
    [InlineData("another version that lacks the name", "Z FROM Lib {1 0 9 1 7}; A ::= Z", "(1,40): warning CKI0201: unresolved import: the module Lib in 0.asn1 has another object identifier")]
    [InlineData("absent module", "Z FROM Nowhere; A ::= Z", "(1,40): warning CKI0201: unresolved import: no module Nowhere")]
    [InlineData("defined here, too", "X FROM Lib; X ::= NULL A ::= X", "(1,33): warning CKI0303")]
    [InlineData("exported without a definition", "X FROM Lib; EXPORTS B; A ::= X", "(1,53): warning CKI0202")]
    public void DoubtOfAnImport_IsTold_AtItsPlace(string reason, string body, string expected)
    {
        var faults = Linked.Files(One, $"M DEFINITIONS ::= BEGIN IMPORTS {body} END").Faults;
        Assert.True(faults.Count == 1 && faults[0].StartsWith(expected, StringComparison.Ordinal), $"{reason}: {string.Join('\n', faults)}");
    }

    [Fact]
    public void NotExported_IsAnError() => Assert.Contains(
        "(1,33): error CKI0202: the module Lib does not export X",
        Linked.Files("Lib DEFINITIONS ::= BEGIN EXPORTS; X ::= NULL END", "M DEFINITIONS ::= BEGIN IMPORTS X FROM Lib; A ::= X END").Faults);

    [Fact]
    public void ImportsInACircle_AreErrors()
    {
        var faults = Linked.Files("M DEFINITIONS ::= BEGIN IMPORTS B FROM N; A ::= B END", "N DEFINITIONS ::= BEGIN IMPORTS B FROM M; C ::= B END").Faults;
        Assert.Contains("(1,33): error CKI0202: the module N does not define B", faults);
        Assert.Contains("(1,33): error CKI0202: the module M does not define B", faults);
    }

    [Fact]
    public void QualifiedReference_Means_TheModulesName()
    {
        var linked = Linked.Files(One, "M DEFINITIONS ::= BEGIN IMPORTS X FROM Lib; X ::= NULL A ::= SEQUENCE { x Lib.X } END");
        Assert.Contains("global::T.Lib.X", ModelText.Of(linked.Type("A")), StringComparison.Ordinal);
    }

    [Fact]
    public void QualifiedValue_IsFound_InTheOtherModule() => Assert.Empty(
        Linked.Files("Lib DEFINITIONS ::= BEGIN n INTEGER ::= 3 END", "M DEFINITIONS ::= BEGIN A ::= OCTET STRING (SIZE(Lib.n)) END").Faults);

    [Fact]
    public void ImportSearch_Finds_WhatIsNeeded_AndNothingElse()
    {
        ParseResult[] library =
        [
            Parse("a.asn1", "A DEFINITIONS ::= BEGIN IMPORTS Y FROM B; X ::= Y END Unused DEFINITIONS ::= BEGIN END"),
            Parse("b.asn1", "B DEFINITIONS ::= BEGIN Y ::= NULL END"),
            Parse("old.asn1", "B {1 0 1} DEFINITIONS ::= BEGIN Old ::= NULL END"),
            Parse("c.asn1", "C DEFINITIONS ::= BEGIN Y ::= NULL END"),
        ];
        var found = new ImportSearch(library).Find([Parse("m.asn1", "M DEFINITIONS ::= BEGIN IMPORTS X FROM A; Z ::= X END")]);
        Assert.Equal(["a.asn1:A", "b.asn1:B"], found.SelectMany(file => file.Modules.Select(module => $"{file.Source.Path}:{module.Name}")));
    }

    private static ParseResult Parse(string path, string text) => Parser.Parse(new SourceText(path, text));

    [Fact]
    public void Types_WhoseNamesDifferInAHyphenOnly_AreKeptApart()
    {
        var linked = Linked.Module("AB-List ::= SEQUENCE OF ABList ABList ::= SEQUENCE { a AB-List }");
        Assert.Empty(linked.Faults);
        Assert.Equal(["ABList", "ABList_"], linked.Result.Modules.SelectMany(module => module.Types).Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.Equal("global::T.M.ABList", ((RecordModel)linked.Type("ABList_")).Components[0].Use.CSharpType);
    }
}
