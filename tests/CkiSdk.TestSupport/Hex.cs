namespace CkiSdk.TestSupport;

/// <summary>Reads and writes hexadecimal text of test rows.</summary>
public static class Hex
{
    /// <summary>Decodes hexadecimal digits; white space and the rest of a line after <c>--</c> are ignored.</summary>
    /// <exception cref="FormatException">A character is no hexadecimal digit, or their number is odd.</exception>
    public static byte[] Decode(string text)
    {
        var digits = new System.Text.StringBuilder(text.Length);
        foreach (var line in text.Split('\n'))
        {
            var comment = line.IndexOf("--", StringComparison.Ordinal);
            var content = comment < 0 ? line : line[..comment];
            foreach (var character in content)
            {
                if (!char.IsWhiteSpace(character)) digits.Append(character);
            }
        }

        return Convert.FromHexString(digits.ToString());
    }

    /// <summary>Writes octets as upper-case hexadecimal digits without separators.</summary>
    public static string Encode(ReadOnlySpan<byte> octets) => Convert.ToHexString(octets);
}
