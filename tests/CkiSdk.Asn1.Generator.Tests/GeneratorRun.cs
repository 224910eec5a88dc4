using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Runs the generator over modules in memory, and again over changed ones.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Project",
        references: References(),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    private readonly GeneratorDriver _driver;
    private readonly ModuleText[] _modules;
    private readonly CSharpCompilation _input;

    private GeneratorRun(GeneratorDriver driver, ModuleText[] modules, CSharpCompilation input)
    {
        (_modules, _input) = (modules, input);
        _driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out _);
        Output = output;
        Result = _driver.GetRunResult().Results.Single();
    }

    /// <summary>Gets the compilation with the generated sources.</summary>
    public Compilation Output { get; }

    /// <summary>Gets what the generator gave.</summary>
    public GeneratorRunResult Result { get; }

    /// <summary>Gets the diagnostics of the generator as the build would print them.</summary>
    public IEnumerable<string> Faults => Result.Diagnostics.Select(fault =>
    {
        var place = fault.Location.GetLineSpan();
        return $"{place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {fault.Severity.ToString().ToLowerInvariant()} {fault.Id}: {fault.GetMessage()}";
    });

    /// <summary>Gets what the C# compiler says to the generated sources.</summary>
    public IEnumerable<Diagnostic> CompilerDiagnostics => Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    /// <summary>Gets the names of the generated types, without their namespaces' root.</summary>
    public IEnumerable<string> Types => Sources.Select(source => source.HintName["Test.".Length..^".g.cs".Length]);

    /// <summary>Gets the sources of types, without those of the modules' attributes.</summary>
    public IEnumerable<GeneratedSourceResult> Sources => Result.GeneratedSources.Where(source => !source.HintName.EndsWith(".asn1-module.g.cs", StringComparison.Ordinal));

    /// <summary>Runs a new generator.</summary>
    public static GeneratorRun Of(params (string Path, string Text)[] modules) => Of(Empty, modules);

    /// <summary>Runs a new generator in a project that references others.</summary>
    public static GeneratorRun Of(IEnumerable<MetadataReference> references, params (string Path, string Text)[] modules) =>
        Of(Empty.AddReferences(references), modules);

    /// <summary>Runs a new generator in a project with C# of its own, each file with its path.</summary>
    public static GeneratorRun OfCode((string Path, string Text)[] code, params (string Path, string Text)[] modules) =>
        OfCode(code, [], modules);

    /// <summary>Runs a new generator in a project with C# of its own and references.</summary>
    public static GeneratorRun OfCode((string Path, string Text)[] code, IEnumerable<MetadataReference> references, params (string Path, string Text)[] modules) =>
        Of(Empty.AddReferences(references).AddSyntaxTrees(code.Select(file => CSharpSyntaxTree.ParseText(file.Text, Language, file.Path)).ToArray()), modules);

    /// <summary>Runs a new generator in a project that says something of its modules.</summary>
    public static GeneratorRun Of(BuildOptions options, params (string Path, string Text)[] modules) => Of(Empty, modules, options);

    private static GeneratorRun Of(CSharpCompilation project, (string Path, string Text)[] modules, BuildOptions? options = null)
    {
        var input = project.WithAssemblyName("P." + string.Join('.', modules.Select(module => Path.GetFileNameWithoutExtension(module.Path))));
        var texts = modules.Select(module => new ModuleText(module.Path, module.Text)).ToArray();
        var driver = CSharpGeneratorDriver.Create(
            [new Asn1Generator().AsSourceGenerator()],
            texts,
            Language,
            options ?? new BuildOptions("Test"),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new GeneratorRun(driver, texts, input);
    }

    /// <summary>Runs the same generator after an edit of one module.</summary>
    public GeneratorRun Edit(string path, string before, string after)
    {
        var old = _modules.Single(module => module.Path == path);
        var text = old.GetText().ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        var changed = new ModuleText(path, text.Replace(before, after, StringComparison.Ordinal));
        return new GeneratorRun(_driver.ReplaceAdditionalText(old, changed), [.. _modules.Select(module => module == old ? changed : module)], _input);
    }

    /// <summary>Runs the same generator after C# was added to the project.</summary>
    public GeneratorRun WithCSharp(string code) => new(_driver, _modules, _input.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, Language)));

    /// <summary>Runs the same generator after an edit of a C# file.</summary>
    public GeneratorRun EditCode(string path, string before, string after)
    {
        var old = _input.SyntaxTrees.Single(tree => tree.FilePath == path);
        var text = old.ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        var changed = CSharpSyntaxTree.ParseText(text.Replace(before, after, StringComparison.Ordinal), Language, path);
        return new GeneratorRun(_driver, _modules, _input.ReplaceSyntaxTree(old, changed));
    }

    /// <summary>Returns the project as another project sees it: the file that the build made, or the project open in an editor.</summary>
    public MetadataReference ToReference(bool asFile)
    {
        if (!asFile)
        {
            return Output.ToMetadataReference();
        }

        using var file = new MemoryStream();
        var emitted = Output.Emit(file);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(file.ToArray());
    }

    /// <summary>Returns how often the outputs of a step came about for each reason.</summary>
    public Dictionary<IncrementalStepRunReason, int> Reasons(string step) => Result.TrackedSteps[step]
        .SelectMany(run => run.Outputs).GroupBy(output => output.Reason).ToDictionary(group => group.Key, group => group.Count());

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || file == typeof(Der).Assembly.Location)
            .Select(file => MetadataReference.CreateFromFile(file));
}
