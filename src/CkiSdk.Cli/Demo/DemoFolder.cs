using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the folder that the demo leaves behind; what is secret is readable by its owner alone.</summary>
internal sealed class DemoFolder
{
    private readonly List<string> _messages = [];

    private DemoFolder(string root)
    {
        Root = root;
        Directory.CreateDirectory(Path.Combine(root, "messages"));
    }

    /// <summary>Gets the folder's full path.</summary>
    public string Root { get; }

    /// <summary>Gets the path of the CMA certificate.</summary>
    public string CmaCertificate => Path.Combine(Root, "cma.pem");

    /// <summary>Gets the path of A1's send certificate.</summary>
    public string SendCertificate => Path.Combine(Root, "a1-send.pem");

    /// <summary>Gets the path of the CMA's database.</summary>
    public string Database => Path.Combine(Root, "cma.sqlite");

    /// <summary>Gets the paths of the messages written so far.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Makes the folder, or takes an empty one.</summary>
    /// <param name="path">The wanted path; null for a new folder under the temporary one.</param>
    /// <exception cref="IOException">The folder is not empty or cannot be made.</exception>
    public static DemoFolder Prepare(string? path)
    {
        if (path is null)
        {
            return new DemoFolder(Directory.CreateTempSubdirectory("cki-demo-").FullName);
        }

        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new IOException($"The folder {path} is not empty; name a new or an empty one.");
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return new DemoFolder(OperatingSystem.IsWindows() ? Directory.CreateDirectory(path).FullName : Directory.CreateDirectory(path, OwnerOnly).FullName);
    }

    /// <summary>Writes a certificate as PEM.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="certificate">The certificate.</param>
    public void Write(string name, Certificate certificate) => File.WriteAllText(Path.Combine(Root, name), certificate.ToPem());

    /// <summary>Writes a private key as PEM, readable by the owner alone from its first octet on.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="pem">The PEM text; it is zeroed.</param>
    public void WriteSecret(string name, char[] pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(Path.Combine(Root, name), options))
        {
            writer.Write(pem);
        }

        Array.Clear(pem);
    }

    /// <summary>Writes the DER of a message.</summary>
    /// <param name="name">What it is, the name of its body.</param>
    /// <param name="message">Its octets.</param>
    public void WriteMessage(string name, ReadOnlyMemory<byte> message)
    {
        var path = Path.Combine(Root, "messages", $"{_messages.Count + 1:00}-{name}.der");
        File.WriteAllBytes(path, message.Span);
        _messages.Add(path);
    }
}
