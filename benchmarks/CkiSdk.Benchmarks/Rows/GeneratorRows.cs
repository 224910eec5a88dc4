using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1.Generator;
using CkiSdk.Benchmarks.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Runs the generator over a set of modules: RFC 5912's where the corpora are, else those of asn1/. Beside it stands the C# parser over what came out.</summary>
internal static class GeneratorRows
{
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Modules");

    /// <summary>Gives the rows: everything from nothing, and an edit that changes one type.</summary>
    public static IEnumerable<Row> All()
    {
        var (name, files) = Files();
        if (files.Count == 0)
            yield break;
        var clean = Driver(files).RunGenerators(Empty);
        var sources = clean.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText).ToList();
        var before = files.First(file => file.Text.Contains("OCTET STRING", StringComparison.Ordinal));
        var after = new Module(before.Path, before.Text[..before.Text.IndexOf("OCTET STRING", StringComparison.Ordinal)] + "IA5String"
            + before.Text[(before.Text.IndexOf("OCTET STRING", StringComparison.Ordinal) + "OCTET STRING".Length)..]);
        yield return new Row($"generate {name} / C# parser", 0, 1, () => Sink.Take(Driver(files).RunGenerators(Empty)), () => Parse(sources))
        {
            MostNanoseconds = 2e9,
        };
        var edited = new Edited(clean, before, after);
        yield return new Row($"generate {name} after an edit / C# parser", 0, 1, edited.Toggle, () => Parse(sources))
        {
            MostNanoseconds = 1e8,
        };
    }

    private static void Parse(List<SourceText> sources)
    {
        foreach (var source in sources)
            Sink.Take(CSharpSyntaxTree.ParseText(source).GetRoot());
    }

    private static CSharpGeneratorDriver Driver(IEnumerable<Module> files) =>
        CSharpGeneratorDriver.Create([new Asn1Generator().AsSourceGenerator()], files, optionsProvider: new NoOptions());

    private static (string Name, List<Module> Files) Files()
    {
        var corpora = Environment.GetEnvironmentVariable("CKI_CORPORA");
        var project = corpora is null ? "" : Path.Combine(corpora, "asn1/projects/IETF_PKI_RFC5912");
        var own = Path.Combine(Environment.CurrentDirectory, "asn1");
        var (name, folder) = Directory.Exists(project) ? ("RFC 5912", project) : ("asn1/", own);
        return (name, !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*.asn*").Order(StringComparer.Ordinal).Select(file => new Module(Path.ChangeExtension(file, ".asn1"), File.ReadAllText(file)))]);
    }

    // Goes to and fro between two texts of one module.
    private sealed class Edited(GeneratorDriver driver, Module before, Module after)
    {
        private GeneratorDriver _driver = driver;
        private (Module Now, Module Next) _texts = (before, after);

        public void Toggle()
        {
            _driver = _driver.ReplaceAdditionalText(_texts.Now, _texts.Next).RunGenerators(Empty);
            _texts = (_texts.Next, _texts.Now);
        }
    }

    private sealed class Module(string path, string text) : AdditionalText
    {
        private readonly SourceText _source = SourceText.From(text);

        public override string Path => path;

        public string Text => text;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _source;
    }

    private sealed class NoOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new None();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class None : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = null;
                return false;
            }
        }
    }
}
