using System.Text;
using System.Text.Json;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Homes;

/// <summary>Is the folder in which a party lives: its configuration, its certificates, and its keys, each encrypted under the key of the home.</summary>
internal sealed class Home
{
    /// <summary>The name of the file with the configuration.</summary>
    public const string ConfigurationFile = "home.json";

    // The password is a key of 256 random bits: nothing is gained by making its use slow.
    private static readonly KeyProtection Protection = KeyProtection.Pbkdf2(2048);

    private Home(string root, HomeConfiguration configuration) => (Root, Configuration, Name) = (root, configuration, DistinguishedName.Parse(configuration.Name));

    /// <summary>Gets the folder's full path.</summary>
    public string Root { get; }

    /// <summary>Gets the configuration.</summary>
    public HomeConfiguration Configuration { get; }

    /// <summary>Gets the name of the party.</summary>
    public DistinguishedName Name { get; }

    /// <summary>Opens a home.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="kinds">What it may be; nothing for anything.</param>
    /// <exception cref="CommandException">There is none, or another one.</exception>
    public static Home Open(string path, params string[] kinds)
    {
        var root = FullPath(path);
        var file = Path.Combine(root, ConfigurationFile);
        if (!File.Exists(file))
        {
            throw CommandException.NotFound($"There is no home in {root}: {ConfigurationFile} is missing. 'cki {(kinds is [var only] ? only : "cma")} {(kinds is [HomeKind.User] ? "enroll" : "init")} --home DIR' makes one.", root);
        }

        var configuration = HomeFiles.ReadJson(file, HomeJson.Default.HomeConfiguration);
        if (configuration.Version != HomeConfiguration.CurrentVersion)
        {
            throw CommandException.Usage($"{file} has version {configuration.Version}; this program knows version {HomeConfiguration.CurrentVersion}.");
        }

        if (kinds.Length > 0 && !kinds.Contains(configuration.Kind, StringComparer.Ordinal))
        {
            throw CommandException.Usage($"{root} is the home of a {configuration.Kind}, not of a {string.Join(" or ", kinds)}.");
        }

        var fault = !DistinguishedName.TryParse(configuration.Name, out _) ? $"'{configuration.Name}' is no distinguished name"
            : configuration.Kind is not (HomeKind.Cma or HomeKind.Tlcma or HomeKind.User) ? $"'{configuration.Kind}' is no kind of a home; it is {HomeKind.Cma}, {HomeKind.Tlcma} or {HomeKind.User}"
            : configuration is { Kind: not HomeKind.User, Listen: null } ? "'listen' is missing"
            : null;
        return fault is null ? new Home(root, configuration) : throw CommandException.Usage($"{file} cannot be used: {fault}.");
    }

