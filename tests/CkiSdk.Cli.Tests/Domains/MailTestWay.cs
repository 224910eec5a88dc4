using System.Text.Json.Nodes;
using CkiSdk.TestSupport.Mail;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Lets messages go by mail, where a test says so: each authority and each user has an account of his own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class MailTestWay(MailSystem system, params string[] byMail) : TestWay
{
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    public override string? RouteTo(TwoDomains domains, string authority) => byMail.Contains(authority, StringComparer.Ordinal) ? $"mailto:{AddressOf(authority)}" : null;

    public override string? RouteForUser(TwoDomains domains, string user, string authority)
    {
        var file = domains.PathOf($"{user}-mail.json");
        WriteAccount(system, file, AddressOf(user));
        return RouteTo(domains, authority) is { } route ? $"{route}?account={file}" : null;
    }

    public override string[] Serve(TwoDomains domains, string authority)
    {
        // For what it sends itself; one mailbox serves both.
        var file = domains.PathOf($"{authority}/mail.json");
        WriteAccount(system, file, AddressOf(authority));
        return byMail.Contains(authority, StringComparer.Ordinal) ? ["--mail", file] : [];
    }

    public override string? Listen(string authority) => byMail.Contains(authority, StringComparer.Ordinal) ? base.Listen(authority) : null;

    /// <summary>Writes the settings of an account on the servers of the tests, and its password beside.</summary>
    public static void WriteAccount(MailSystem system, string path, string address, JsonObject? settings = null)
    {
        settings ??= new JsonObject { ["version"] = 1, ["passwordFile"] = $"{Path.GetFileName(path)}.secret" };
        settings["address"] = address;
        settings["outgoing"] = new JsonObject { ["host"] = "localhost", ["port"] = system.Smtp };
        settings["incoming"] = new JsonObject { ["host"] = "localhost", ["port"] = system.Imaps, ["security"] = "tls" };
        settings["authorities"] = system.AuthorityFile;
        var secret = Path.Combine(Path.GetDirectoryName(path)!, settings["passwordFile"]!.GetValue<string>());
        File.WriteAllText(path, settings.ToJsonString());
        File.WriteAllText(secret, MailSystem.Password + "\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string AddressOf(string party)
    {
        if (!_addresses.TryGetValue(party, out var address)) _addresses[party] = address = MailSystem.NewAddress(party);
        return address;
    }
}
