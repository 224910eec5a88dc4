namespace CkiSdk.Asn1;

/// <summary>Checks the labels of OID-IRI and RELATIVE-OID-IRI (X.680 34, 35, X.660 7.5). The compiler and the run-time share it.</summary>
internal static class IriLabels
{
    /// <summary>Tells whether a text is labels with slashes between, an absolute one with a slash before them.</summary>
    public static bool IsValid(string text, bool isAbsolute)
    {
        if (isAbsolute && (text.Length < 2 || text[0] != '/'))
            return false;
        var start = isAbsolute ? 1 : 0;
        for (var i = start; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != '/')
                continue;
            if (!IsLabel(text, start, i))
                return false;
            start = i + 1;
        }

        return true;
    }

    // An integer without leading zeros, or unreserved characters of RFC 3987 that neither begin nor end with a hyphen.
    private static bool IsLabel(string text, int start, int end)
    {
        if (start == end || text[start] == '-' || text[end - 1] == '-')
            return false;
        var isNumber = true;
        for (var i = start; i < end; i++)
        {
            var c = text[i];
            var isDigit = c is >= '0' and <= '9';
            isNumber &= isDigit;
            if (!isDigit && c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '-' or '.' or '_' or '~' or >= '\u00A0'))
                return false;
        }

        return !isNumber || end - start == 1 || text[start] != '0';
    }
}
