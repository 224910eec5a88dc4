using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is what a linking gave for each assignment, with what it depended on.</summary>
/// <param name="Externals">The modules of referenced assemblies.</param>
/// <param name="Modules">The modules in their order.</param>
/// <param name="Uses">Which assignments use which names.</param>
/// <param name="Doubtful">The names of assignments of which something was reported: what is said must be said again.</param>
/// <param name="Lowered">The models with their conditions, by the models without.</param>
internal sealed record LinkState(
    IReadOnlyList<ExternalModule> Externals, IReadOnlyList<LinkedModule> Modules, NameUses Uses, IReadOnlyCollection<string> Doubtful,
    IReadOnlyDictionary<TypeModel, TypeModel> Lowered);
