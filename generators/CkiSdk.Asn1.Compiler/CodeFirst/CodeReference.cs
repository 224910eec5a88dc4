namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Is a C# type with a codec, generated or with attributes.</summary>
/// <param name="Namespace">Its namespace; null where C# does not know it yet, because it comes from a module of the same project.</param>
/// <param name="Name">Its name.</param>
public sealed record CodeReference(string? Namespace, string Name);
