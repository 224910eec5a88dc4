using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Is a set of modules with an edit of one line: RFC 5912's where the corpora are, else those of asn1/.</summary>
internal sealed class ModuleSet
{
    private const string Line = "::= SEQUENCE {";

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Modules");

    private readonly List<Module> _files;
    private (Module Now, Module Next) _texts;
    private GeneratorDriver _driver;

    private ModuleSet(string name, List<Module> files)
    {
        (Name, _files) = (name, files);
        _driver = Driver();
        var before = files.First(file => file.Text.Contains(Line, StringComparison.Ordinal));
        _texts = (before, new Module(before.Path, before.Text.Insert(before.Text.IndexOf(Line, StringComparison.Ordinal) + Line.Length, " added NULL OPTIONAL,")));
    }

    /// <summary>Gets what the rows call the set.</summary>
    public string Name { get; }

    /// <summary>Finds the set; null where there is none.</summary>
    public static ModuleSet? Find()
    {
        var corpora = Environment.GetEnvironmentVariable("CKI_CORPORA");
        var project = corpora is null ? "" : Path.Combine(corpora, "asn1/projects/IETF_PKI_RFC5912");
        var own = Path.Combine(Environment.CurrentDirectory, "asn1");
        var (name, folder) = Directory.Exists(project) ? ("RFC 5912", project) : ("asn1/", own);
        return !Directory.Exists(folder) ? null
            : new ModuleSet(name, [.. Directory.EnumerateFiles(folder, "*.asn*").Order(StringComparer.Ordinal).Select(file => new Module(Path.ChangeExtension(file, ".asn1"), File.ReadAllText(file)))]);
    }

    /// <summary>Runs a new generator and returns what came out.</summary>
    public GeneratorRunResult Generate() => Driver().RunGenerators(Empty).GetRunResult().Results.Single();

    /// <summary>Runs the generator that the edits are for, from nothing.</summary>
    public void Begin() => _driver = Driver().RunGenerators(Empty);

    /// <summary>Makes the edit, or takes it back.</summary>
    public void Edit()
    {
        _driver = _driver.ReplaceAdditionalText(_texts.Now, _texts.Next).RunGenerators(Empty);
        _texts = (_texts.Next, _texts.Now);
    }

    /// <summary>Makes sure that the edit is one of a sound module that changes what comes out.</summary>
    public void CheckEdit()
    {
        Begin();
        var before = _driver.GetRunResult();
        Edit();
        var after = _driver.GetRunResult();
        if (after.Diagnostics.Any(fault => fault.Severity == DiagnosticSeverity.Error) || after.GeneratedTrees.All(before.GeneratedTrees.Contains))
            throw new InvalidOperationException("The edit makes an error, or changes nothing.");
        Edit();
    }

    private CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create([new Asn1Generator().AsSourceGenerator()], _files, optionsProvider: new NoOptions());

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
