namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Says that a type is written in C# already (code first): its codec is emitted, but not its declaration and properties.</summary>
/// <param name="Keyword">The words before its name in a partial declaration.</param>
/// <param name="Constructor">The members that its constructor takes, in order; all others are set behind it.</param>
public sealed record OwnType(string Keyword, EquatableArray<string> Constructor);
