using CkiSdk.Benchmarks.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Runs the generator over a set of modules, in this process beside the C# parser over what came out, and in new ones.</summary>
internal static class GeneratorRows
{
    private static readonly TimeSpan FromNothing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterAnEdit = TimeSpan.FromMilliseconds(100);

    /// <summary>Gives the rows: everything from nothing, and an edit of one line.</summary>
    public static IEnumerable<Row> All()
    {
        if (ModuleSet.Find() is not { } modules)
            yield break;
        yield return Row.Reads($"generate {modules.Name} in a new process / 2 s", FromNothing, () => NewProcess.Measure().Clean);
        yield return Row.Reads($"generate {modules.Name}, a new process's first edit / 100 ms", AfterAnEdit, () => NewProcess.Measure().Edit);
        var sources = modules.Generate().GeneratedSources.Select(source => source.SourceText).ToList();
        modules.CheckEdit();
        yield return new Row($"generate {modules.Name} / C# parser", 0, 1, () => Sink.Take(modules.Generate()), () => Parse(sources))
        {
            MostNanoseconds = FromNothing.TotalNanoseconds,
        };
        yield return new Row($"generate {modules.Name} after an edit / C# parser", 0, 1, modules.Edit, () => Parse(sources))
        {
            MostNanoseconds = AfterAnEdit.TotalNanoseconds,
        };
    }

    private static void Parse(List<SourceText> sources)
    {
        foreach (var source in sources)
            Sink.Take(CSharpSyntaxTree.ParseText(source).GetRoot());
    }
}
