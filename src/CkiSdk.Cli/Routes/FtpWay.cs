using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Transports.Ftp;
using CkiSdk.Transports.Spool;

namespace CkiSdk.Cli.Routes;

/// <summary>Is the way through a spool on an FTP server, in plain or with TLS (RFC 4217); messages are signed and encrypted as CMS in both.</summary>
internal sealed class FtpWay : Way
{
    private const string PasswordFile = "password-file";
    private const string PasswordEnvironment = "password-env";
    private const string Authorities = "ca-file";
    private const string Lease = "lease";

    /// <inheritdoc/>
    public override string Form => "ftp://USER@HOST/DIR or ftps://USER@HOST/DIR, a spool on an FTP server, such as ftps://cki@ftp.example/cki-a?password-file=FILE";

    /// <inheritdoc/>
    public override Route? Read(string text, string place) => IsMine(text) ? ReadUri(text, place) : null;

    /// <inheritdoc/>
    public override Option<string?> CreateOption() =>
        new("--ftp") { Description = $"A spool on an FTP server to serve besides: ftp://USER@HOST/DIR, or ftps:// with TLS; ?{PasswordFile}=FILE or ?{PasswordEnvironment}=NAME says where the password is, {Authorities}=FILE who certifies the server, {Lease}=SECONDS after what time another process takes over from a dead one.", HelpName = "URL" };

    /// <inheritdoc/>
    public override async Task<Served> ServeAsync(Serving serving, string value, CancellationToken cancellationToken)
    {
        var route = IsMine(value) ? ReadUri(value, "--ftp") : throw CommandException.Usage($"--ftp: '{value}' is no URL of an FTP server; write ftp://USER@HOST/DIR.");
        var place = new FtpSpool(route.Options());
        try
        {
            var listener = await SpoolListener.StartAsync(serving.Server, new SpoolListenerOptions { Place = place, Identity = serving.Cms(), LoggerFactory = serving.Log }, cancellationToken).ConfigureAwait(false);
            return new Served("ftp", route.Text, listener);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await place.DisposeAsync().ConfigureAwait(false);
            throw new CommandException(ExitCodes.Transport, $"The spool {place} cannot be used: {exception.Message}", exception);
        }
    }

    private static bool IsMine(string text) => text.StartsWith("ftp:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ftps:", StringComparison.OrdinalIgnoreCase);

    private static FtpRoute ReadUri(string text, string place)
    {
        CommandException Wrong(string why) => CommandException.Usage($"{place}: '{Shown(text)}' {why}; write ftp://USER@HOST/DIR or ftps://USER@HOST/DIR.");

        // As a URL of no special scheme: in one of ftp a question mark is taken for a part of the path.
        var isTls = text.StartsWith("ftps:", StringComparison.OrdinalIgnoreCase);
        if (!Uri.TryCreate($"spool{text[text.IndexOf(':', StringComparison.Ordinal)..]}", UriKind.Absolute, out var uri) || uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6) || uri.Fragment.Length > 0) throw Wrong("is no URL of an FTP server");
        if (uri.UserInfo.Contains(':', StringComparison.Ordinal)) throw Wrong($"has a password in it, which others would see: say where it is, with ?{PasswordFile}=FILE or ?{PasswordEnvironment}=NAME");
        // A folder that begins with %2F is one of the whole server, and not below that of the login (RFC 1738 §3.2.2).
        var (user, folder) = (Uri.UnescapeDataString(uri.UserInfo), Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')));
        if ((user + folder).Any(char.IsControl)) throw Wrong("has control characters in it");
        var parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToArray();
        if (Array.Find(parameters, part => part.Length != 2 || part[0] is not (PasswordFile or PasswordEnvironment or Authorities or Lease)) is { } unknown) throw Wrong($"has a parameter '{unknown[0]}'; there are {PasswordFile}, {PasswordEnvironment}, {Authorities} and {Lease}");
        string? Value(string name, bool isPath) => Array.Find(parameters, part => part[0] == name) is { } found ? isPath ? Path.GetFullPath(Uri.UnescapeDataString(found[1])) : Uri.UnescapeDataString(found[1]) : null;
        int? Seconds(string? value) => value is null ? null
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600 ? seconds
            : throw Wrong($"has a {Lease} that is no number of seconds from 1 to 3600");
        var route = new FtpRoute(isTls, uri.IdnHost.Trim('[', ']'), uri.Port <= 0 ? 21 : uri.Port, user, folder, Value(PasswordFile, isPath: true), Value(PasswordEnvironment, isPath: false), Value(Authorities, isPath: true), Seconds(Value(Lease, isPath: false)));
        if (route is { PasswordFile: not null, PasswordEnvironment: not null }) throw Wrong($"says twice where the password is");
        if (user.Length > 0 && route is { PasswordFile: null, PasswordEnvironment: null }) throw Wrong($"does not say where the password of {user} is: add ?{FtpWay.PasswordFile}=FILE or ?{FtpWay.PasswordEnvironment}=NAME");
        return route is { IsTls: false, Authorities: not null } ? throw Wrong($"is not protected by TLS, so that {FtpWay.Authorities} says nothing: write ftps://") : route;
    }

