namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Is a component, an alternative or an item of a type that is written in C#.</summary>
/// <param name="Name">The C# name: of the property, the nested record, or the item.</param>
/// <param name="Property">The property that holds the value: the same name, or that of the nested record's property; empty for none.</param>
/// <param name="Asn1Name">The identifier.</param>
/// <param name="Tag">Its tag in notation; empty for none.</param>
/// <param name="Use">Its type; null for an item and for an alternative without a value.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
/// <param name="Default">Its default, or the number of an item, in notation; empty for none.</param>
public sealed record CodeMember(string Name, string Property, string Asn1Name, string Tag, CodeUse? Use, bool IsOptional, string Default);
