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

    /// <summary>Says whether a list without an order has certain values and no others, each as often as it is given.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="items">The elements.</param>
    /// <param name="values">Says of each value whether an element is that one.</param>
    public static bool Each<T>(ReadOnlySpan<T> items, params ReadOnlySpan<Func<T, bool>> values)
    {
        if (items.Length != values.Length)
            return false;
        var isTaken = items.Length <= 256 ? stackalloc bool[items.Length] : new bool[items.Length];
        foreach (var isValue in values)
        {
            var at = 0;
            while (at < items.Length && (isTaken[at] || !isValue(items[at])))
                at++;
            if (at == items.Length)
                return false;
            isTaken[at] = true;
        }

        return true;
    }
}
