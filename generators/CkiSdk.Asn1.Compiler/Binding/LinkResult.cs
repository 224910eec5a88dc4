using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is what linking gives: a model per module, and the diagnostics.</summary>
/// <param name="Modules">The models.</param>
/// <param name="Diagnostics">What was found wrong or doubtful.</param>
public sealed record LinkResult(EquatableArray<ModuleModel> Modules, EquatableArray<Asn1Diagnostic> Diagnostics);
