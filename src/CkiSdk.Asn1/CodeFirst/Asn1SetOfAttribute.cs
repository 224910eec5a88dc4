namespace CkiSdk.Asn1;

/// <summary>Makes a list a SET OF (X.680 28); without it a list is a SEQUENCE OF.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Asn1SetOfAttribute : Attribute;
