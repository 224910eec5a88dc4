using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CkiSdk.Transports.Spool;

/// <summary>Reads files that anybody may have put there: a pipe to which nobody writes holds up nobody.</summary>
internal static partial class RegularFile
{
    private const int NonBlocking = 0x800; // O_NONBLOCK of Linux
    private const int CloseOnExec = 0x80000; // O_CLOEXEC of Linux
    private const int NotThere = 2; // ENOENT
    private const int Interrupted = 4; // EINTR
    private const int NotAllowed = 13; // EACCES
    private const int LockOrFail = 2 | 4; // LOCK_EX | LOCK_NB

    /// <summary>Reads a file, and one octet more than it may have where it is longer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The octets that it may have.</param>
    /// <exception cref="IOException">It is not there, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAtMost(string path, int limit)
    {
        using var file = Open(path);
        try
        {
            var octets = new byte[(int)Math.Min(RandomAccess.GetLength(file), limit + 1L)];
            var count = 0;
            while (count < octets.Length && RandomAccess.Read(file, octets.AsSpan(count), count) is > 0 and var read) count += read;
            return octets[..count];
        }
        catch (NotSupportedException exception)
        {
            throw new IOException($"{path} is no file.", exception);
        }
    }

    /// <summary>Opens a file for reading, locked for everybody else as long as it is open.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file; null where another one has it.</returns>
    /// <exception cref="IOException">It is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream? Hold(string path)
    {
        if (!OperatingSystem.IsLinux()) return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        var file = Open(path);
        if (Lock(file, LockOrFail) == 0) return new FileStream(file, FileAccess.Read, bufferSize: 0);
        file.Dispose();
        return null;
    }

    private static SafeFileHandle Open(string path)
    {
        // Elsewhere there are no pipes among files, or they are opened as others are.
        if (!OperatingSystem.IsLinux()) return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        while (true)
        {
            var descriptor = Open(path, NonBlocking | CloseOnExec);
            if (descriptor >= 0) return new SafeFileHandle(descriptor, ownsHandle: true);
            var error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            var words = $"{path}: {Marshal.GetPInvokeErrorMessage(error)}";
            throw error switch
            {
                NotThere => new FileNotFoundException(words, path),
                NotAllowed => new UnauthorizedAccessException(words),
                _ => new IOException(words),
            };
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
