using System.Net;
using System.Text;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Servers;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Routes;

/// <summary>Reads the settings of an account of mail out of a file, and the password from where they say.</summary>
internal sealed class MailAccountFile
{
    private readonly string _path;
    private readonly MailSettings _settings;
    private readonly MailServer _outgoing;
    private readonly MailServer _incoming;
    private readonly MailboxProtocol _protocol;

    private MailAccountFile(string path, MailSettings settings)
    {
        (_path, _settings) = (path, settings);
        _protocol = settings.Protocol switch
        {
            null or "imap" => MailboxProtocol.Imap,
            "pop3" => MailboxProtocol.Pop3,
            _ => throw Wrong($"protocol is '{settings.Protocol}'; write imap or pop3"),
        };
        var authorities = ReadAuthorities();
        var credentials = new NetworkCredential(settings.User ?? settings.Address, ReadPassword());
        _outgoing = Server(settings.Outgoing, "outgoing", (587, 465, 25), authorities, credentials);
        _incoming = Server(settings.Incoming, "incoming", _protocol == MailboxProtocol.Imap ? (143, 993, 143) : (110, 995, 110), authorities, credentials);
    }

    /// <summary>Gets the file, from the root on.</summary>
    public string FullPath => _path;

    /// <summary>Gets the address of the account.</summary>
    public string Address => _settings.Address;

    /// <summary>Gets where its mail is, for people.</summary>
    public string Place => $"{_protocol.ToString().ToUpperInvariant()} at {_incoming.Host}:{_incoming.Port}, SMTP at {_outgoing.Host}:{_outgoing.Port}";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">It is not there or wrong, or others may read the password.</exception>
    public static MailAccountFile Read(string path)
    {
        var full = Path.GetFullPath(path);
        var settings = HomeFiles.ReadJson(full, MailJson.Default.MailSettings);
        if (settings.Version != MailSettings.CurrentVersion)
        {
            throw CommandException.Usage($"{full} has version {settings.Version}; this program knows version {MailSettings.CurrentVersion}.");
        }

        return MailAddress.IsUsable(settings.Address)
            ? new MailAccountFile(full, settings)
            : throw CommandException.Usage($"{full} cannot be used: '{settings.Address}' is no address of mail.");
    }

    /// <summary>Finds the file with the authorities of the servers that the settings in a home name.</summary>
    /// <param name="home">The home.</param>
    /// <returns>Its name as it stands there; null where there are no settings that can be read, or none that name one.</returns>
    public static string? AuthoritiesOf(Home home)
    {
        try
        {
            return HomeFiles.ReadJson(home.PathOf(MailSettings.FileName), MailJson.Default.MailSettings).Authorities;
        }
        catch (CommandException)
        {
            // Who uses the account says what is wrong with them.
            return null;
        }
    }

    /// <summary>Opens the account; nothing is connected yet.</summary>
    /// <param name="identity">Who signs and opens.</param>
    /// <param name="log">Where to tell what happens; null is nowhere.</param>
    public MailAccount Open(CmsIdentity identity, ILoggerFactory? log = null)
    {
        var options = new MailAccountOptions
        {
            Address = Address,
            Outgoing = _outgoing,
            Incoming = _incoming,
            Protocol = _protocol,
            Folder = _settings.Folder,
            DoneFolder = _settings.DoneFolder,
            Identity = identity,
        };
        options = _settings.FailedFolder is { } failed ? options with { FailedFolder = failed } : options;
        options = _settings.PollSeconds is { } seconds ? options with { Interval = TimeSpan.FromSeconds(seconds is >= 1 and <= 86400 ? seconds : throw Wrong("pollSeconds is between 1 and 86400")) } : options;
        try
        {
            return new MailAccount(log is null ? options : options with { LoggerFactory = log });
        }
        catch (ArgumentException exception)
        {
            throw Wrong(exception.Message, exception);
        }
    }

    /// <summary>Tries both servers without sending anything.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CkiTransportException">One of them cannot be used.</exception>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => MailAccount.ProbeAsync(_outgoing, _incoming, _protocol, _settings.Folder, cancellationToken);

    private MailServer Server(MailServerSettings settings, string name, (int StartTls, int Tls, int Plain) ports, IReadOnlyList<Certificate> authorities, NetworkCredential credentials)
    {
        var (security, usual) = settings.Security switch
        {
            null or "starttls" => (MailSecurity.StartTls, ports.StartTls),
            "tls" => (MailSecurity.Tls, ports.Tls),
            "plain" => (MailSecurity.Plain, ports.Plain),
            _ => throw Wrong($"{name}.security is '{settings.Security}'; write starttls, tls or plain"),
        };
        return new MailServer { Host = settings.Host, Port = settings.Port ?? usual, Security = security, Authorities = authorities, Credentials = credentials };
    }

    private string ReadPassword()
    {
        if (_settings.PasswordFile is null == _settings.PasswordEnv is null)
        {
            throw Wrong("it names the password by one of passwordFile and passwordEnv");
        }

        if (_settings.PasswordEnv is { } variable)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : throw CommandException.Usage($"The environment variable {variable}, which {_path} names, holds no password.");
        }

        var path = Beside(_settings.PasswordFile!);
        try
        {
            // What logs in takes a text, which stays in memory as long as the account is open.
            using var line = SecretFile.ReadFirstLine(path);
            return line.Length > 0 ? Encoding.UTF8.GetString(line.Span) : throw CommandException.Usage($"{path} holds no password.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{path}, which {_path} names, cannot be read: {exception.Message}", exception);
        }
    }

    private IReadOnlyList<Certificate> ReadAuthorities()
    {
        if (_settings.Authorities is not { } file)
        {
            return [];
        }

        var path = Beside(file);
        try
        {
            return [.. CertificatePem.ReadAll(File.ReadAllText(path))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw CommandException.Usage($"{path}, which {_path} names, cannot be used: {exception.Message}", exception);
        }
    }

    // As the file is found from anywhere, so is what it names.
    private string Beside(string file) => Path.Combine(Path.GetDirectoryName(_path)!, file);

    private CommandException Wrong(string reason, Exception? cause = null) => CommandException.Usage($"{_path} cannot be used: {Failures.Sentence(reason)}", cause);
}
