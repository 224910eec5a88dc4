namespace CkiSdk.Asn1;

/// <summary>Leaves a property out of the encoding.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Asn1IgnoreAttribute : Attribute;
