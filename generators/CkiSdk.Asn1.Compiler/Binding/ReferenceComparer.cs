using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Takes an object for equal to itself only: two pieces of notation are never the same one, and comparing all that is in them takes time.</summary>
internal sealed class ReferenceComparer<T> : IEqualityComparer<T>
    where T : class
{
    /// <summary>Gets the comparer.</summary>
    public static ReferenceComparer<T> Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(T left, T right) => ReferenceEquals(left, right);

    /// <inheritdoc/>
    public int GetHashCode(T item) => RuntimeHelpers.GetHashCode(item);
}
