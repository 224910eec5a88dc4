namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a value that chooses the type of an open type (X.682 10.7).</summary>
/// <param name="Name">The C# name of a parameter that takes it.</param>
/// <param name="Use">Its type.</param>
public sealed record SelectorModel(string Name, TypeUse Use);
