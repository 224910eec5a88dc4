using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Pem;

/// <summary>Finds the blocks of a PEM text without turning secrets into strings; text between blocks is passed over (RFC 7468 §2).</summary>
internal static class PemBlocks
{
    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> Dashes => "-----"u8;

    /// <summary>Says whether a file is PEM.</summary>
    public static bool IsPem(ReadOnlySpan<byte> file) => file.IndexOf(Begin) >= 0;

    /// <summary>Finds the next block whose label is wanted; the others are passed over.</summary>
    /// <exception cref="FormatException">Such a block has no end, or is no base64.</exception>
    public static PemBlock? Find(ReadOnlySpan<byte> file, Predicate<string> isWanted) => Find(file, isWanted, out _);

    /// <summary>Gives the octets of each block with one of some labels.</summary>
    /// <exception cref="FormatException">Such a block has no end, or is no base64.</exception>
    public static IEnumerable<byte[]> FindAll(string text, params string[] labels)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FindAll(Encoding.UTF8.GetBytes(text), labels);
    }

    private static IEnumerable<byte[]> FindAll(byte[] file, string[] labels)
    {
        for (var start = 0; Find(file.AsSpan(start), label => labels.Contains(label, StringComparer.Ordinal), out var length) is { } block; start += length)
        {
            using (block)
                yield return block.Content.Span.ToArray();
        }
    }

    // The length is that of everything up to the block's end.
    private static PemBlock? Find(ReadOnlySpan<byte> file, Predicate<string> isWanted, out int length)
    {
        length = 0;
        while (file[length..].IndexOf(Begin) is >= 0 and var start)
        {
            length += start + Begin.Length;
            var rest = file[length..];
            if (rest.IndexOf(Dashes) is not (>= 0 and <= 64 and var count))
                continue;
            var label = Encoding.ASCII.GetString(rest[..count]);
            if (!isWanted(label))
                continue;
            var body = rest[(count + Dashes.Length)..];
            var end = body.IndexOf(Encoding.ASCII.GetBytes($"-----END {label}-----"));
            if (end < 0)
                throw Malformed(label);
            length += count + Dashes.Length + end;
            return Read(label, body[..end]);
        }

        return null;
    }

    private static PemBlock Read(string label, ReadOnlySpan<byte> body)
    {
        string? encryption = null;
        while (NextLine(body, out var line, out var rest) && line.IndexOf((byte)':') >= 0)
        {
            var header = Encoding.ASCII.GetString(line);
            if (header.StartsWith("DEK-Info:", StringComparison.OrdinalIgnoreCase))
                encryption = header["DEK-Info:".Length..].Trim();
            body = rest;
        }

        return new PemBlock(label, encryption, Decode(label, body));
    }

    private static bool NextLine(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        text = text.TrimStart("\r\n \t"u8);
        var end = text.IndexOf((byte)'\n');
        line = end < 0 ? [] : text[..end].TrimEnd("\r \t"u8);
        rest = end < 0 ? [] : text[(end + 1)..];
        return end >= 0;
    }

    private static Secret Decode(string label, ReadOnlySpan<byte> body)
    {
        using var decoded = new Secret(Base64.GetMaxDecodedFromUtf8Length(body.Length));
        var status = Base64.DecodeFromUtf8(body, decoded.Span, out _, out var written); // passes over white space
        return status == OperationStatus.Done && written > 0 ? Secret.From(decoded.Span[..written]) : throw Malformed(label);
    }

    private static FormatException Malformed(string label) => new($"The PEM \"{label}\" is cut off or no base64.");
}
