namespace CkiSdk.Asn1;

/// <summary>Limits the size of a string in characters or octets, or of a list in elements (X.680 51.5), on encoding and on decoding.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Asn1SizeAttribute : Attribute
{
    /// <summary>Permits one size only.</summary>
    /// <param name="size">The size.</param>
    public Asn1SizeAttribute(int size) => (Minimum, Maximum) = (size, size);

    /// <summary>Permits sizes in a range.</summary>
    /// <param name="minimum">The least size.</param>
    /// <param name="maximum">The greatest size; <see cref="int.MaxValue"/> for no limit.</param>
    public Asn1SizeAttribute(int minimum, int maximum) => (Minimum, Maximum) = (minimum, maximum);

    /// <summary>Gets the least size.</summary>
    public int Minimum { get; }

    /// <summary>Gets the greatest size.</summary>
    public int Maximum { get; }
}
