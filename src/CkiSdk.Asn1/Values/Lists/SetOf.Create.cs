namespace CkiSdk.Asn1;

/// <summary>Builds the SET OF of a collection expression.</summary>
public static class SetOf
{
    /// <summary>Copies elements.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="items">The elements, in any order.</param>
    public static SetOf<T> Create<T>(ReadOnlySpan<T> items) => SetOf<T>.Wrap(items.ToArray());
}
