using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the folder that the demo leaves behind; what is secret is readable by its owner alone.</summary>
internal sealed class DemoFolder
{
    private readonly List<string> _messages = [];

    private DemoFolder(string root)
    {
        Root = root;
        Cma = new CmaFolder(root);
        Directory.CreateDirectory(PathOf("messages"));
    }

    /// <summary>Gets the folder's full path.</summary>
    public string Root { get; }

    /// <summary>Gets the part of the folder that the CMA lives in.</summary>
    public CmaFolder Cma { get; }

    /// <summary>Gets the path of A1's send certificate.</summary>
    public string SendCertificate => PathOf("a1-send.pem");

    /// <summary>Gets the paths of the messages written so far.</summary>
    public IReadOnlyList<string> Messages => _messages;

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

            return new DemoFolder(root is null ? Directory.CreateTempSubdirectory("cki-demo-").FullName : Create(root));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"The folder {root ?? Path.GetTempPath()} cannot be used: {exception.Message} Name one that this program may write to.", exception);
        }
    }

    /// <summary>Writes a certificate as PEM.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="certificate">The certificate.</param>
    public void Write(string name, Certificate certificate) => File.WriteAllText(PathOf(name), certificate.ToPem());

    /// <summary>Writes a private key as PEM, readable by the owner alone.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="pem">The PEM text; it is zeroed.</param>
    public void WriteSecret(string name, char[] pem) => SecretFile.Write(PathOf(name), pem);

    /// <summary>Writes the DER of a message.</summary>
    /// <param name="name">What it is, the name of its body.</param>
    /// <param name="message">Its octets.</param>
    public void WriteMessage(string name, ReadOnlyMemory<byte> message)
    {
        var path = PathOf(Path.Combine("messages", $"{_messages.Count + 1:00}-{name}.der"));
        File.WriteAllBytes(path, message.Span);
        _messages.Add(path);
    }

    private static string Create(string root)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return (OperatingSystem.IsWindows() ? Directory.CreateDirectory(root) : Directory.CreateDirectory(root, OwnerOnly)).FullName;
    }

    private string PathOf(string name) => Path.Combine(Root, name);
}
