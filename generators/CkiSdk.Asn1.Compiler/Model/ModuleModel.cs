namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is everything to emit for one module.</summary>
public sealed record ModuleModel(string Name, string Namespace, EquatableArray<TypeModel> Types);
