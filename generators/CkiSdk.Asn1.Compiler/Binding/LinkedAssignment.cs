using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is what linking made of an assignment.</summary>
/// <param name="Models">The types: its own and those inside.</param>
/// <param name="Hoisted">The names that it asked for inner types, with those that it got.</param>
/// <param name="Alias">What a mere other name stands for; null for anything else.</param>
/// <param name="Value">Its value; null for other assignments.</param>
internal sealed record LinkedAssignment(IReadOnlyList<TypeModel> Models, IReadOnlyList<(string Wanted, string Got)> Hoisted, AliasModel? Alias, ValueModel? Value);

/// <summary>Is a module that was linked.</summary>
/// <param name="Unit">The module.</param>
/// <param name="Head">Everything besides the assignments that they can depend on.</param>
/// <param name="Assignments">What was made of each assignment.</param>
internal sealed record LinkedModule(ModuleUnit Unit, string Head, IReadOnlyDictionary<AssignmentSyntax, LinkedAssignment> Assignments);