    /// <summary>Makes a new home, whole or not at all.</summary>
    /// <param name="path">The folder, which does not exist or is empty.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="fill">Writes the rest, given the key of the home.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <returns>The home.</returns>
    /// <exception cref="CommandException">The folder is in use or cannot be made.</exception>
    public static async Task<Home> CreateAsync(string path, HomeConfiguration configuration, Func<Home, Secret, Task> fill, CancellationToken cancellationToken)
    {
        var root = FullPath(path);
        RequireFree(root);
        var temporary = TemporaryNames.Beside(root);
        try
        {
            MakeFolder(temporary);
            var home = new Home(temporary, configuration);
            using var key = await HomeKey.CreateAsync(temporary, configuration.Key, cancellationToken).ConfigureAwait(false);
            await fill(home, key).ConfigureAwait(false);
            HomeFiles.Write(home.PathOf(ConfigurationFile), ToJson(configuration));
            if (Directory.Exists(root))
            {
                Directory.Delete(root);
            }

            Directory.Move(temporary, root);
            return new Home(root, configuration);
        }
        catch (Exception exception)
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw exception is IOException or UnauthorizedAccessException ? CommandException.Usage($"The folder {root} cannot be made: {exception.Message}", exception) : exception;
        }
    }

    /// <summary>Configures the home anew.</summary>
    /// <param name="configuration">The configuration, of the same party.</param>
    /// <returns>The home as it is now.</returns>
    public Home Reconfigure(HomeConfiguration configuration)
    {
        HomeFiles.Write(PathOf(ConfigurationFile), ToJson(configuration));
        return new Home(Root, configuration);
    }

    /// <summary>Makes a folder that its owner alone may enter.</summary>
    /// <param name="path">Its path.</param>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Names the files of a certificate with its key, and of the key that is about to take its place.</summary>
    /// <param name="name">The name of the files without their endings.</param>
    public static string[] FilesOf(string name) => [$"{name}.pem", $"{name}.key", $"{NextOf(name)}.key"];

    /// <summary>Gives the path of a file in the home.</summary>
    /// <param name="name">The file's name.</param>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Reads the key of the home.</summary>
    /// <param name="cancellationToken">Gives up waiting for a token.</param>
    /// <returns>The key, which the caller disposes.</returns>
    public Task<Secret> ReadKeyAsync(CancellationToken cancellationToken) => HomeKey.ReadAsync(Root, Configuration.Key, cancellationToken);

    /// <summary>Writes a certificate.</summary>
    /// <param name="name">The name of the file without its ending.</param>
    /// <param name="certificate">The certificate.</param>
    public void Write(string name, Certificate certificate) => HomeFiles.Write(PathOf($"{name}.pem"), certificate.ToPem());

    /// <summary>Reads a certificate.</summary>
    /// <param name="name">The name of the file without its ending.</param>
    /// <exception cref="CommandException">It is missing or damaged.</exception>
    public Certificate ReadCertificate(string name)
    {
        var path = Require($"{name}.pem");
        try
        {
            return Certificate.FromPem(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw Unusable($"{name}.pem", exception.Message, exception);
        }
    }

    /// <summary>Writes a private key, encrypted.</summary>
    /// <param name="name">The name of the file without its ending.</param>
    /// <param name="pkcs8">The DER of PrivateKeyInfo.</param>
    /// <param name="homeKey">The key of the home.</param>
    public void Write(string name, Secret pkcs8, Secret homeKey)
    {
        using var password = HomeKey.ToPassword(homeKey);
        HomeFiles.Write(PathOf($"{name}.key"), Encrypt(pkcs8, password), isSecret: true);
    }

    /// <summary>Writes a certificate with its key in the place of those that are there: at any moment, whatever happens, the certificate that is there has its key.</summary>
    /// <param name="name">The name of the files without their endings.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="pkcs8">The DER of PrivateKeyInfo.</param>
    /// <param name="homeKey">The key of the home.</param>
    public void Replace(string name, Certificate certificate, Secret pkcs8, Secret homeKey)
    {
        var next = NextOf(name);
        if (ReadNext(name, homeKey) is { } unfinished)
        {
            unfinished.Dispose();
            File.Move(PathOf($"{next}.key"), PathOf($"{name}.key"), overwrite: true);
        }

        Write(next, pkcs8, homeKey);
        Write(name, certificate);
        File.Move(PathOf($"{next}.key"), PathOf($"{name}.key"), overwrite: true);
    }

    /// <summary>Encrypts a private key as PEM under a password of many random bits.</summary>
    /// <param name="pkcs8">The DER of PrivateKeyInfo.</param>
    /// <param name="password">The password.</param>
    public static string Encrypt(Secret pkcs8, Secret password)
    {
        using var pem = KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.EncryptedPkcs8), KeyWriter.Encrypt(pkcs8, password, CryptoProviders.Software.Random, Protection));
        return Encoding.ASCII.GetString(pem.Span);
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="name">The name of the file without its ending.</param>
    /// <param name="homeKey">The key of the home.</param>
    /// <returns>The DER of PrivateKeyInfo, which the caller disposes.</returns>
    /// <exception cref="CommandException">It is missing, damaged, or encrypted under another key, or others may read it.</exception>
    public Secret ReadPrivateKey(string name, Secret homeKey) => ReadNext(name, homeKey) ?? ReadKeyFile(name, homeKey);

    /// <summary>Requires that a file is there.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="CommandException">It is missing.</exception>
    public string Require(string name) =>
        File.Exists(PathOf(name)) ? PathOf(name) : throw CommandException.Usage($"{PathOf(name)} is missing; {Root} is no whole home.");

    /// <summary>Makes the exception for a file that cannot be used.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="cause">What was behind it.</param>
    public CommandException Unusable(string name, string fault, Exception? cause = null) =>
        CommandException.Usage($"{PathOf(name)} cannot be used: {Failures.Sentence(fault)}", cause);

    private static string NextOf(string name) => $"{name}-next";

    // The key that was about to take its place when the process died, if the certificate had taken its own already.
    private Secret? ReadNext(string name, Secret homeKey)
    {
        var next = NextOf(name);
        if (!File.Exists(PathOf($"{next}.key")) || !File.Exists(PathOf($"{name}.pem")))
        {
            return null;
        }

        using var password = HomeKey.ToPassword(homeKey);
        try
        {
            using var key = KeyFile.Read(File.ReadAllBytes(PathOf($"{next}.key")), password);
            return key.SubjectPublicKeyInfo.Span.SequenceEqual(ReadCertificate(name).SubjectPublicKeyInfo.Span) ? key.Pkcs8?.Copy() : null;
        }
        catch (Exception exception) when (exception is KeyFileException or IOException)
        {
            return null;
        }
    }

    private Secret ReadKeyFile(string name, Secret homeKey)
    {
        var path = Require($"{name}.key");
        SecretFile.RequireOwnerOnly(path);
        using var password = HomeKey.ToPassword(homeKey);
        try
        {
            using var key = KeyFile.Read(File.ReadAllBytes(path), password);
            return key.Pkcs8?.Copy() ?? throw Unusable($"{name}.key", "it holds no private key");
        }
        catch (KeyFileException exception)
        {
            throw Unusable($"{name}.key", exception.Code == KeyFileError.PasswordWrong ? "the key of the home does not open it; one of the two is another home's" : exception.Message, exception);
        }
    }

    private static string ToJson(HomeConfiguration configuration) => JsonSerializer.Serialize(configuration, HomeJson.Default.HomeConfiguration) + "\n";

    private static string FullPath(string path) => path.Length > 0 ? Path.GetFullPath(path) : throw CommandException.Usage("--home names no folder.");

    private static void RequireFree(string root)
    {
        if (File.Exists(root))
        {
            throw CommandException.Usage($"{root} is a file; name a new or an empty folder.", code: "file-exists");
        }

        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            throw CommandException.Usage($"The folder {root} is not empty; name a new or an empty one.", code: "file-exists");
        }
    }
}
