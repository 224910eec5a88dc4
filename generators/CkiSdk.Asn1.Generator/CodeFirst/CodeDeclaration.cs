using CkiSdk.Asn1.Compiler.CodeFirst;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Generator.CodeFirst;

/// <summary>Is a type with an attribute, as far as it can be used, and where its parts stand.</summary>
/// <param name="Type">The type; null where it cannot be used.</param>
/// <param name="Places">The places of the type (empty name) and its members.</param>
/// <param name="Faults">What is wrong with it.</param>
internal sealed record CodeDeclaration(CodeType? Type, EquatableArray<CodeMemberPlace> Places, EquatableArray<CodeFault> Faults);

/// <summary>Says where a type or a member stands.</summary>
internal sealed record CodeMemberPlace(string Type, string Member, CodePlace Place);
