using System.Reflection;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Cli.Asn1;

/// <summary>Knows where modules are that others import from: the folders of the files given, what <c>--asn1</c> names, and the built-in modules.</summary>
internal static class Library
{
    /// <summary>Gets the modules that CkiSdk.Asn1.Modules holds the types of.</summary>
    public static IReadOnlyList<ExternalModule> BuiltIn { get; } =
    [
        .. typeof(Certificate).Assembly.GetCustomAttributes<Asn1ModuleAttribute>()
            .Select(module => new ExternalModule(module.Name, module.Oid, module.Space, module.Notation, "CkiSdk.Asn1.Modules")),
    ];

    /// <summary>Returns the files with the modules that given files need from elsewhere, the built-in ones not among them.</summary>
    /// <param name="given">The files given, parsed.</param>
    /// <param name="more">What <c>--asn1</c> names.</param>
    public static IReadOnlyList<ParseResult> Find(IReadOnlyList<ParseResult> given, IReadOnlyList<string> more)
    {
        var candidates = Candidates(given, Beside(given, more)).ToList();
        return candidates.Count == 0 ? [] : new ImportSearch(candidates).Find(given);
    }

    /// <summary>Returns the files of paths and those in the folders of given files, without the given ones.</summary>
    /// <param name="given">The files given, parsed.</param>
    /// <param name="more">The paths.</param>
    public static IEnumerable<string> Beside(IReadOnlyList<ParseResult> given, IReadOnlyList<string> more)
    {
        var known = given.Select(file => Path.GetFullPath(file.Source.Path)).ToHashSet(StringComparer.Ordinal);
        return ModuleFiles.Find(more).Concat(given.Select(file => Folder(file.Source.Path)).Distinct().SelectMany(folder => ModuleFiles.In(folder, recursive: false)))
            .Where(file => known.Add(Path.GetFullPath(file)));
    }

    /// <summary>Returns the built-in modules that no other file defines; other versions of them, told by their object identifiers, may be imported beside them.</summary>
    /// <param name="files">The other files.</param>
    public static IReadOnlyList<ExternalModule> BuiltInBeside(IEnumerable<ParseResult> files)
    {
        var known = files.SelectMany(file => file.Modules).ToLookup(module => module.Name, StringComparer.Ordinal);
        return [.. BuiltIn.Where(module => !known[module.Name].Any(module.IsSame))];
    }

    // Nothing is read where nothing is imported from elsewhere.
    private static IEnumerable<ParseResult> Candidates(IReadOnlyList<ParseResult> given, IEnumerable<string> files)
    {
        var defined = given.SelectMany(file => file.Modules).Select(module => module.Name).ToHashSet(StringComparer.Ordinal);
        var imports = given.SelectMany(file => file.Modules).SelectMany(module => module.Imports).ToList();
        return imports.All(import => import.Oid is null && defined.Contains(import.Module)) ? [] : files.Select(ModuleFiles.Parse);
    }

    private static string Folder(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".";
}
