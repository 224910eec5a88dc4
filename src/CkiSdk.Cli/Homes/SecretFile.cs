using System.Security.Cryptography;
using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;

namespace CkiSdk.Cli.Homes;

/// <summary>Writes and reads files that only their owner may read.</summary>
internal static class SecretFile
{
    // A key is far smaller; whatever is larger is no key.
    private const int Longest = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    /// <summary>Writes a new file, readable by its owner alone from its first octet on.</summary>
    /// <param name="path">The path.</param>
    /// <param name="text">The text, in ASCII; it is zeroed.</param>
    public static void Write(string path, char[] text)
    {
        var octets = Encoding.ASCII.GetBytes(text);
        Array.Clear(text);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(path, options))
        {
            file.Write(octets);
        }

        CryptographicOperations.ZeroMemory(octets);
    }

    /// <summary>Reads a file, unless others than its owner have any right to it.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The text; the caller zeroes it.</returns>
    /// <exception cref="CommandException">Others may read the file, or it is too long for a key.</exception>
    public static char[] Read(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        if (!OperatingSystem.IsWindows())
        {
            Require(path, File.GetUnixFileMode(file.SafeFileHandle));
        }

        if (file.Length > Longest)
        {
            throw CommandException.Usage($"{path} has {file.Length} octets; a key has at most {Longest}.");
        }

        var octets = GC.AllocateArray<byte>((int)file.Length, pinned: true);
        try
        {
            file.ReadExactly(octets);
            var text = GC.AllocateArray<char>(octets.Length, pinned: true);
            _ = Encoding.Latin1.GetChars(octets, text);
            return text;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    /// <summary>Reads the first line of a file with a password, as most programs end a file with the end of a line; unless others than its owner have any right to it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its octets, which the caller disposes.</returns>
    /// <exception cref="CommandException">Others may use it, or it is too long.</exception>
    public static Secret ReadFirstLine(string path)
    {
        var text = Read(path);
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = new Secret(end < 0 ? text.Length : end);
        _ = Encoding.Latin1.GetBytes(text.AsSpan(0, line.Length), line.Span);
        Array.Clear(text);
        return line;
    }

    /// <summary>Requires that nobody but the owner has a right to a file, without opening it.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="CommandException">Others have.</exception>
    public static void RequireOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Require(path, File.GetUnixFileMode(path));
        }
    }

    private static void Require(string path, UnixFileMode mode)
    {
        if ((mode & Others) != UnixFileMode.None)
        {
            var octal = Convert.ToString((int)mode, 8).PadLeft(4, '0');
            throw CommandException.Usage($"Others than its owner may use {path} (mode {octal}), which holds secrets. Run 'chmod 600 {path}', and replace the keys if somebody has read it.");
        }
    }
}
