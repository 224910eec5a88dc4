namespace CkiSdk.Asn1;

/// <summary>Limits an INTEGER (X.680 51.4), on encoding and on decoding.</summary>
/// <param name="minimum">The least value.</param>
/// <param name="maximum">The greatest value.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Asn1RangeAttribute(long minimum, long maximum) : Attribute
{
    /// <summary>Gets the least value.</summary>
    public long Minimum => minimum;

    /// <summary>Gets the greatest value.</summary>
    public long Maximum => maximum;
}
