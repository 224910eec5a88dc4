namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a mere other name of a type, which C# has no type for.</summary>
/// <param name="Asn1Name">The name in its module.</param>
/// <param name="FullName">The full C# name of the type.</param>
public sealed record AliasModel(string Asn1Name, string FullName);
