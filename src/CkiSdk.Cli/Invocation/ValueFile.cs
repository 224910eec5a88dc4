using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Cli.Invocation;

/// <summary>Reads and writes files with one value: DER, PEM or JSON.</summary>
internal static class ValueFile
{
    // Octets that no text has; an encoding begins with some of them, and may hold PEM as a value.
    private static readonly SearchValues<byte> NoText = SearchValues.Create([.. Enumerable.Range(0, ' ').Except(['\t', '\n', '\f', '\r']).Select(octet => (byte)octet)]);

    /// <summary>Reads a file, or the standard input for <c>-</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (file != "-")
            {
                return await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            }

            using var content = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
            return content.ToArray();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.NotFound($"There is no file {file}.", file, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"The file {file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads an encoding: what the first block of PEM holds, or the octets as they are.</summary>
    /// <param name="file">The file, or <c>-</c>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="warnings">Where it is said that there are more blocks; null where that does not matter.</param>
    /// <exception cref="CommandException">It is empty, or PEM that cannot be read.</exception>
    public static async Task<byte[]> ReadEncodingAsync(string file, CancellationToken cancellationToken, TextWriter? warnings = null)
    {
        var octets = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        if (octets.Length == 0)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{(file == "-" ? "The standard input" : file)} is empty: there is no element in it, neither DER nor PEM.");
        }

        if (octets.AsSpan().IndexOf("-----BEGIN "u8) < 0 || octets.AsSpan().ContainsAny(NoText))
        {
            return octets;
        }

        var text = Encoding.Latin1.GetString(octets);
        if (!PemEncoding.TryFind(text, out var fields))
        {
            throw new CommandException(ExitCodes.CheckFailed, text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal)
                ? $"{file} is encrypted; decrypt it first, with 'cki pki key convert' if it is a key."
                : $"{file} holds no block of PEM that is whole: BEGIN and END with one label, and base64 between them (RFC 7468).");
        }

        if (warnings is not null && PemEncoding.TryFind(text.AsSpan(fields.Location.End.GetOffset(text.Length)), out _))
        {
            await warnings.WriteLineAsync($"{file} holds more than one block of PEM: only the first, {text[fields.Label]}, is read.").ConfigureAwait(false);
        }

        return Convert.FromBase64String(text[fields.Base64Data]);
    }

    /// <summary>Writes octets to a file, or to the standard output where none is named.</summary>
    /// <param name="file">The file; null or <c>-</c> for the standard output.</param>
    /// <param name="octets">The octets.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task WriteAsync(string? file, byte[] octets, CancellationToken cancellationToken)
    {
        try
        {
            if (file is not null && file != "-")
            {
                await File.WriteAllBytesAsync(file, octets, cancellationToken).ConfigureAwait(false);
                return;
            }

            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"The file {file} cannot be written: {exception.Message}", exception);
        }
    }
}
