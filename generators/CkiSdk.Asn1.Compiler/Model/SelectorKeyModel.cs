namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is the value of a selector that an object of the set has.</summary>
/// <param name="Expression">The C# expression of the value.</param>
/// <param name="ObjectIdentifier">The value in dotted form, where it is an object identifier; else null.</param>
/// <param name="Number">The value, where it is an integer or an item of an enumeration; else null.</param>
public sealed record SelectorKeyModel(string Expression, string? ObjectIdentifier, long? Number);
