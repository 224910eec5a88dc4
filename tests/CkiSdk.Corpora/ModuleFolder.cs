using System.Text;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Corpora;

/// <summary>Holds the modules of one folder, parsed, and checks one of its files with the imports that it needs from the others.</summary>
internal sealed class ModuleFolder
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, ParseResult> _files;
    private readonly ImportSearch _imports;

    private ModuleFolder(Dictionary<string, ParseResult> files)
    {
        _files = files;
        _imports = new ImportSearch(Files);
    }

    /// <summary>Gets the files in the order of their names.</summary>
    public IEnumerable<ParseResult> Files => _files.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value);

    /// <summary>Gets the names of the files in order.</summary>
    public IEnumerable<string> Names => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads every .asn and .asn1 file of a folder; files with the suffix .set.asn are lists of others.</summary>
    public static ModuleFolder Read(string folder) => new(Directory.EnumerateFiles(folder)
        .Where(file => Path.GetExtension(file) is ".asn" or ".asn1" && !Path.GetFileNameWithoutExtension(file).EndsWith(".set", StringComparison.Ordinal))
        .AsParallel()
        .ToDictionary(file => Path.GetFileName(file), file => Parser.Parse(new SourceText(Path.GetFileName(file), Text(file))), StringComparer.Ordinal));

    /// <summary>Says whether the folder has a file.</summary>
    public bool Has(string file) => _files.ContainsKey(file);

    /// <summary>Returns everything that is said of one file when it is linked with its imports.</summary>
    public IReadOnlyList<Asn1Diagnostic> Check(string file)
    {
        var root = _files[file];
        var linked = Linker.Link([root, .. _imports.Find([root])], "Corpus");
        return [.. root.Diagnostics, .. linked.Diagnostics.Where(fault => fault.Path == root.Source.Path)];
    }

    private static string Text(string file)
    {
        var octets = File.ReadAllBytes(file);
        try
        {
            return Strict.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(octets);
        }
    }
}
