using System.Net;
using System.Text;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using Npgsql;

namespace CkiSdk.Cli.Stores;

/// <summary>Reads addresses of PostgreSQL databases as libpq writes them: <c>postgres://USER@HOST:PORT/DATABASE?sslmode=…&amp;sslrootcert=…&amp;schema=…</c>.</summary>
internal static class PostgreSqlAddress
{
    private const int DefaultPort = 5432;

    private static readonly Dictionary<string, SslMode> Modes = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["allow"] = SslMode.Allow,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    /// <summary>Reads an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Npgsql's settings, without a password.</returns>
    /// <exception cref="CommandException">It is none, or holds a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2 || uri.UserInfo.Length == 0)
        {
            throw Wrong(address, "it is not like postgres://USER@HOST:PORT/DATABASE");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw HoldsPassword();
        }

        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port < 0 ? DefaultPort : uri.Port,
            Username = Uri.UnescapeDataString(uri.UserInfo),
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(settings, address, pair.Split('=', 2));
        }

        if (settings.Host is not { Length: > 0 } host)
        {
            throw Wrong(address, "it names no host; ?host=/FOLDER names the folder of a socket");
        }

        // Passwords and keys of an authority go over no network in the clear, and to nobody else.
        if (!settings.ContainsKey("SSL Mode"))
        {
            settings.SslMode = IsHere(host) ? SslMode.Prefer : SslMode.VerifyFull;
        }

        return settings;
    }

    /// <summary>Gives what Npgsql connects by.</summary>
    /// <param name="home">The home that names the place.</param>
    /// <param name="place">The place.</param>
    /// <exception cref="CommandException">The address is none, or the password is not there.</exception>
    public static string ToConnectionString(Home home, StorePlace place)
    {
        var settings = Parse(place.Address);
        if (place.PasswordFile is { } file)
        {
            var path = Path.GetFullPath(Path.Combine(home.Root, file));
            if (!File.Exists(path))
            {
                throw CommandException.NotFound($"{path} is missing: the password of the store of {home.Root}.", path);
            }

            using var line = SecretFile.ReadFirstLine(path);
            settings.Password = Encoding.UTF8.GetString(line.Span);
        }
        else if (place.PasswordEnvironment is { } variable)
        {
            settings.Password = Environment.GetEnvironmentVariable(variable)
                ?? throw CommandException.Usage($"The environment variable {variable} is not set; it holds the password of the store of {home.Root}.");
        }

        return settings.ConnectionString;
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string address, string[] pair)
    {
        var value = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
        switch (pair[0])
        {
            case "sslmode" when Modes.TryGetValue(value, out var mode): settings.SslMode = mode; break;
            case "sslmode": throw Wrong(address, $"sslmode is one of {string.Join(", ", Modes.Keys)}");
            case "sslrootcert": settings.RootCertificate = value; break;
            case "sslcert": settings.SslCertificate = value; break;
            case "sslkey": settings.SslKey = value; break;
            case "schema": settings.SearchPath = value; break;
            case "host": settings.Host = value; break;
            case "password" or "sslpassword": throw HoldsPassword();
            default: throw Wrong(address, $"'{pair[0]}' is unknown; there are host, schema, sslmode, sslrootcert, sslcert and sslkey");
        }
    }

    private static bool IsHere(string host) =>
        host.StartsWith('/') || host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static CommandException HoldsPassword() => CommandException.Usage(
        "The address of the store holds a password, which others could see: put it into a file or the environment, and name that by --store-password-file or --store-password-env.");

    private static CommandException Wrong(string address, string why) => CommandException.Usage($"The store '{Shown(address)}' cannot be used: {why}.");

    // A password that somebody has written there in error goes to no terminal and no log: what stands between the first colon behind the slashes and the last @, and the values of such settings.
    private static string Shown(string address)
    {
        var (slashes, at) = (address.IndexOf("//", StringComparison.Ordinal), address.LastIndexOf('@'));
        var colon = slashes < 0 ? -1 : address.IndexOf(':', slashes);
        var shown = colon >= 0 && colon < at ? $"{address[..colon]}:…{address[at..]}" : address;
        return string.Join('&', shown.Split('&').Select(part => part.IndexOf("password=", StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? $"{part[..found]}password=…" : part));
    }
}
