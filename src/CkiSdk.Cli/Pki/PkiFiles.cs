using System.Security.Cryptography;
using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes the files of <c>cki pki</c>: whole or not at all, and never over another one unless that was said.</summary>
internal static class PkiFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a public file as PEM or DER, or to the standard output for <c>-</c> or null.</summary>
    /// <param name="path">The file.</param>
    /// <param name="der">The DER.</param>
    /// <param name="label">The label of PEM; null to write the DER itself.</param>
    /// <param name="force">Whether a file may be overwritten.</param>
    /// <param name="output">The standard output, where PEM goes.</param>
    /// <exception cref="CommandException">The file exists or cannot be written.</exception>
    public static void Write(string? path, ReadOnlySpan<byte> der, string? label, bool force, TextWriter output)
    {
        if (label is null)
        {
            Write(path, der, Everybody, force, output);
            return;
        }

        Write(path, Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, der) + "\n"), Everybody, force, output);
    }

    /// <summary>Writes a file that only its owner may read, from its first octet on.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="content">What to write.</param>
    /// <param name="force">Whether a file may be overwritten.</param>
    /// <param name="output">The standard output, where text goes.</param>
    /// <exception cref="CommandException">The file exists or cannot be written.</exception>
    public static void WriteSecret(string? path, Secret content, bool force, TextWriter output) => Write(path, content.Span, OwnerOnly, force, output);

    /// <summary>Requires what can be told of a file before it is written, for what is not to be done where it cannot be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">Whether a file may be overwritten.</param>
    /// <exception cref="CommandException">The file exists, or is a folder, or there is no folder for it.</exception>
    public static void RequireFree(string path, bool force)
    {
        if (!force && File.Exists(path))
        {
            throw Exists(path);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var fault = Directory.Exists(path) ? "it is a folder" : Directory.Exists(folder) ? null : $"there is no folder {folder}";
        if (fault is not null)
        {
            throw CommandException.Usage($"The file {path} cannot be written: {fault}.");
        }
    }

    private static CommandException Exists(string path) => CommandException.Usage($"The file {path} exists; --force overwrites it.", code: "file-exists");

    private static void Write(string? path, ReadOnlySpan<byte> content, UnixFileMode mode, bool force, TextWriter output)
    {
        if (path is null or "-")
        {
            WriteOutput(content, output);
            return;
        }

        var temporary = TemporaryNames.Beside(path);
        try
        {
            if (!force && File.Exists(path))
            {
                throw Exists(path);
            }

            Create(temporary, content, mode);
            File.Move(temporary, path, force);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            File.Delete(temporary);
            throw CommandException.Usage($"The file {path} cannot be written: {exception.Message}", exception);
        }
    }

    private static void Create(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }

    private static void WriteOutput(ReadOnlySpan<byte> content, TextWriter output)
    {
        if (content.StartsWith("-----BEGIN "u8))
        {
            Span<char> text = new char[content.Length];
            _ = Encoding.ASCII.GetChars(content, text);
            output.Write(text);
            text.Clear();
            return;
        }

        using var stream = Console.OpenStandardOutput();
        stream.Write(content);
    }
}
