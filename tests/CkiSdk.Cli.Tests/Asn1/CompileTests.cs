using CkiSdk.Asn1.Generator;
using CkiSdk.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Cli.Tests.Asn1;

/// <summary>Shows that <c>cki asn1 compile</c> writes the C# that the generator adds to a project.</summary>
public sealed class CompileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_Are_ThoseOfTheGenerator()
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync(
            ["asn1", "compile", Repository.PathOf("asn1"), "--output", _folder.PathOf("out"), "--namespace", "Asn1Modules"]);
        Assert.True(code == 0 && !output.Contains("error", StringComparison.Ordinal), output + error);
        var written = Directory.EnumerateFiles(_folder.PathOf("out")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        var generated = Generate(Directory.EnumerateFiles(Repository.PathOf("asn1"), "*.asn1").Order(StringComparer.Ordinal));
        Assert.Equal(generated.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        Assert.All(generated, source => Assert.Equal(source.Value, written[source.Key]));
        Assert.Equal($"{written.Count} files written to {_folder.PathOf("out")}\n", error);
    }

    [Theory]
    [InlineData("an import that leads nowhere", "IMPORTS X FROM Nowhere; A ::= NULL", "error CKI0201")]
    [InlineData("an unknown name", "A ::= Missing", "error CKI0101")]
    public async Task Errors_End_WithOne_AndNothingIsWritten(string description, string body, string message)
    {
        _folder.WriteText("Bad.asn1", $"Bad DEFINITIONS ::= BEGIN\nGood ::= NULL {body}\nEND\n");
        var (code, output, _) = await CkiProgram.RunInsideAsync(["asn1", "compile", _folder.FullPath, "--output", _folder.PathOf("out"), "--namespace", "N"]);
        Assert.True(code == 1 && output.Contains(message, StringComparison.Ordinal), $"{description}: {code} {output}");
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    [Fact]
    public async Task ImportedModules_AreCompiled_Too()
    {
        _folder.WriteText("a/User.asn1", "User DEFINITIONS ::= BEGIN\nIMPORTS Key FROM Good;\nKeys ::= SEQUENCE OF Key\nEND\n");
        _folder.WriteText("b/Good.asn1", "Good DEFINITIONS ::= BEGIN\nKey ::= OCTET STRING\nEND\n");
        _folder.WriteText("b/Other.asn1", "Other DEFINITIONS ::= BEGIN\nKey ::= OCTET STRING\nEND\n");
        var (code, _, error) = await CkiProgram.RunInsideAsync(
            ["asn1", "compile", _folder.PathOf("a/User.asn1"), "--asn1", _folder.PathOf("b"), "--output", _folder.PathOf("out"), "--namespace", "N.M"]);
        Assert.True(code == 0, error);
        Assert.Equal(
            ["N.M.Good.Key.g.cs", "N.M.Good.asn1-module.g.cs", "N.M.User.Keys.g.cs", "N.M.User.asn1-module.g.cs"],
            Directory.EnumerateFiles(_folder.PathOf("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task LongNames_HaveFiles()
    {
        var name = "HandoverToUTRANCommand" + new string('x', 200);
        _folder.WriteText("Long.asn1", $"Long DEFINITIONS ::= BEGIN\n{name} ::= SEQUENCE {{ a SEQUENCE {{ b NULL }} }}\n{name}y ::= NULL\nEND\n");
        var (code, _, error) = await CkiProgram.RunInsideAsync(["asn1", "compile", _folder.PathOf("Long.asn1"), "--output", _folder.PathOf("out"), "--namespace", "N"]);
        Assert.True(code == 0, error);
        var files = Directory.EnumerateFiles(_folder.PathOf("out")).Select(file => Path.GetFileName(file)!).ToList();
        Assert.Equal(4, files.Count);
        Assert.All(files, file => Assert.InRange(file.Length, 1, 125));
    }

    [Theory]
    [InlineData("no folder", "'--output' is required", "--namespace", "N")]
    [InlineData("no namespace", "'--namespace' is required", "--output", "/proc/x")]
    [InlineData("a namespace with a blank", "is no C# namespace", "--output", "/proc/x", "--namespace", "a b")]
    [InlineData("a namespace that begins with a digit", "is no C# namespace", "--output", "/proc/x", "--namespace", "a.1")]
    [InlineData("a folder that cannot be made", "The folder /proc/x cannot be used", "--output", "/proc/x", "--namespace", "N")]
    public async Task WrongUse_Ends_WithTwo(string description, string message, params string[] args)
    {
        _folder.WriteText("Good.asn1", "Good DEFINITIONS ::= BEGIN\nKey ::= OCTET STRING\nEND\n");
        var (code, _, error) = await CkiProgram.RunInsideAsync(["asn1", "compile", _folder.FullPath, .. args]);
        Assert.True(code == 2, $"{description}: {code}");
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Generate(IEnumerable<string> files)
    {
        var driver = CSharpGeneratorDriver.Create([new Asn1Generator().AsSourceGenerator()], files.Select(file => new Module(file)), optionsProvider: new NoOptions());
        var result = driver.RunGenerators(CSharpCompilation.Create("Project"), TestContext.Current.CancellationToken).GetRunResult();
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return result.Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
    }

    private sealed class Module(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }

    private sealed class NoOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new None();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class None : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = null;
                return false;
            }
        }
    }
}
