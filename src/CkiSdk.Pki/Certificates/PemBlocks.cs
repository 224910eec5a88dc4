using System.Security.Cryptography;

namespace CkiSdk.Pki.Certificates;

/// <summary>Finds the blocks of one kind in a PEM text; other blocks and the text between them are passed over (RFC 7468 §2).</summary>
internal static class PemBlocks
{
    /// <summary>Gives the octets of each block with one of some labels.</summary>
    public static IEnumerable<byte[]> Find(string pem, params string[] labels)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return Read(pem, labels);
    }

    private static IEnumerable<byte[]> Read(string pem, string[] labels)
    {
        for (var start = 0; PemEncoding.TryFind(pem.AsSpan(start), out var fields);)
        {
            var block = start;
            start += fields.Location.End.Value;
            if (Array.Exists(labels, label => pem.AsSpan(block)[fields.Label].SequenceEqual(label)))
                yield return Convert.FromBase64String(new string(pem.AsSpan(block)[fields.Base64Data]));
        }
    }
}
