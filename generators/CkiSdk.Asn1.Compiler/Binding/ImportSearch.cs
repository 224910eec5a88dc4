using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds among many modules those that some files need: what they import, what that imports, and so on.</summary>
public sealed class ImportSearch
{
    private readonly List<Entry> _library = [];

    /// <summary>Takes the files to search, in the order of preference.</summary>
    public ImportSearch(IEnumerable<ParseResult> library)
    {
        foreach (var file in library)
        {
            _library.AddRange(Entries(file, isFound: true));
        }
    }

    /// <summary>Returns the modules that the files import directly or through others, without those that the files define; what is nowhere is left out.</summary>
    public IReadOnlyList<ParseResult> Find(IEnumerable<ParseResult> files)
    {
        var candidates = files.SelectMany(file => Entries(file, isFound: false)).ToList();
        var waiting = new Queue<Entry>(candidates);
        var taken = new HashSet<ModuleSyntax>(candidates.Select(entry => entry.Module), ReferenceComparer<ModuleSyntax>.Instance);
        candidates.AddRange(_library.Where(entry => !taken.Contains(entry.Module)));
        var found = new List<Entry>();
        Entry? Best(ImportSyntax import, Entry importer) =>
            ModuleChoice.Best(import, Scope(importer), candidates, entry => entry.Identity, entry => entry.Nearness(importer));
        OidScope Scope(Entry entry) => new(entry.Module, import => Best(import, entry) is { } source ? Scope(source) : null);
        while (waiting.Count > 0)
        {
            var importer = waiting.Dequeue();
            foreach (var import in importer.Module.Imports)
            {
                if (Best(import, importer) is { } next && taken.Add(next.Module))
                {
                    waiting.Enqueue(next);
                    found.Add(next);
                }
            }
        }

        return [.. found.GroupBy(entry => entry.File).Select(group => group.Key with { Modules = [.. group.Select(entry => entry.Module)], IsFound = true })];
    }

    private static IEnumerable<Entry> Entries(ParseResult file, bool isFound) =>
        file.Modules.Select(module => new Entry(file, module, new ModuleIdentity(module, isFound)));

    private sealed record Entry(ParseResult File, ModuleSyntax Module, ModuleIdentity Identity)
    {
        /// <summary>Says how near the file is to the importer's: the same file, folder, extension.</summary>
        public int Nearness(Entry importer) =>
            ReferenceEquals(File, importer.File) ? 3
            : (Folder(File) == Folder(importer.File) ? 2 : 0) + (Path.GetExtension(File.Source.Path) == Path.GetExtension(importer.File.Source.Path) ? 1 : 0);

        private static string? Folder(ParseResult file) => Path.GetDirectoryName(file.Source.Path);
    }
}
