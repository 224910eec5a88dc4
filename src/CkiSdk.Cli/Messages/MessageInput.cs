using System.Buffers;
using System.Text;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Messages;

/// <summary>Reads a message in whatever form people have it: DER, PEM, hexadecimal digits, base64.</summary>
internal static class MessageInput
{
    /// <summary>Reads the octets.</summary>
    /// <param name="file">The file; <c>-</c> for the standard input.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">The file cannot be read, or its text is none of these.</exception>
    public static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var octets = await ValueFile.ReadEncodingAsync(file, cancellationToken).ConfigureAwait(false);
        return Decode(octets) ?? throw new CommandException(ExitCodes.CheckFailed, $"{file}: it is neither DER nor PEM, hexadecimal digits or base64.", code: "invalid-input");
    }

    private static byte[]? Decode(byte[] octets)
    {
        if (octets.Length == 0)
        {
            return null;
        }

        if (Array.Exists(octets, octet => octet is > 0x7E or (< 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n'))))
        {
            return octets;
        }

        var text = Encoding.ASCII.GetString(octets);
        return FromHex(text) ?? FromBase64(text) ?? (octets[0] == 0x30 ? octets : null);
    }

    // As dumps have it: with or without blanks, colons, commas and 0x.
    private static byte[]? FromHex(string text)
    {
        var digits = string.Concat(text.Replace("0x", "", StringComparison.OrdinalIgnoreCase).Where(character => !char.IsWhiteSpace(character) && character is not (':' or ',')));
        var octets = new byte[digits.Length / 2];
        return digits.Length > 0 && Convert.FromHexString(digits, octets, out _, out var written) == OperationStatus.Done && written == octets.Length ? octets : null;
    }

    private static byte[]? FromBase64(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var written) && written > 0 ? octets[..written] : null;
    }
}
