namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is everything to emit for one module.</summary>
/// <param name="Name">The module's name.</param>
/// <param name="Oid">Its object identifier in dotted form; empty for none.</param>
/// <param name="Namespace">The C# namespace of its types.</param>
/// <param name="BareText">Its text without comments, for the modules of other assemblies that import from it.</param>
/// <param name="Types">Its types.</param>
public sealed record ModuleModel(string Name, string Oid, string Namespace, string BareText, EquatableArray<TypeModel> Types)
{
    /// <summary>Gets the names that stand for another type and nothing more.</summary>
    public EquatableArray<AliasModel> Aliases { get; init; }

    /// <summary>Gets what sets the generated file's name apart from another that differs in the case of letters only; empty for most.</summary>
    public string FileSuffix { get; init; } = string.Empty;
}
