namespace CkiSdk.Asn1.Dynamic.Tests;

public sealed class Asn1SchemaTests
{
    public static TheoryData<string> Names => OwnModules.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Types_Are_ThoseOfGeneratedCode(string name) =>
        Assert.Equal(DescriptorText.Of(OwnModules.Generated[name]), DescriptorText.Of(OwnModules.Schema.Types[name]));

    [Fact]
    public void Generated_Holds_EveryTypeOfTheModules()
    {
        Assert.DoesNotContain(OwnModules.Schema.Diagnostics, diagnostic => diagnostic.IsError);
        var aliases = OwnModules.Schema.Types.Where(pair => pair.Key != $"{pair.Value.Module}.{pair.Value.Name}").Select(pair => pair.Key);
        Assert.Empty(OwnModules.Schema.Types.Keys.Except(OwnModules.Generated.Keys).Except(aliases));
        Assert.True(OwnModules.Generated.Count > 250);
    }

    [Fact]
    public void Parse_Locates_Faults_AndKeepsTheOtherTypes()
    {
        var schema = Asn1Schema.Parse("M DEFINITIONS ::= BEGIN\nA ::= SEQUENCE { a Nowhere }\nB ::= INTEGER\nEND");
        var fault = Assert.Single(schema.Diagnostics);
        Assert.True(schema.HasErrors);
        Assert.StartsWith("text.asn1(2,20): error CKI", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(TypeKind.Integer, schema.Types["M.B"].Kind);
    }

    [Fact]
    public void Types_Hold_OtherNamesOfTypes()
    {
        var schema = Asn1Schema.Parse("M DEFINITIONS ::= BEGIN A ::= SEQUENCE { n NULL } B ::= A C ::= B END");
        Assert.Same(schema.Types["M.A"], schema.Types["M.B"]);
        Assert.Same(schema.Types["M.A"], schema.Types["M.C"]);
        Assert.True(schema.TryFind("C", out _));
        Assert.False(schema.TryFind("D", out _));
    }
}
