using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Takes a piece of notation for equal to itself in the very same scope only.</summary>
internal sealed class ScopedComparer : IEqualityComparer<(SyntaxNode Node, Scope Scope)>
{
    /// <summary>Gets the comparer.</summary>
    public static ScopedComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals((SyntaxNode Node, Scope Scope) left, (SyntaxNode Node, Scope Scope) right) =>
        ReferenceEquals(left.Node, right.Node) && ReferenceEquals(left.Scope, right.Scope);

    /// <inheritdoc/>
    public int GetHashCode((SyntaxNode Node, Scope Scope) pair) => unchecked((RuntimeHelpers.GetHashCode(pair.Node) * 31) + RuntimeHelpers.GetHashCode(pair.Scope));
}
