namespace CkiSdk.Asn1;

/// <summary>Answers what constraints ask about lists; generated code calls it.</summary>
public static class Permitted
{
    /// <summary>Says whether all elements of a list are permitted (X.680 51.8.3).</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="items">The elements.</param>
    /// <param name="isPermitted">Says so of one element.</param>
    public static bool All<T>(ReadOnlySpan<T> items, Func<T, bool> isPermitted)
    {
        ArgumentNullException.ThrowIfNull(isPermitted);
        foreach (var item in items)
        {
            if (!isPermitted(item))
                return false;
        }

        return true;
    }
}
