using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Is what linking modules and types written in C# gives.</summary>
/// <param name="Result">The models, and the diagnostics of the modules.</param>
/// <param name="Faults">What is wrong or doubtful in the types.</param>
public sealed record CodeLinkResult(LinkResult Result, EquatableArray<CodeFault> Faults);
