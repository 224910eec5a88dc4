using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is what a module is known by: its name and, where it has one, its object identifier.</summary>
internal sealed class ModuleIdentity(ModuleSyntax module, bool isFound)
{
    private readonly HashSet<string> _names = new(
        module.Assignments.Select(assignment => assignment.Name).Concat(module.Imports.SelectMany(import => import.Symbols).Select(symbol => symbol.Name))
            .Where(name => module.Exports is null || module.Exports.Any(export => export.Name == name)),
        StringComparer.Ordinal);

    /// <summary>Gets whether the module was not given, but found where imports are looked for.</summary>
    public bool IsFound => isFound;

    /// <summary>Gets the name.</summary>
    public string Name => module.Name;

    /// <summary>Gets the object identifier; null where none is written.</summary>
    public ModuleOid? Oid { get; } = ModuleOid.Read(module.Oid, new OidScope(module, _ => null));

    /// <summary>Says whether the module offers every name that is imported.</summary>
    public bool Defines(ImportSyntax import) => import.Symbols.All(symbol => _names.Contains(symbol.Name) || BuiltinTypes.Find(symbol.Name) is not null);
}
