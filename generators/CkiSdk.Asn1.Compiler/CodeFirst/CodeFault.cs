namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Tells of a fault or a doubt in a type that is written in C#.</summary>
/// <param name="Code">The code.</param>
/// <param name="IsError">Whether it is an error.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Type">The full C# name of the type.</param>
/// <param name="Member">The C# name of the member; empty for the type itself.</param>
public sealed record CodeFault(string Code, bool IsError, string Message, string Type, string Member);
