using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Chooses the module that an import means: by object identifier, then by name (X.680 13.14 to 13.16).</summary>
internal static class ModuleChoice
{
    private const int ByName = 3;

    /// <summary>Returns the best of the candidates, the nearest and first among equals; null where none will do.</summary>
    public static T? Best<T>(
        ImportSyntax import, OidScope importer, IEnumerable<T> candidates, Func<T, ModuleIdentity> identity, Func<T, int> nearness)
        where T : class
    {
        var oid = ModuleOid.Read(import.Oid, importer);
        T? best = null;
        var (bestRank, bestNearness) = (0, 0);
        ModuleOid? bestOid = null;
        var again = 0;
        foreach (var candidate in candidates)
        {
            var known = identity(candidate);
            var rank = Rank(import, oid, known);
            if (rank == 0 || rank < bestRank)
                continue;
            again = rank > bestRank ? 0 : again + 1;
            var near = nearness(candidate);
            var isLater = bestOid is not null && known.Oid is not null && rank is 4 or 5 && known.Oid.Succeeds(bestOid);
            if (rank > bestRank || isLater || (near > bestNearness && (rank is not (4 or 5))))
                (best, bestRank, bestNearness, bestOid) = (candidate, rank, near, known.Oid);
        }

        // An object identifier that cannot be worked out leaves the choice among what was found to the name; several of that name are several versions.
        return bestRank == ByName && again > 0 && import.Oid is not null && identity(best!).IsFound ? null : best;
    }

    // Published modules often carry an object identifier that differs from the one by which others import them: the name is the last resort.
    // A module with the name or the object identifier alone counts only where it has what is imported: else it is another version.
    // Of what was merely found and not given more is asked: it may be an abridged edition, or one for another version of the importing module.
    private static int Rank(ImportSyntax import, ModuleOid? oid, ModuleIdentity known)
    {
        var isNamed = known.Name == import.Module;
        if (known.IsFound && !known.Defines(import))
            return 0;
        if (oid is not null && known.Oid is not null)
        {
            if (known.Oid.Matches(oid))
                return isNamed ? 7 : known.Defines(import) ? 6 : 1;
            if (import.Selection == "WITH SUCCESSORS" && known.Oid.Succeeds(oid))
                return isNamed ? 5 : 4;
            if (import.Selection == "WITH DESCENDANTS" && known.Oid.Descends(oid))
                return isNamed ? 5 : 4;
            return isNamed && known.Defines(import) && !(known.IsFound && known.Oid.IsSibling(oid)) ? 2 : 0;
        }

        return isNamed ? ByName : 0;
    }
}
