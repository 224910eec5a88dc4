namespace CkiSdk.Asn1;

/// <summary>Builds the SEQUENCE OF of a collection expression.</summary>
public static class SequenceOf
{
    /// <summary>Copies elements.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="items">The elements.</param>
    public static SequenceOf<T> Create<T>(ReadOnlySpan<T> items) => SequenceOf<T>.Wrap(items.ToArray());
}
