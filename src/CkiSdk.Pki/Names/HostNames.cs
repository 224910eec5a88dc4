namespace CkiSdk.Pki.Names;

/// <summary>Reads and compares names of hosts as certificates have them (RFC 5280 §4.2.1.6, RFC 9525 §6.3).</summary>
internal static class HostNames
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>Gives the name in lower case, or null if it is none; the first label may be an asterisk.</summary>
    public static string? Normalize(string name) => IsName(name) ? name.ToLowerInvariant() : null;

    /// <summary>Tells whether a name keeps the preferred syntax: letters, digits and inner hyphens, the first label possibly an asterisk, no address.</summary>
    public static bool IsPreferred(string name)
    {
        if (!IsName(name) || LooksLikeAddress(name))
            return false;
        foreach (var range in name.AsSpan().Split('.'))
        {
            var label = name.AsSpan(range);
            if (label is not "*" && (label.Contains('_') || label[0] == '-' || label[^1] == '-'))
                return false;
        }

        return true;
    }

    /// <summary>Tells whether a text is four decimal numbers, or ends with a label of digits, which no top-level domain does.</summary>
    public static bool LooksLikeAddress(string name)
    {
        var last = name.AsSpan(name.LastIndexOf('.') + 1);
        return last.Length > 0 && !last.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Tells whether a presented name, possibly a wildcard, stands for a host; both normalized.</summary>
    public static bool Matches(string? presented, string host)
    {
        if (presented is null)
            return false;
        if (!presented.StartsWith('*'))
            return presented == host;
        var parent = presented[1..]; // with its dot
        var firstDot = host.IndexOf('.', StringComparison.Ordinal);
        return HasTwoLabels(parent) && firstDot > 0 && host.AsSpan(firstDot).SequenceEqual(parent);
    }

    /// <summary>Tells whether what stands behind the asterisk has at least two labels: a wildcard below a top-level domain stands for nothing.</summary>
    public static bool HasTwoLabels(string parent) => parent.IndexOf('.', 1) > 0;

    /// <summary>Tells whether a name is a domain or lies in it; both normalized.</summary>
    public static bool IsWithin(string name, string domain) =>
        domain.Length == 0 || name == domain || (name.Length > domain.Length && name.EndsWith(domain, StringComparison.Ordinal) && name[^(domain.Length + 1)] == '.');

    private static bool IsName(string name)
    {
        if (name.Length is 0 or > LongestName)
            return false;
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] != '.')
            {
                var isWildcard = name[i] == '*' && i == 0 && name.Length > 1 && name[1] == '.';
                if (!isWildcard && !IsOfLabel(name[i]))
                    return false;
                continue;
            }

            if (i - start is 0 or > LongestLabel)
                return false;
            start = i + 1;
        }

        return true;
    }

    private static bool IsOfLabel(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
