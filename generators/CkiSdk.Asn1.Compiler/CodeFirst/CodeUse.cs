namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Is the type of a property.</summary>
/// <param name="CSharpType">The C# type, without a question mark.</param>
/// <param name="Notation">The type in notation; of a list what stands before its element, and empty where a reference says it all.</param>
/// <param name="Reference">The named type that it refers to; null for none.</param>
/// <param name="Element">The element of a list; null for others.</param>
public sealed record CodeUse(string CSharpType, string Notation, CodeReference? Reference, CodeUse? Element);
