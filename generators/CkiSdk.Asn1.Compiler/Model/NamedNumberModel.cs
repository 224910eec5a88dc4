namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a named number, a named bit or an item of an enumeration.</summary>
public sealed record NamedNumberModel(string Asn1Name, string Name, System.Numerics.BigInteger Value);
