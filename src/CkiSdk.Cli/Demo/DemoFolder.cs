using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the folder that the demo leaves behind: the homes of all parties, the messages, certificates and files.</summary>
internal sealed class DemoFolder
{
    private readonly List<string> _messages = [];
    private readonly Lock _gate = new();

    private DemoFolder(string root)
    {
        Root = root;
        Directory.CreateDirectory(PathOf("messages"));
    }

    /// <summary>Gets the folder's full path.</summary>
    public string Root { get; }

    /// <summary>Gets the paths of the messages written so far.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Makes the folder, or takes an empty one.</summary>
    /// <param name="path">The wanted path; null for a new folder under the temporary one.</param>
    /// <exception cref="CommandException">The folder is not empty, a file stands in its place, or it cannot be made.</exception>
    public static DemoFolder Prepare(string? path)
    {
        if (path?.Length == 0)
        {
            throw CommandException.Usage("--folder names no folder.");
        }

        var root = path is null ? null : Path.GetFullPath(path);
        if (File.Exists(root))
        {
            throw CommandException.Usage($"{root} is a file; name a new or an empty folder.");
        }

        try
        {
            if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            {
                throw CommandException.Usage($"The folder {root} is not empty; name a new or an empty one.");
            }

            if (root is null)
            {
                return new DemoFolder(Directory.CreateTempSubdirectory("cki-demo-").FullName);
            }

            Home.MakeFolder(root);
            return new DemoFolder(root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"The folder {root ?? Path.GetTempPath()} cannot be used: {Failures.Sentence(exception.Message)} Name one that this program may write to.", exception);
        }
    }

    /// <summary>Gives the path of a file or a home.</summary>
    /// <param name="name">Its name.</param>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes certificates as PEM, one behind the other.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="certificates">The certificates.</param>
    /// <returns>The path.</returns>
    public string Write(string name, params IEnumerable<Certificate> certificates)
    {
        File.WriteAllText(PathOf(name), string.Concat(certificates.Select(certificate => certificate.ToPem())));
        return PathOf(name);
    }

    /// <summary>Writes the DER of a message.</summary>
    /// <param name="name">What it is, the name of its body.</param>
    /// <param name="message">Its octets.</param>
    public void WriteMessage(string name, ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            var path = PathOf(Path.Combine("messages", $"{_messages.Count + 1:00}-{name}.der"));
            File.WriteAllBytes(path, message.Span);
            _messages.Add(path);
        }
    }
}
