namespace CkiSdk.Asn1;

/// <summary>Makes a readonly partial record struct with one list property a SEQUENCE OF with a name of its own (X.680 26).</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class Asn1SequenceOfAttribute : Attribute;
