using System.CommandLine;
using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens the inputs and outputs of the commands that work on messages and contents of any length.</summary>
internal static class MessageFiles
{
    /// <summary>The label of a CMS message in PEM (RFC 7468 §9).</summary>
    public const string Label = "CMS";

    /// <summary>Opens a content.</summary>
    /// <param name="path">The file; null or <c>-</c> for the standard input.</param>
    /// <param name="error">Where lines about the progress go.</param>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static Stream OpenContent(string? path, TextWriter error) => new ProgressStream(Open(path), error);

    /// <summary>Opens a message: DER, BER, PEM, or an S/MIME entity.</summary>
    /// <param name="path">The file; null or <c>-</c> for the standard input.</param>
    /// <param name="error">Where lines about the progress go.</param>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static Stream OpenMessage(string? path, TextWriter error)
    {
        var stream = Open(path);
        if (!stream.CanSeek)
        {
            stream = new BufferedStream(stream);
        }

        var first = stream.ReadByte();
        if (stream.CanSeek)
        {
            stream.Position = 0;
        }

        var isText = first is not (-1 or 0x30);
        Stream whole = stream.CanSeek || first < 0 ? stream : new PrefixedStream((byte)first, stream);
        return isText ? new TextReadStream(new StreamReader(new ProgressStream(whole, error), Encoding.ASCII)) : new ProgressStream(whole, error);
    }

    /// <summary>Creates an output.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file; null or <c>-</c> for the standard output.</param>
    /// <param name="force">Whether a file may be overwritten.</param>
    /// <param name="isSecret">Whether only its owner may read it.</param>
    /// <exception cref="CommandException">The file exists or cannot be written, or the standard output is taken by <c>--json</c>.</exception>
    public static IStagedOutput Create(ParseResult parsed, string? path, bool force, bool isSecret)
    {
        PkiOptions.RequireFileForJson(parsed, path);
        return path is null or "-" ? new StagedStandardOutput() : StagedFile.Create(path, force, isSecret);
    }

    /// <summary>Writes a message as PEM or DER and releases it.</summary>
    /// <param name="output">The output.</param>
    /// <param name="isPem">Whether it is PEM.</param>
    /// <param name="write">Writes the message.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task WriteMessageAsync(IStagedOutput output, bool isPem, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        if (isPem)
        {
            await using var pem = new PemWriteStream(output.Stream, Label);
            await write(pem).ConfigureAwait(false);
            pem.Complete();
        }
        else
        {
            await write(output.Stream).ConfigureAwait(false);
        }

        await output.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Stream Open(string? path)
    {
        try
        {
            return path is null or "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.NotFound($"There is no file {path}.", path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"The file {path} cannot be read: {exception.Message}", exception);
        }
    }
}
