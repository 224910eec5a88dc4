using System.Text;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Finds and reads the files that paths on the command line name: a file as it is, a folder with all .asn1 and .asn files below it.</summary>
internal static class ModuleFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the files, each once, named as the paths name them, those of a folder in order.</summary>
    /// <param name="paths">The paths.</param>
    /// <exception cref="CommandException">A path leads nowhere, or to a folder without modules.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. paths.SelectMany(Below).Where(file => seen.Add(Path.GetFullPath(file)))];
    }

    /// <summary>Returns the .asn1 and .asn files of a folder; none where it cannot be read.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether folders below it count as well.</param>
    public static IEnumerable<string> In(string folder, bool recursive) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = recursive })
            .Where(file => Path.GetExtension(file) is { } extension
                && (extension.Equals(".asn1", StringComparison.OrdinalIgnoreCase) || extension.Equals(".asn", StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal);

    /// <summary>Reads a module's text: UTF-8, or Latin-1 as older files have it.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static string ReadText(string file)
    {
        try
        {
            return Decode(File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"The file {file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads and parses a file.</summary>
    /// <param name="file">The file.</param>
    public static ParseResult Parse(string file) => Parser.Parse(new SourceText(file, ReadText(file)));

    /// <summary>Turns octets into text.</summary>
    /// <param name="octets">The octets.</param>
    public static string Decode(byte[] octets)
    {
        try
        {
            return octets switch
            {
                [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
                [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
                [0xEF, 0xBB, 0xBF, .. var rest] => Strict.GetString(rest),
                _ => Strict.GetString(octets),
            };
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(octets);
        }
    }

    private static IReadOnlyList<string> Below(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw CommandException.NotFound($"There is no file or folder {path}.", path);
        }

        var files = In(path, recursive: true).ToList();
        return files.Count > 0 ? files : throw CommandException.NotFound($"The folder {path} has no .asn1 or .asn file in it.", path);
    }
}
