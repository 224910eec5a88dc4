using System.Globalization;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows that the names of generated files suit every file system: short, the same in each run, and apart in more than the case of letters.</summary>
public sealed class HintNameTests
{
    private static readonly string Long = "A-very" + string.Concat(Enumerable.Range(0, 12).Select(i => string.Create(CultureInfo.InvariantCulture, $"-long-name-{i}")));

    [Fact]
    public void LongNames_AreShortened_AndStayApart()
    {
        // Inner types have the names of all that is around them; the last two differ at the end, and in the case of letters only.
        var text = $"Long DEFINITIONS AUTOMATIC TAGS ::= BEGIN\n{Long} ::= SEQUENCE {{ {Low(Long)} SEQUENCE {{ {Low(Long)} CHOICE {{ a ENUMERATED {{ x }} }} }} }}\n{Long}-x ::= NULL {Long}-X ::= BOOLEAN {Long}-y ::= NULL\nEND\n";
        var run = GeneratorRun.Of(("/m/Long.asn1", text));
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Empty(run.Faults);
        Assert.Equal(7, run.Sources.Count());
        Check(run);
        Assert.Equal(run.Result.GeneratedSources.Select(source => source.HintName), GeneratorRun.Of(("/m/Long.asn1", text)).Result.GeneratedSources.Select(source => source.HintName));
    }

    [Fact]
    public void ModulesWithLongNames_HaveFiles()
    {
        var run = GeneratorRun.Of(($"/m/1.asn1", $"{Long} DEFINITIONS ::= BEGIN A ::= NULL END\n"), ("/m/2.asn1", $"{Long}-2 DEFINITIONS ::= BEGIN A ::= NULL END\n"));
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Equal(4, run.Result.GeneratedSources.Length);
        Check(run);
    }

    [Fact]
    public void ModulesThatDifferInCaseOnly_HaveFilesOfTheirOwn()
    {
        var run = GeneratorRun.Of(("/m/1.asn1", "Foo DEFINITIONS ::= BEGIN A ::= NULL END\n"), ("/m/2.asn1", "FOO DEFINITIONS ::= BEGIN A ::= NULL Aa ::= NULL AA ::= REAL END\n"));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Equal(6, run.Result.GeneratedSources.Length);
        Check(run);
    }

    private static void Check(GeneratorRun run)
    {
        var names = run.Result.GeneratedSources.Select(source => source.HintName).ToList();
        Assert.All(names, name => Assert.InRange(name.Length, 1, 125));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static string Low(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
