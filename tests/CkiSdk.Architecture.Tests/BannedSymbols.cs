using System.Xml.Linq;
using CkiSdk.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CkiSdk.Architecture.Tests;

/// <summary>Reads the lists of banned symbols and which projects take them.</summary>
internal static class BannedSymbols
{
    /// <summary>Gets the list that bans I/O, the clock and weak randomness.</summary>
    public const string General = "src/BannedSymbols.txt";

    /// <summary>Gets the list that bans randomness from anywhere but the crypto provider.</summary>
    public const string Randomness = "src/BannedSymbols.Randomness.txt";

    /// <summary>Gets a compilation that knows everything the tests run with, the product's packages included.</summary>
    public static CSharpCompilation Compilation { get; } = CSharpCompilation.Create(
        "Probe",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>Gets the documentation ids that a list bans.</summary>
    public static IEnumerable<string> Entries(string list) =>
        File.ReadLines(Repository.PathOf(list)).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).Select(line => line.Split(';')[0]);

    /// <summary>Gets whether a project has the analyzer and takes the list.</summary>
    public static bool IsWired(string project, string list)
    {
        var document = XDocument.Load(Repository.PathOf($"src/{project}/{project}.csproj"));
        return Includes("PackageReference").Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers")
            && Includes("AdditionalFiles").Contains("../" + Path.GetFileName(list));

        IEnumerable<string> Includes(string element) => document.Descendants(element).Select(item => (string?)item.Attribute("Include") ?? "");
    }
}
