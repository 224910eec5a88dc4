using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that settings of mail and routes that are wrong are refused before anything is connected, with their place.</summary>
public sealed class MailSettingsTests
{
    private static readonly (string Settings, string Words)[] Wrong =
    [
        ("""{ "version": 2, "address": "a@b", "outgoing": { "host": "h" }, "incoming": { "host": "h" } }""", "version 2"),
        ("""{ "version": 1, "address": "a", "outgoing": { "host": "h" }, "incoming": { "host": "h" } }""", "'a' is no address"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" }, "incoming": { "host": "h" } }""", "passwordFile and passwordEnv"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" }, "incoming": { "host": "h" }, "password": "x" }""", "password"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" }, "incoming": { "host": "h" }, "passwordEnv": "CKI_NOT_THERE" }""", "CKI_NOT_THERE"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h", "security": "none" }, "incoming": { "host": "h" }, "passwordEnv": "PATH" }""", "outgoing.security"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h", "security": "plain" }, "incoming": { "host": "h" }, "passwordEnv": "PATH" }""", "would leave this machine"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" }, "incoming": { "host": "h" }, "passwordEnv": "PATH", "protocol": "imap4" }""", "imap or pop3"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" }, "incoming": { "host": "h" }, "passwordEnv": "PATH", "authorities": "none.pem" }""", "none.pem"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" }, "incoming": { "host": "h" }, "passwordEnv": "PATH", "pollSeconds": 0 }""", "pollSeconds"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h", "port": 70000 }, "incoming": { "host": "h" }, "passwordEnv": "PATH" }""", "70000"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" } }""", "'incoming' is missing"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "port": 25 }, "incoming": { "host": "h" } }""", "'host' is missing in $.outgoing"),
        ("""{ "version": 1, "address": "a@b", "outgoing": { "host": "h" }, "inc""", "line 1, column 68: the text ends before its value does"),
        ("nothing", "mail.json"),
    ];

    [Fact]
    public async Task Settings_ThatAreWrong_AreRefused_WithTheirPlace()
    {
        using var folder = new TemporaryFolder();
        await TwoDomains.Ok("cma", "init", "--home", folder.PathOf("a"), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:0");
        string[] run = ["cma", "run", "--home", folder.PathOf("a"), "--listen", "127.0.0.1:0", "--mail"];
        foreach (var (settings, words) in Wrong)
        {
            var error = await TwoDomains.Fails(2, [.. run, folder.WriteText("mail.json", settings)]);
            Assert.Contains("mail.json", error, StringComparison.Ordinal);
            Assert.Contains(words, error, StringComparison.Ordinal);
        }

        await TwoDomains.Fails(7, [.. run, folder.PathOf("none.json")]);
    }

    [Fact]
    public async Task Routes_ThatAreWrong_AreRefused()
    {
        using var folder = new TemporaryFolder();
        await TwoDomains.Ok("cma", "init", "--home", folder.PathOf("a"), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", "127.0.0.1:0");
        foreach (var route in new[] { "mailto:", "mailto:a", "mailto:a@b@c", "mailto:a b@c", "mailto:a@b?account=", "MAILTO:-oX@b", "mailto:a@b?subject=x" })
            Assert.Contains("mailto:ADDRESS", await TwoDomains.Fails(2, "cma", "peer", "add", "--home", folder.PathOf("a"), "--card", folder.PathOf("a/card.json"), "--route", route), StringComparison.Ordinal);
        await TwoDomains.Fails(7, "cma", "peer", "add", "--home", folder.PathOf("a"), "--card", folder.PathOf("a/card.json"), "--route", $"mailto:a@b?account={folder.PathOf("none.json")}");
    }
}
