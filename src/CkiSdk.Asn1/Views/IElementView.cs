namespace CkiSdk.Asn1;

/// <summary>Reads one element of a list where it lies.</summary>
/// <typeparam name="TSelf">The view itself.</typeparam>
public interface IElementView<TSelf>
    where TSelf : IElementView<TSelf>, allows ref struct
{
    /// <summary>Lays the view over an element, without a check.</summary>
    /// <param name="element">Identifier, length and content of an element that was validated as the type.</param>
    static abstract TSelf Wrap(ReadOnlySpan<byte> element);
}
