using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Holds what the documents promise: commands and files that exist, links that lead somewhere, no path of a machine.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Files_Name_NoPathOfAMachine()
    {
        // Put together here, so that this file does not hold such a path itself.
        var pattern = new Regex(@"(?<![\w.])/(?:wo" + "rk|ho" + @"me|ro" + "ot|Us" + @"ers)/\w");
        var wrong =
            from file in Checkout.TextFiles
            from line in File.ReadLines(Repository.PathOf(file)).Index()
            where pattern.IsMatch(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Trim()}";
        Violations.None(wrong);
    }

    [Fact]
    public void Readme_Shows_BothCommands()
    {
        var readme = Repository.ReadText("README.md");
        Assert.Contains("dotnet run --project src/CkiSdk.Cli -c Release -- demo", readme, StringComparison.Ordinal);
        Assert.Contains("eng/test.sh", readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples/OwnModule/Rockets.asn1")]
    [InlineData("samples/OwnModule/Program.cs")]
    [InlineData("samples/OwnModule/OwnModule.csproj")]
    [InlineData("samples/SecureExchange/Party.cs")]
    public void Readme_Quotes_TheSample(string sample)
    {
        var lines = Repository.ReadText(sample).Split('\n').Select(line => line.Trim()).ToHashSet();
        var blocks = CodePattern().Matches(Repository.ReadText("README.md")).Select(match => match.Groups["code"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(blocks, block => block.All(line => lines.Contains(line.Trim())));
    }

    [Fact]
    public void Commands_OfTheDocuments_Exist()
    {
        var wrong =
            from file in Documents
            from block in FencePattern().Matches(Repository.ReadText(file)).Select(match => match.Value)
            from path in CommandPattern().Matches(block).Select(match => match.Groups["path"].Value)
            where !Path.Exists(Repository.PathOf(path))
            select $"{file}: {path}";
        Violations.None(wrong);
    }

    [Fact]
    public void Links_OfTheDocuments_LeadSomewhere()
    {
        var wrong =
            from file in Documents
            from link in LinkPattern().Matches(Repository.ReadText(file)).Select(match => match.Groups["target"].Value)
            where !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)
            let target = link.Split('#')[0]
            let path = target.Length == 0 ? Repository.PathOf(file) : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(file))!, target))
            where !Path.Exists(path) || (link.Contains('#', StringComparison.Ordinal) && !HeadingsOf(path).Contains(link.Split('#')[1]))
            select $"{file}: {link}";
        Violations.None(wrong);
    }

    [Fact]
    public void DecisionRecords_AreNumberedAndNamed() =>
        Violations.None(Checkout.Files.Where(file => file.StartsWith("docs/adr/", StringComparison.Ordinal) && !DecisionPattern().IsMatch(file)));

    [Theory]
    [InlineData("docs/conformance.md")]
    [InlineData("docs/pki.md")]
    public void Tables_Name_TestsThatExist(string page)
    {
        var tests = string.Join('\n', Checkout.SourcesBelow("tests").Select(Repository.ReadText));
        var wrong =
            from match in TestNamePattern().Matches(Repository.ReadText(page))
            let names = (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)
            where !tests.Contains($"class {names.Class}", StringComparison.Ordinal) || !tests.Contains($" {names.Method}(", StringComparison.Ordinal)
            select match.Value;
        Violations.None(wrong);
    }

    private static IEnumerable<string> Documents => Checkout.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    // The anchor that a Markdown viewer makes of a heading: lower case, punctuation dropped, blanks as hyphens.
    private static IEnumerable<string> HeadingsOf(string path) => !path.EndsWith(".md", StringComparison.Ordinal)
        ? []
        : HeadingPattern().Matches(File.ReadAllText(path))
            .Select(match => PunctuationPattern().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();

    [GeneratedRegex(@"^```\w+\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"(?:--project |(?<=^|[\s=]))(?<path>(?:src|tests|eng|fuzz|benchmarks|samples|generators)/[\w./-]+)", RegexOptions.Multiline)]
    private static partial Regex CommandPattern();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex PunctuationPattern();

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex TestNamePattern();

    [GeneratedRegex(@"^docs/adr/[0-9]{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionPattern();
}
