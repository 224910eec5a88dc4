namespace CkiSdk.Asn1;

/// <summary>Makes a <see cref="DateTimeOffset"/> a UTCTime (X.680 47); without it, it is a GeneralizedTime.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Asn1UtcTimeAttribute : Attribute;
