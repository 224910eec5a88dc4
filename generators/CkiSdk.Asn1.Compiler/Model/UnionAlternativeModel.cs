namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is an object of the set of an open type, as an alternative of its union.</summary>
/// <param name="Name">The C# name of the nested record.</param>
/// <param name="ObjectName">The name of the object in its module; null for an object without one.</param>
/// <param name="Keys">The values of the selectors, in their order.</param>
/// <param name="Use">The type; null where the object has none, so that nothing may stand there.</param>
public sealed record UnionAlternativeModel(string Name, string? ObjectName, EquatableArray<SelectorKeyModel> Keys, TypeUse? Use);
