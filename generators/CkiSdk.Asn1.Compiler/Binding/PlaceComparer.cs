using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Takes a piece of notation in a scope for equal to itself only, which is quicker than comparing all that is in it.</summary>
internal sealed class PlaceComparer : IEqualityComparer<(SyntaxNode Node, string Key)>
{
    /// <summary>Gets the comparer.</summary>
    public static PlaceComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals((SyntaxNode Node, string Key) left, (SyntaxNode Node, string Key) right) =>
        ReferenceEquals(left.Node, right.Node) && left.Key == right.Key;

    /// <inheritdoc/>
    public int GetHashCode((SyntaxNode Node, string Key) place) => RuntimeHelpers.GetHashCode(place.Node) ^ StringComparer.Ordinal.GetHashCode(place.Key);
}
