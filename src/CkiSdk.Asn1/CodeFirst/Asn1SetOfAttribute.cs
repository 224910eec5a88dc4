namespace CkiSdk.Asn1;

/// <summary>Makes a list a SET OF (X.680 28), without it a list is a SEQUENCE OF; on a readonly partial record struct with one list property, a SET OF with a name of its own.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Struct)]
public sealed class Asn1SetOfAttribute : Attribute;
