using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;

namespace CkiSdk.Cli.Asn1;

/// <summary>Holds the modules that a command line names, linked with those that they import from.</summary>
internal sealed class ModuleProject
{
    private ModuleProject(IReadOnlyList<ParseResult> given, LinkResult linked)
    {
        Linked = linked;
        var order = given.Select((file, index) => (file.Source.Path, index)).ToDictionary(pair => pair.Path, pair => pair.index, StringComparer.Ordinal);
        Diagnostics =
        [
            .. given.SelectMany(file => file.Diagnostics).Concat(linked.Diagnostics)
                .Where(diagnostic => order.ContainsKey(diagnostic.Path))
                .OrderBy(diagnostic => order[diagnostic.Path]).ThenBy(diagnostic => diagnostic.Span.Start),
        ];
        Files = given.Count;
        Modules = given.Sum(file => file.Modules.Count);
    }

    /// <summary>Gets the models of the modules given and of those that they import from, the built-in ones left out.</summary>
    public LinkResult Linked { get; }

    /// <summary>Gets what is to be said about the files given, in their order.</summary>
    public IReadOnlyList<Asn1Diagnostic> Diagnostics { get; }

    /// <summary>Gets the number of files given.</summary>
    public int Files { get; }

    /// <summary>Gets the number of modules in them.</summary>
    public int Modules { get; }

    /// <summary>Reads and links.</summary>
    /// <param name="paths">The files and folders given.</param>
    /// <param name="more">Where to look for other modules.</param>
    /// <param name="rootNamespace">The namespace under which each module gets its own.</param>
    public static ModuleProject Open(IReadOnlyList<string> paths, IReadOnlyList<string> more, string rootNamespace)
    {
        var given = ModuleFiles.Find(paths).Select(ModuleFiles.Parse).ToList();
        List<ParseResult> files = [.. given, .. Library.Find(given, more)];
        return new ModuleProject(given, Linker.Link(files, rootNamespace, Library.BuiltInBeside(files)));
    }
}
