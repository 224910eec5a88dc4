using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Transports.Spool;

/// <summary>Is a spool: the folders <c>in</c>, <c>out</c>, <c>done</c> and <c>failed</c>, in which a message is the file NAME.pki (CKI profile section 7).</summary>
/// <remarks>
/// A file appears whole or not at all: it is written under a name that begins with a dot, brought to the disk and renamed. Its name is used once. Who handles a message holds its
/// file locked meanwhile; a process that dies lets go of it, so that another one handles it, and an answer stands in <c>out</c> before the message leaves <c>in</c>.
/// </remarks>
internal sealed class SpoolFolder
{
    private const string Extension = ".pki";
    private const int LongestName = 100;

    private readonly string _in;
    private readonly string _out;
    private readonly string _done;
    private readonly string _failed;

    /// <summary>Opens a spool; the folders are made where they are missing.</summary>
    /// <exception cref="IOException">The folders cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folders may not be made.</exception>
    public SpoolFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(Path.GetFullPath(path), name)).FullName;
        (_in, _out, _done, _failed) = (Folder("in"), Folder("out"), Folder("done"), Folder("failed"));
    }

    /// <summary>Makes a name that nobody has used: the time, so that the oldest comes first, and chance.</summary>
    public static string NewName(DateTimeOffset now) =>
        $"{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    /// <summary>Lists the names of the messages that wait, the oldest first. What is no file, or has a name that no message has, is none.</summary>
    public IReadOnlyList<string> Waiting() =>
        [.. new DirectoryInfo(_in).EnumerateFiles("*" + Extension).Where(file => !file.Attributes.HasFlag(FileAttributes.ReparsePoint)).Select(file => Path.GetFileNameWithoutExtension(file.Name)).Where(IsName).Order(StringComparer.Ordinal)];

    /// <summary>Puts a message where it is handled.</summary>
    public void Send(string name, ReadOnlySpan<byte> octets) => Write(Path.Combine(_in, name + Extension), octets);

    /// <summary>Takes a message to handle it.</summary>
    /// <returns>What holds it; null where somebody else has it, or had it.</returns>
    public FileStream? Claim(string name)
    {
        var path = Path.Combine(_in, name + Extension);
        try
        {
            // Locked for everybody else as long as it is open. Who opened it before it was moved away gets the lock after it was: it is not there any more.
            var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            if (File.Exists(path)) return file;
            file.Dispose();
        }
        catch (IOException)
        {
            // Another one was faster.
        }

        return null;
    }

    /// <summary>Says whether there is an answer already, which somebody gave who could not go on.</summary>
    public bool HasAnswer(string name) => File.Exists(Path.Combine(_out, name + Extension));

    /// <summary>Answers a message, and puts it away.</summary>
    /// <param name="name">The name of both.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="checkBack">When to ask again; null where the answer is final.</param>
    public void Answer(string name, ReadOnlySpan<byte> answer, DateTimeOffset? checkBack)
    {
        if (checkBack is { } time)
            Write(Path.Combine(_out, name + ".time"), Encoding.ASCII.GetBytes(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        Write(Path.Combine(_out, name + Extension), answer);
        PutAway(name);
    }

    /// <summary>Puts a message away that was answered.</summary>
    public void PutAway(string name) => File.Move(Path.Combine(_in, name + Extension), Path.Combine(_done, name + Extension), overwrite: true);

    /// <summary>Puts a message away that no message answers.</summary>
    public void Refuse(string name, string text)
    {
        Write(Path.Combine(_failed, name + ".txt"), Encoding.UTF8.GetBytes(text));
        File.Move(Path.Combine(_in, name + Extension), Path.Combine(_failed, name + Extension), overwrite: true);
    }

    /// <summary>Looks for what became of a message.</summary>
    /// <returns>The answer with the time to ask again, or the words of a refusal; null where there is neither yet.</returns>
    public (byte[]? Answer, DateTimeOffset? CheckBack, string? Refusal)? Read(string name, int limit)
    {
        // The answer is there before the message is gone from in; of a refusal the words are.
        var (answer, refusal) = (Path.Combine(_out, name + Extension), Path.Combine(_failed, name + ".txt"));
        if (File.Exists(answer))
        {
            var time = Path.Combine(_out, name + ".time");
            DateTimeOffset? checkBack = !File.Exists(time) ? null
                : long.TryParse(File.ReadAllText(time), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch;
            return (ReadAtMost(answer, limit), checkBack, null);
        }

        return File.Exists(refusal) ? (null, null, Encoding.UTF8.GetString(ReadAtMost(refusal, 4096))) : null;
    }

    /// <summary>Takes an answer away that was read.</summary>
    public void Forget(string name)
    {
        File.Delete(Path.Combine(_out, name + Extension));
        File.Delete(Path.Combine(_out, name + ".time"));
    }

    /// <summary>Deletes what was put away, or answered and never fetched, before a time.</summary>
    public void Prune(DateTimeOffset before)
    {
        foreach (var folder in (string[])[_out, _done, _failed])
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before.UtcDateTime)) file.Delete();
        }
    }

    /// <summary>Reads a file, and one octet more than it may have where it is longer.</summary>
    public static byte[] ReadAtMost(string path, int limit)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return ReadAtMost(file, limit);
    }

    /// <summary>Reads a stream, and one octet more than it may have where it is longer.</summary>
    public static byte[] ReadAtMost(Stream stream, int limit)
    {
        var octets = new byte[(int)Math.Min(stream.Length, limit + 1L)];
        return octets[..stream.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false)];
    }

    // No name leads out of the folder, hides, or says something to a shell.
    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private static void Write(string path, ReadOnlySpan<byte> octets)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(octets);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
