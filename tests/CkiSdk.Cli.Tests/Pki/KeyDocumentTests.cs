using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Runs the commands that docs/pki.md shows for keys, one after the other.</summary>
public sealed class KeyDocumentTests
{
    [Fact]
    public async Task Commands_OfTheDocument_Run()
    {
        using var folder = new TemporaryFolder();
        var document = Repository.ReadText("docs/pki.md");
        var start = document.IndexOf("\n## Keys\n", StringComparison.Ordinal);
        var section = document[start..document.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
        var commands = section.Split('\n').Where(line => line.StartsWith("cki pki key ", StringComparison.Ordinal)).ToList();
        Assert.InRange(commands.Count, 3, 100);
        foreach (var command in commands)
        {
            string[] args = [.. command.Split(' ').Skip(1).Select(word => word.EndsWith(".pem", StringComparison.Ordinal) ? folder.PathOf(word) : word)];
            var (code, _, error) = await CkiProgram.RunInsideAsync(args);
            Assert.True(code == 0, $"{command}: {error}");
        }
    }
}
