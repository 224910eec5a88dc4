using System.Globalization;
using System.Text.RegularExpressions;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Runs every command of the pages for operators and newcomers in its order, each page in an empty folder.</summary>
public sealed partial class PagesTests
{
    private static readonly string[] PathOptions = ["--home", "--card", "--in", "--out", "--output", "--tlcma", "--password-file", "--certificate", "--asn1", "-in", "-certsout"];

    private readonly Dictionary<string, string> _ports = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages() =>
    [
        "cki.md",
        "getting-started.md",
        .. Directory.EnumerateFiles(Repository.PathOf("docs/tasks"), "*.md").Select(path => $"tasks/{Path.GetFileName(path)}").Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task EveryCommand_OfThePage_Works(string page)
    {
        var text = Repository.ReadText($"docs/{page}");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("report.txt"), "a report", Cancel);
        await File.WriteAllBytesAsync(folder.PathOf("message.der"), TestDomain.Request(TestDomain.A1Name).Encode(), Cancel);
        foreach (Match file in Files().Matches(text)) await File.WriteAllTextAsync(folder.PathOf(file.Groups["name"].Value), file.Groups["text"].Value, Cancel);
        var running = new List<CmaProcess>();
        try
        {
            foreach (var command in text.Split('\n').Where(line => line.StartsWith("cki ", StringComparison.Ordinal) || line.StartsWith("openssl ", StringComparison.Ordinal)))
            {
                var args = Map(Words().Matches(command.Split(" # ")[0]).Select(word => word.Value.Trim('"')).TakeWhile(word => word is not (">" or "&")), folder);
                if (args is ["cki", _, "run", ..])
                {
                    running.Add(await CmaProcess.StartAsync(args[4], args[1], listen: null, more: args[5..]));
                    continue;
                }

                await RunAsync(command, args, folder);
            }

            if (text.Contains("--out received.txt", StringComparison.Ordinal)) Assert.Equal("a report", await File.ReadAllTextAsync(folder.PathOf("received.txt"), Cancel));
            foreach (var process in running.Where(process => process.Web is not null)) Assert.Contains("Keys and certificates", await ReadAsync(process.Web!), StringComparison.Ordinal);
            foreach (var process in running) Assert.Equal(0, await process.StopAsync());
        }
        finally
        {
            foreach (var process in running) await process.DisposeAsync();
        }
    }

    private static async Task<string> ReadAsync(Uri address)
    {
        using var browser = new HttpClient();
        return await browser.GetStringAsync(address, Cancel);
    }

    // A CMA that has just started may still be asking for its keys: what it would say is to ask again.
    private static async Task RunAsync(string command, string[] args, TemporaryFolder folder)
    {
        if (args[0] == "openssl")
        {
            ExternalProgram.RunOk(args[0], args[1..]);
            return;
        }

        var expected = EndsWith().Match(command) is { Success: true } said ? int.Parse(said.Groups["code"].Value, CultureInfo.InvariantCulture) : 0;
        (int Code, string Output, string Error) result = default;
        args = [.. await Task.WhenAll(args[1..].Select(async word => word == "CASE" ? await CaseAsync(folder) : word))];
        await TwoDomains.UntilAsync($"an answer to {command}", async () => (result = await CkiProgram.RunInsideAsync(args, Cancel)).Code == expected || result.Code is not (3 or 4), () => $"{result.Code} {result.Error}");
        Assert.True(result.Code == expected, $"{command}: {result.Code} {result.Error}");
    }

    private static async Task<string> CaseAsync(TemporaryFolder folder) =>
        (await TwoDomains.Json("recovery", "list", "--home", folder.PathOf("cma"))).GetProperty("cases")[0].GetProperty("case").GetString()!;

    private string[] Map(IEnumerable<string> words, TemporaryFolder folder)
    {
        var args = words.ToArray();
        for (var i = 0; i < args.Length; i++)
        {
            if ((i > 0 && PathOptions.Contains(args[i - 1], StringComparer.Ordinal)) || File.Exists(folder.PathOf(args[i]))) args[i] = folder.PathOf(args[i]);
            if (args[i].StartsWith("127.0.0.1:", StringComparison.Ordinal)) args[i] = PortFor(args[i]);
        }

        return args;
    }

    private string PortFor(string address)
    {
        if (!_ports.TryGetValue(address, out var free)) _ports[address] = free = TwoDomains.FreePort();

        return free;
    }

    // A block whose first line names a file is that file.
    [GeneratedRegex("^```[a-z0-9]+ (?<name>[^\n]+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Files();

    [GeneratedRegex("# ends with (?<code>[0-9]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex EndsWith();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
