using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Dynamic;

/// <summary>Holds modules that were compiled at run time, without C#: their types and what is to be said about them.</summary>
public sealed class Asn1Schema
{
    // The models name C# types; here they only tell modules apart.
    private const string Root = "Schema";

    private readonly Dictionary<string, TypeDescriptor> _types = new(StringComparer.Ordinal);

    private Asn1Schema(IReadOnlyList<ParseResult> files)
    {
        var result = Linker.Link(files, Root);
        Diagnostics = [.. files.SelectMany(file => file.Diagnostics), .. result.Diagnostics];
        var factory = new DescriptorFactory(result.Modules.SelectMany(module => module.Types));
        foreach (var module in result.Modules)
        {
            foreach (var type in module.Types.Where(type => DescriptorFactory.IsDescribed(type)))
            {
                _types.TryAdd($"{module.Name}.{type.Asn1Name}", factory.Get(type));
            }
        }

        foreach (var (module, alias) in result.Modules.SelectMany(module => module.Aliases.Select(alias => (module, alias))))
        {
            if (factory.Find(alias.FullName) is { } target)
            {
                _types.TryAdd($"{module.Name}.{alias.Asn1Name}", target);
            }
        }
    }

    /// <summary>Gets what the compiler has to say, errors and warnings; types that have errors in them are not among the types.</summary>
    public IReadOnlyList<Asn1Diagnostic> Diagnostics { get; }

    /// <summary>Gets a value indicating whether any of it is an error.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.IsError);

    /// <summary>Gets the types by <c>Module.Type</c>; inner types have the names that C# would give them.</summary>
    public IReadOnlyDictionary<string, TypeDescriptor> Types => _types;

    /// <summary>Compiles files.</summary>
    /// <param name="files">Their paths.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Asn1Schema Load(IEnumerable<string> files) => Parse(files.Select(file => (file, File.ReadAllText(file))));

    /// <summary>Compiles texts.</summary>
    /// <param name="texts">Each with the path that diagnostics show.</param>
    public static Asn1Schema Parse(IEnumerable<(string Path, string Text)> texts) =>
        new([.. texts.Select(text => Parser.Parse(new SourceText(text.Path, text.Text)))]);

    /// <summary>Compiles what was parsed already.</summary>
    /// <param name="files">The parsed files.</param>
    public static Asn1Schema Link(IEnumerable<ParseResult> files) => new([.. files]);

    /// <summary>Compiles one text.</summary>
    /// <param name="text">The text of one or more modules.</param>
    public static Asn1Schema Parse(string text) => Parse([("text.asn1", text)]);

    /// <summary>Finds a type by <c>Module.Type</c>, or by its name alone where only one module has it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type; null where there is none, or more than one.</param>
    public bool TryFind(string name, [NotNullWhen(true)] out TypeDescriptor? type)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_types.TryGetValue(name, out type))
        {
            return true;
        }

        var found = _types.Where(pair => pair.Key.EndsWith("." + name, StringComparison.Ordinal)).Take(2).ToList();
        type = found.Count == 1 ? found[0].Value : null;
        return type is not null;
    }
}
