using CkiSdk.TestSupport;
using Microsoft.CodeAnalysis;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows what an edit of a module makes the generator do again, and what not.</summary>
public sealed class IncrementalTests
{
    private const string First = "/m/First.asn1";

    private static readonly (string Path, string Text)[] Modules =
    [
        (First, "First DEFINITIONS ::= BEGIN\n-- A pair.\nPair ::= SEQUENCE { left INTEGER, right INTEGER }\nFlag ::= BOOLEAN\nEND\n"),
        ("/m/Second.asn1", "Second DEFINITIONS ::= BEGIN\nIMPORTS Pair FROM First;\nPairs ::= SEQUENCE OF Pair\nColour ::= ENUMERATED { red, green }\nEND\n"),
    ];

    private static readonly GeneratorRun Before = GeneratorRun.Of(Modules);

    [Fact]
    public void FirstRun_Makes_EverythingNew()
    {
        Assert.Equal(2, Before.Reasons(TrackingNames.Parse)[IncrementalStepRunReason.New]);
        Assert.Equal(4, Before.Reasons(TrackingNames.Types)[IncrementalStepRunReason.New]);
        Assert.Equal(4, Before.Sources.Count());
    }

    [Fact]
    public void SameText_Changes_Nothing()
    {
        var after = Before.Edit(First, "left", "left");
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, after.Reasons(TrackingNames.Types).Keys);
        Assert.All(OutputReasons(after), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void EditOfOneType_Emits_ThatTypeOnly()
    {
        var after = Before.Edit(First, "left INTEGER", "left OCTET STRING");
        Assert.Equal(1, after.Reasons(TrackingNames.Parse)[IncrementalStepRunReason.Modified]);
        Assert.Equal(1, after.Reasons(TrackingNames.Parse)[IncrementalStepRunReason.Cached]);
        Assert.Equal(1, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.Modified]);
        Assert.Equal(3, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.Cached]);
        Assert.Equal(1, OutputReasons(after).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(3, OutputReasons(after).Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.Contains("OctetString Left", Source(after, "Test.First.Pair.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void EditOfAComment_Emits_TheTypeThatShowsIt()
    {
        var after = Before.Edit(First, "-- A pair.", "-- Two numbers.");
        Assert.Equal(1, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.Modified]);
        Assert.Contains("/// Two numbers.", Source(after, "Test.First.Pair.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void CommentOutsideOfTypes_Emits_Nothing()
    {
        var after = Before.Edit(First, "END", "END -- of First");
        Assert.Equal(IncrementalStepRunReason.Unchanged, Assert.Single(after.Reasons(TrackingNames.Link)).Key);
        Assert.All(OutputReasons(after), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void LinesThatMove_Emit_Nothing()
    {
        var after = Before.Edit(First, "BEGIN\n", "BEGIN\n\n-- Two more lines.\n\n");
        Assert.Equal(IncrementalStepRunReason.Unchanged, Assert.Single(after.Reasons(TrackingNames.Link)).Key);
        Assert.All(OutputReasons(after), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void EditOfOneModuleAmongMany_ParsesThatFile_AndEmitsItsTypeOnly()
    {
        (string Path, string Text)[] modules = [.. Directory.GetFiles(Repository.PathOf("asn1"), "*.asn1").Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)))];
        var before = GeneratorRun.Of(modules);
        var after = before.Edit(modules.Single(module => Path.GetFileName(module.Path) == "ANSI-X9-42.asn1").Path, "DHPrivateKey ::= INTEGER", "DHPrivateKey ::= INTEGER (0..MAX)");
        Assert.Equal(1, after.Reasons(TrackingNames.Parse)[IncrementalStepRunReason.Modified]);
        Assert.Equal(modules.Length - 1, after.Reasons(TrackingNames.Parse)[IncrementalStepRunReason.Cached]);
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(after.Reasons(TrackingNames.Link)).Key);
        Assert.Equal(1, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.Modified]);
        Assert.Equal(1, OutputReasons(after).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.All(OutputReasons(after), reason => Assert.True(reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.Cached));
        Assert.Equal(before.Sources.Count(), after.Sources.Count());
    }

    [Fact]
    public void EditOfOneModuleAmongMany_Keeps_TheModelsOfAllThatCannotDependOnIt()
    {
        (string Path, string Text)[] modules = [.. Directory.GetFiles(Repository.PathOf("asn1"), "*.asn1").Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)))];
        var before = GeneratorRun.Of(modules);
        var after = before.Edit(modules.Single(module => Path.GetFileName(module.Path) == "ANSI-X9-42.asn1").Path, "DHPrivateKey ::= INTEGER", "DHPrivateKey ::= INTEGER (0..MAX)");
        var earlier = Models(before).ToHashSet(ReferenceEqualityComparer.Instance);
        Assert.Single(Models(after), model => !earlier.Contains(model));
    }

    [Fact]
    public void NewType_Emits_ThatTypeOnly()
    {
        var after = Before.Edit(First, "-- A pair.", "Aaa ::= SEQUENCE { a NULL }\n-- A pair.");
        Assert.Equal(1, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.New]);
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, after.Reasons(TrackingNames.Types).Keys);
        Assert.Equal(4, OutputReasons(after).Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.Equal(5, after.Sources.Count());
    }

    [Fact]
    public void RemovedType_Emits_Nothing()
    {
        var after = Before.Edit(First, "Flag ::= BOOLEAN\n", "");
        Assert.Equal(3, after.Sources.Count());
        Assert.Equal(3, OutputReasons(after).Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, OutputReasons(after));
    }

    [Fact]
    public void EditOfCSharp_Runs_NoStep()
    {
        var after = Before.WithCSharp("class C;").WithCSharp("class D;");
        foreach (var step in new[] { TrackingNames.Parse, TrackingNames.RootNamespace, TrackingNames.Link, TrackingNames.Types, TrackingNames.Modules })
        {
            Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(after.Reasons(step)).Key);
        }

        Assert.All(OutputReasons(after), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void Steps_Hand_NoObjectOfRoslynOn()
    {
        var values = new[] { TrackingNames.Parse, TrackingNames.ReferencedModules, TrackingNames.Link, TrackingNames.Types, TrackingNames.Modules }
            .Where(Before.Result.TrackedSteps.ContainsKey)
            .SelectMany(step => Before.Result.TrackedSteps[step]).SelectMany(run => run.Outputs).Select(output => output.Value);
        Assert.Empty(Reachable.From(values).Where(type => type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void TwoRuns_Give_TheSameSources()
    {
        var again = GeneratorRun.Of([.. Modules.Reverse()]);
        Assert.Equal(
            Before.Result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString())).Order(),
            again.Result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString())).Order());
    }

    [Fact]
    public void ImportedType_Changes_ItsUsersInOtherModules()
    {
        var after = Before.Edit(First, "Pair ::= SEQUENCE", "Pair ::= [1] SEQUENCE");
        Assert.Equal(2, after.Reasons(TrackingNames.Types)[IncrementalStepRunReason.Modified]);
        Assert.Contains("Tag.Context(1, true)", Source(after, "Test.Second.Pairs.g.cs"), StringComparison.Ordinal);
        Assert.Empty(after.CompilerDiagnostics);
    }

    [Fact]
    public void ErrorAndItsRepair_Give_TheSameSourcesAgain()
    {
        var broken = Before.Edit(First, "left INTEGER", "left INTEGR");
        Assert.Contains("CKI0101", Assert.Single(broken.Faults), StringComparison.Ordinal);
        var repaired = broken.Edit(First, "INTEGR", "INTEGER");
        Assert.Empty(repaired.Faults);
        Assert.Equal(Before.Result.GeneratedSources.Select(source => source.SourceText.ToString()), repaired.Result.GeneratedSources.Select(source => source.SourceText.ToString()));
    }

    private static IEnumerable<object> Models(GeneratorRun run) => run.Result.TrackedSteps[TrackingNames.Types].SelectMany(step => step.Outputs).Select(output => output.Value);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRun run) => run.Result.TrackedOutputSteps["SourceOutput"]
        .Where(step => step.Inputs.Any(input => input.Source.Name == TrackingNames.Types)).SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static string Source(GeneratorRun run, string name) => run.Result.GeneratedSources.Single(source => source.HintName == name).SourceText.ToString();
}
