using System.Text.RegularExpressions;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Runs every command of docs/stores.md in its order, in an empty folder, on a server of its own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class StoresGuideTests
{
    [Fact]
    public async Task EveryCommand_OfTheGuide_Works()
    {
        using var server = new PostgreSqlServer(isDurable: false);
        server.CreateDatabase("cki");
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.WriteText("db.password", PostgreSqlServer.Password), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var running = new List<CmaProcess>();
        try
        {
            foreach (var command in File.ReadAllLines(Repository.PathOf("docs/stores.md")).Where(line => line.StartsWith("cki ", StringComparison.Ordinal) || line.StartsWith("cp ", StringComparison.Ordinal)))
            {
                if (command.StartsWith("cp ", StringComparison.Ordinal))
                {
                    ExternalProgram.RunOk("bash", ["-c", $"cd {folder.FullPath} && {command}"]);
                    continue;
                }

                var args = Map(command, folder, server);
                if (args[1] == "run") running.Add(await CmaProcess.StartAsync(args[3], args[0], "127.0.0.1:0"));
                else await TwoDomains.Ok(args);
            }

            Assert.Equal(2, running.Count);
            foreach (var process in running) Assert.Equal(0, await process.StopAsync());
        }
        finally
        {
            foreach (var process in running) await process.DisposeAsync();
        }
    }

    // Files are those of the folder, ports free ones, the database that of the test.
    private static string[] Map(string command, TemporaryFolder folder, PostgreSqlServer server)
    {
        var args = Words().Matches(command).Select(word => word.Value.Trim('"')).Skip(1).ToArray();
        for (var i = 1; i < args.Length; i++)
        {
            args[i] = args[i - 1] switch
            {
                "--home" or "--in" or "--out" or "--key-file" or "--store-password-file" => folder.PathOf(args[i]),
                "--listen" => "127.0.0.1:0",
                "--store" => args[i].Replace(":5432/", $":{server.Port}/", StringComparison.Ordinal),
                _ => args[i],
            };
        }

        return args;
    }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
