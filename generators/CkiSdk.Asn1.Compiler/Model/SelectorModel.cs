namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a value that chooses the type of an open type (X.682 10.7).</summary>
/// <param name="Name">The C# name of a parameter that takes it.</param>
/// <param name="Use">Its type.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
/// <param name="Inner">Where its type is a struct around another: the C# types inside, from the outside in; none for most.</param>
public sealed record SelectorModel(string Name, TypeUse Use, bool IsOptional, EquatableArray<string> Inner);
