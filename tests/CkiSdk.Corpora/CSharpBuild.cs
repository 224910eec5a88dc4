using CkiSdk.Asn1;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CkiSdk.Corpora;

/// <summary>Compiles generated C# in memory.</summary>
internal static class CSharpBuild
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Corpus",
        references: References(),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    /// <summary>Returns the first warning or error with the number of all, null where there is none.</summary>
    public static string? Compile(LinkResult linked)
    {
        var trees = linked.Modules.SelectMany(module => module.Types).AsParallel()
            .Select(type => CSharpSyntaxTree.ParseText(TypeEmitter.Emit(type), Language, TypeEmitter.FileName(type)));
        var faults = Empty.AddSyntaxTrees(trees).GetDiagnostics().Where(fault => fault.Severity >= DiagnosticSeverity.Warning).ToList();
        return faults.Count == 0 ? null : $"{faults.Count} times {faults[0]}";
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || file == typeof(Der).Assembly.Location)
            .Select(file => MetadataReference.CreateFromFile(file));
}
