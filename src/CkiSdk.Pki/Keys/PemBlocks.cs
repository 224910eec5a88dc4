using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Keys;

/// <summary>Finds the blocks of a PEM text without turning secrets into strings.</summary>
internal static class PemBlocks
{
    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> Dashes => "-----"u8;

    /// <summary>Says whether a file is PEM.</summary>
    public static bool IsPem(ReadOnlySpan<byte> file) => file.IndexOf(Begin) >= 0;

    /// <summary>Finds the next block whose label is wanted; the others are passed over.</summary>
    /// <exception cref="KeyFileException">Such a block has no end, or is no base64.</exception>
    public static PemBlock? Find(ReadOnlySpan<byte> file, Predicate<string> isWanted)
    {
        while (file.IndexOf(Begin) is >= 0 and var start)
        {
            file = file[(start + Begin.Length)..];
            if (file.IndexOf(Dashes) is not (>= 0 and <= 64 and var length))
                continue;
            var label = Encoding.ASCII.GetString(file[..length]);
            if (!isWanted(label))
                continue;
            file = file[(length + Dashes.Length)..];
            var end = file.IndexOf(Encoding.ASCII.GetBytes($"-----END {label}-----"));
            return end >= 0 ? Read(label, file[..end]) : throw Malformed(label);
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
        using var compact = new Secret(body.Length);
        var count = 0;
        foreach (var octet in body)
        {
            if (octet is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                compact.Span[count++] = octet;
        }

        using var decoded = new Secret(Base64.GetMaxDecodedFromUtf8Length(count));
        var status = Base64.DecodeFromUtf8(compact.Span[..count], decoded.Span, out _, out var written);
        return status == OperationStatus.Done && count > 0 ? Secret.From(decoded.Span[..written]) : throw Malformed(label);
    }

    private static KeyFileException Malformed(string label) => new(KeyFileError.Malformed, $"The PEM \"{label}\" is cut off or no base64.");
}
