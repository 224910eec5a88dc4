using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Cli.Invocation;

/// <summary>Reads and writes files with one value: DER, PEM or JSON.</summary>
internal static class ValueFile
{
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

    /// <summary>Reads an encoding: what PEM holds, or the octets as they are.</summary>
    /// <param name="file">The file, or <c>-</c>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<byte[]> ReadEncodingAsync(string file, CancellationToken cancellationToken)
    {
        var octets = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
        if (octets.AsSpan().IndexOf("-----BEGIN "u8) < 0)
        {
            return octets;
        }

        var text = Encoding.Latin1.GetString(octets);
        return PemEncoding.TryFind(text, out var fields) ? Convert.FromBase64String(text[fields.Base64Data]) : octets;
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
