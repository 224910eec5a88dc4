using System.Text;
using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Runs every command that docs/pki.md shows, word for word and in its order, in one folder and beside a token of SoftHSM2.</summary>
public sealed partial class DocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // The two ends of the exchange run at once, at a port that is free, and each sends one line.
    private const string Prologue = """
        set -u
        cki() { $CKI_PROGRAM "$@"; }
        run() { # the exit code, the command
          local expected=$1 code=0
          echo "+ $2"
          eval "$2" || code=$?
          [ $code = $expected ] || { echo "$2: exit code $code, not $expected" >&2; exit 1; }
        }
        listen() {
          echo "from the listener" | eval "${1/127.0.0.1:8830/127.0.0.1:0}" > listener.out 2> listener.err &
          for _ in $(seq 600); do grep -q 'waiting at' listener.err && break; sleep 0.05; done
          port=$(sed -n 's/.*waiting at 127.0.0.1:\([0-9]*\).*/\1/p' listener.err)
        }
        connect() {
          echo "from the connector" | eval "${1/127.0.0.1:8830/127.0.0.1:$port}" > connector.out && wait $! || { cat listener.err >&2; exit 1; }
          grep -q "from the listener" connector.out && grep -q "from the connector" listener.out || { echo "the exchange lost a message" >&2; exit 1; }
        }

        """;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_OfThePage_DoWhatItSays()
    {
        var token = new SoftHsmToken(_folder, "cki", "1234");
        _folder.WriteText("pin", "1234\n");
        var script = new StringBuilder(Prologue);
        var lines = LinesOfBlocks(Repository.ReadText("docs/pki.md"))
            .Where(line => !line.StartsWith("dotnet run ", StringComparison.Ordinal)) // the sample, which SampleTests runs
            .ToList();
        Assert.InRange(lines.Count(line => line.StartsWith("cki pki ", StringComparison.Ordinal)), 55, 200);
        foreach (var line in lines)
            script.Append(ScriptOf(line)).Append('\n');
        _folder.WriteText("page.sh", script.ToString());
        var result = ExternalProgram.Run("bash", ["-c", $"cd '{_folder.FullPath}' && CKI_PROGRAM='{string.Join(' ', CkiProgram.Command)}' CKI_PKCS11_MODULE='{token.Module}' SOFTHSM2_CONF='{token.Configuration}' bash page.sh"], limit: TimeSpan.FromMinutes(5));
        Assert.True(result.ExitCode == 0, $"{result.Error}\n{result.Text[^Math.Min(result.Text.Length, 2000)..]}");
        foreach (var name in (string[])["report.bob", "report.opened", "report.token"])
            Assert.Equal("the report\n", File.ReadAllText(_folder.PathOf(name)));
    }

    // The lines of the blocks that name no language.
    private static IEnumerable<string> LinesOfBlocks(string page)
    {
        string? fence = null;
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                fence = fence is null ? line : null;
            else if (fence == "```" && line.Length > 0)
                yield return line;
        }
    }

    private static string ScriptOf(string line)
    {
        var match = CodePattern().Match(line);
        var (command, code) = (CodePattern().Replace(line, ""), match.Success ? match.Groups["code"].Value : "0");
        var quoted = $"'{command.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        return command.Contains(" --listen ", StringComparison.Ordinal) ? $"listen {quoted}"
            : command.Contains(" --connect ", StringComparison.Ordinal) ? $"connect {quoted}"
            : $"run {code} {quoted}";
    }

    [GeneratedRegex(" +# exit code (?<code>[0-9]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex CodePattern();
}
