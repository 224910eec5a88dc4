namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Guesses what a name was to be that nothing has.</summary>
public static class Spelling
{
    private const int MostCandidates = 5000;
    private const int LongestName = 64;

    // What other languages call the types of ASN.1, and words that the notation writes apart.
    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["int"] = "INTEGER",
        ["int32"] = "INTEGER",
        ["int64"] = "INTEGER",
        ["uint"] = "INTEGER",
        ["long"] = "INTEGER",
        ["short"] = "INTEGER",
        ["byte"] = "INTEGER (0..255)",
        ["integer"] = "INTEGER",
        ["bool"] = "BOOLEAN",
        ["boolean"] = "BOOLEAN",
        ["float"] = "REAL",
        ["double"] = "REAL",
        ["real"] = "REAL",
        ["null"] = "NULL",
        ["enum"] = "ENUMERATED",
        ["enumerated"] = "ENUMERATED",
        ["string"] = "UTF8String",
        ["char"] = "UTF8String",
        ["text"] = "UTF8String",
        ["utf8string"] = "UTF8String",
        ["ia5string"] = "IA5String",
        ["printablestring"] = "PrintableString",
        ["octetstring"] = "OCTET STRING",
        ["octet-string"] = "OCTET STRING",
        ["bytes"] = "OCTET STRING",
        ["bitstring"] = "BIT STRING",
        ["bit-string"] = "BIT STRING",
        ["oid"] = "OBJECT IDENTIFIER",
        ["objectidentifier"] = "OBJECT IDENTIFIER",
        ["object-identifier"] = "OBJECT IDENTIFIER",
        ["date"] = "DATE",
        ["datetime"] = "GeneralizedTime",
        ["time"] = "GeneralizedTime",
        ["timestamp"] = "GeneralizedTime",
        ["utctime"] = "UTCTime",
        ["generalizedtime"] = "GeneralizedTime",
        ["struct"] = "SEQUENCE",
        ["sequence"] = "SEQUENCE",
        ["set"] = "SET",
        ["choice"] = "CHOICE",
        ["array"] = "SEQUENCE OF",
        ["list"] = "SEQUENCE OF",
        ["map"] = "SEQUENCE OF",
        ["true"] = "TRUE",
        ["false"] = "FALSE",
    };

    /// <summary>Returns a question to put behind a message; empty where nothing is near.</summary>
    /// <param name="name">The name that nothing has.</param>
    /// <param name="names">The names that there are.</param>
    public static string Hint(string name, IEnumerable<string>? names = null)
    {
        var near = Nearest(name, names ?? []) ?? (Foreign.TryGetValue(name, out var own) && own != name ? own : Nearest(name, Foreign.Values.Where(word => word.IndexOf('(') < 0)));
        return near is null ? string.Empty : $"; did you mean {near}?";
    }

    /// <summary>Returns a question to put behind a message, of these names only; empty where none is near.</summary>
    /// <param name="name">The name that nothing has.</param>
    /// <param name="names">The names that there are.</param>
    public static string Near(string name, IEnumerable<string> names) => Nearest(name, names) is { } near ? $"; did you mean {near}?" : string.Empty;

    private static string? Nearest(string name, IEnumerable<string> names)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var (best, least) = ((string?)null, Math.Min(name.Length, Math.Max(1, Math.Min(2, name.Length / 4)) + 1));
        foreach (var candidate in names.Take(MostCandidates))
        {
            if (candidate != name && Math.Abs(candidate.Length - name.Length) < least && Distance(name, candidate) is var distance && distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    // How many letters are to be put in, taken out, changed, or exchanged with the next one; the case of a letter counts for nothing.
    private static int Distance(string left, string right)
    {
        var rows = new int[3][] { new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1] };
        for (var j = 0; j <= right.Length; j++)
        {
            rows[0][j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var (row, above, over) = (rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]);
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + change);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    row[j] = Math.Min(row[j], over[j - 2] + 1);
                }
            }
        }

        return rows[left.Length % 3][right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
