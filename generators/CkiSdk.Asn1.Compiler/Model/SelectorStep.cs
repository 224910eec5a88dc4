namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is one component on the way to a selector.</summary>
/// <param name="Asn1Name">The identifier in the module.</param>
/// <param name="Name">The C# name of the property.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
/// <param name="Alternative">The full C# name of the record, where the component is an alternative of a choice; else null.</param>
public sealed record SelectorStep(string Asn1Name, string Name, bool IsOptional, string? Alternative);
