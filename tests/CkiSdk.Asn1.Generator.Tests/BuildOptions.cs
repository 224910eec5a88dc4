using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Gives the generator the properties that the build makes visible.</summary>
internal sealed class BuildOptions(string rootNamespace, string relax = "") : AnalyzerConfigOptionsProvider
{
    private static readonly AnalyzerConfigOptions None = new Options([]);

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(new(StringComparer.Ordinal) { ["build_property.RootNamespace"] = rootNamespace });

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => None;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        relax.Length == 0 ? None : new Options(new(StringComparer.Ordinal) { ["build_metadata.AdditionalFiles.Relax"] = relax });

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
