using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Makes names of files that every file system takes.</summary>
internal static class FileNames
{
    private const string Extension = ".g.cs";

    // Most file systems take 255 octets, and some programs 260 characters for a whole path.
    private const int Longest = 120;
    private const int Kept = 90;

    /// <summary>Returns the name of a file: the given one, or its beginning with a hash of all of it where it is longer than 120 octets.</summary>
    public static string Of(string name)
    {
        var octets = Encoding.UTF8.GetBytes(name);
        if (octets.Length <= Longest)
        {
            return name + Extension;
        }

        using var algorithm = SHA256.Create();
        var hash = string.Concat(algorithm.ComputeHash(octets).Take(8).Select(octet => octet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        var start = name.Substring(0, Math.Min(name.Length, Kept));
        while (Encoding.UTF8.GetByteCount(start) > Kept || char.IsHighSurrogate(start[start.Length - 1]))
        {
            start = start.Substring(0, start.Length - 1);
        }

        return $"{start}-{hash}{Extension}";
    }
}
