using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Crypto;

/// <summary>Holds the groups that a configuration accepts; a group that is not in it is refused, however good.</summary>
public sealed class DhGroupSet : IReadOnlyCollection<DhGroup>
{
    private readonly DhGroup[] _groups;

    /// <summary>Makes a set.</summary>
    /// <param name="groups">The accepted groups.</param>
    public DhGroupSet(params IEnumerable<DhGroup> groups) => _groups = [.. groups.Distinct()];

    /// <inheritdoc/>
    public int Count => _groups.Length;

    /// <summary>Makes a larger set.</summary>
    /// <param name="group">One more accepted group.</param>
    /// <returns>The new set.</returns>
    public DhGroupSet With(DhGroup group) => new([.. _groups, group]);

    /// <summary>Finds a named group.</summary>
    /// <param name="oid">The dotted object identifier.</param>
    /// <param name="group">The group.</param>
    /// <returns><see langword="false"/> if no accepted group has this name.</returns>
    public bool TryFind(string oid, [NotNullWhen(true)] out DhGroup? group)
    {
        ArgumentNullException.ThrowIfNull(oid);
        group = Array.Find(_groups, g => g.Oid == oid);
        return group is not null;
    }

    /// <summary>Finds a group by its parameters, as certificates carry them.</summary>
    /// <param name="p">The modulus, big-endian; leading zeros do not matter.</param>
    /// <param name="q">The order of the subgroup, big-endian; empty where the structure has none.</param>
    /// <param name="g">The generator, big-endian.</param>
    /// <param name="group">The group.</param>
    /// <returns><see langword="false"/> if no accepted group has exactly these parameters.</returns>
    public bool TryFind(ReadOnlySpan<byte> p, ReadOnlySpan<byte> q, ReadOnlySpan<byte> g, [NotNullWhen(true)] out DhGroup? group)
    {
        foreach (var candidate in _groups)
        {
            if (p.TrimStart((byte)0).SequenceEqual(candidate.P.Span)
                && g.TrimStart((byte)0).SequenceEqual(candidate.G.Span)
                && (q.IsEmpty || q.TrimStart((byte)0).SequenceEqual(candidate.Q.Span)))
            {
                group = candidate;
                return true;
            }
        }

        group = null;
        return false;
    }

    /// <summary>Enumerates the groups in the order given.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<DhGroup> GetEnumerator() => ((IEnumerable<DhGroup>)_groups).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
