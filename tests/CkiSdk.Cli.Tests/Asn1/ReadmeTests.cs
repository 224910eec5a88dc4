using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Asn1;

/// <summary>Runs the commands that the README shows for modules and values, in their order.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_OfTheReadme_DoWhatTheySay()
    {
        var commands = CommandPattern().Matches(Repository.ReadText("README.md")).Select(match => match.Groups["words"].Value).ToList();
        Assert.Equal(6, commands.Count);
        var outputs = new List<string>();
        foreach (var command in commands)
        {
            var words = command.Split(' ').Select(word => word.StartsWith("/tmp/", StringComparison.Ordinal) ? _folder.PathOf(word[5..])
                : word.StartsWith("samples/", StringComparison.Ordinal) ? Repository.PathOf(word) : word);
            var (code, output, error) = await CkiProgram.RunInsideAsync(["asn1", .. words]);
            Assert.True(code == 0, $"{command}: {error}{output}");
            outputs.Add(output);
        }

        Assert.Contains("340000", outputs[4], StringComparison.Ordinal);
        Assert.Contains("INTEGER = 340000", outputs[5], StringComparison.Ordinal);
    }

    [GeneratedRegex("CkiSdk[.]Cli -c Release -- asn1 (?<words>[^\n]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex CommandPattern();
}
