using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.TestSupport;
using CkiSdk.TestSupport.Mail;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Runs every command of docs/mail.md in its order, in an empty folder, with the settings that stand there.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class MailGuideTests
{
    private static readonly string[] PathOptions = ["--home", "--in", "--out", "--password-file", "--mail"];

    [Fact]
    public async Task EveryCommand_OfTheMailGuide_Works()
    {
        await using var system = await MailSystem.StartAsync();
        using var folder = new TemporaryFolder();
        var (cma, user) = (MailSystem.NewAddress("cma"), MailSystem.NewAddress("user"));
        CmaProcess? running = null;
        try
        {
            foreach (var command in File.ReadAllLines(Repository.PathOf("docs/mail.md")).Where(line => line.StartsWith("cki ", StringComparison.Ordinal)))
            {
                var args = Words().Matches(command).Select(word => word.Value.Trim('"')).Skip(1).ToArray();
                for (var i = 1; i < args.Length; i++)
                {
                    if (PathOptions.Contains(args[i - 1], StringComparer.Ordinal)) args[i] = folder.PathOf(args[i]);
                    if (args[i - 1] == "--listen") args[i] = $"127.0.0.1:{FreePorts.Next()}";
                    args[i] = args[i].Replace("cma@a.example", cma, StringComparison.Ordinal).Replace("?account=", $"?account={folder.FullPath}/", StringComparison.Ordinal);
                }

                MailTestWay.WriteAccount(system, folder.PathOf("a1-mail.json"), user, Settings());
                if (args is ["cma", "run", ..])
                {
                    MailTestWay.WriteAccount(system, folder.PathOf("a/mail.json"), cma, Settings());
                    running = await CmaProcess.StartAsync(args[3], listen: null, more: args[4..]);
                    continue;
                }

                await TwoDomains.Ok(args);
            }

            Assert.Equal(0, await running!.StopAsync());
        }
        finally
        {
            if (running is not null) await running.DisposeAsync();
        }
    }

    private static JsonObject Settings() => JsonNode.Parse(Block().Match(Repository.ReadText("docs/mail.md")).Groups[1].Value)!.AsObject();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