    // A password that somebody has put there is not repeated.
    private static string Shown(string text) => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && text.IndexOf("//", StringComparison.Ordinal) is >= 0 and var slashes && slashes < at ? $"{text[..(slashes + 2)]}…{text[at..]}" : text;

    private sealed record FtpRoute(bool IsTls, string Host, int Port, string User, string Folder, string? PasswordFile, string? PasswordEnvironment, string? Authorities, int? Lease)
        : Route(Write(IsTls, Host, Port, User, Folder, PasswordFile, PasswordEnvironment, Authorities, Lease))
    {
        public override ICkiTransport Connect(Reach reach)
        {
            var options = new SpoolTransportOptions { Place = new FtpSpool(Options()), Identity = reach.Cms(), ServerCertificate = reach.Encryption };
            return new SpoolTransport(reach.Patience is { } patience ? options with { AnswerTimeout = patience } : options);
        }

        /// <summary>Makes the options, and reads who certifies the server.</summary>
        /// <exception cref="CommandException">The file of the authorities cannot be read, or holds none.</exception>
        public FtpOptions Options()
        {
            var authorities = Authorities is null ? null : new X509Certificate2Collection();
            try
            {
                authorities?.ImportFromPemFile(Authorities!);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
            {
                throw CommandException.Usage($"{FtpWay.Authorities}: {Authorities} cannot be read: {exception.Message}", exception);
            }

            if (authorities is { Count: 0 }) throw CommandException.Usage($"{FtpWay.Authorities}: {Authorities} holds no certificate as PEM.");
            var options = new FtpOptions { Host = Host, Port = Port, UseTls = IsTls, Authorities = authorities, Folder = Folder, Password = PasswordFile is null && PasswordEnvironment is null ? null : ReadPasswordAsync };
            if (Lease is { } seconds) options = options with { Lease = TimeSpan.FromSeconds(seconds) };
            return User.Length > 0 ? options with { User = User } : options;
        }

        private ValueTask<Secret> ReadPasswordAsync(CancellationToken cancellationToken)
        {
            if (PasswordEnvironment is { } name)
            {
                return new(Secret.From(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(name) ?? throw new IOException($"The environment has no variable {name} with the password of {User}."))));
            }

            // Its first line: most programs end a file with the end of one.
            var octets = File.ReadAllBytes(PasswordFile!);
            var end = octets.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
            var password = Secret.From(end < 0 ? octets : octets[..end]);
            CryptographicOperations.ZeroMemory(octets);
            return new(password);
        }

        private static string Write(bool isTls, string host, int port, string user, string folder, string? passwordFile, string? passwordEnvironment, string? authorities, int? lease)
        {
            (string Name, string? Value)[] parameters = [(FtpWay.PasswordFile, passwordFile), (FtpWay.PasswordEnvironment, passwordEnvironment), (FtpWay.Authorities, authorities), (FtpWay.Lease, lease?.ToString(CultureInfo.InvariantCulture))];
            var query = string.Join('&', parameters.Where(part => part.Value is not null).Select(part => $"{part.Name}={Escape(part.Value!)}"));
            var place = $"{(user.Length > 0 ? Uri.EscapeDataString(user) + "@" : "")}{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}{(port == 21 ? "" : $":{port}")}/{(folder.StartsWith('/') ? "%2F" : "")}{Escape(folder.TrimStart('/'))}";
            return $"{(isTls ? "ftps" : "ftp")}://{place}{(query.Length > 0 ? "?" + query : "")}";
        }

        private static string Escape(string path) => Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);
    }
}
