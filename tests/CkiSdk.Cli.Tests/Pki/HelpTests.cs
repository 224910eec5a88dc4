using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Reads the help of every command of <c>cki pki</c> as a newcomer does: it is whole, its examples parse, and an option means the same everywhere.</summary>
public sealed partial class HelpTests
{
    private static readonly RootCommand Root = new("cki") { PkiCommand.Create(TextWriter.Null, TextWriter.Null) };

    private static readonly List<(string Path, Command Command)> Commands = [.. CommandTree.Below(Root)];

    public static TheoryData<string> Paths => [.. Commands.Select(row => row.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Help_IsWhole(string path)
    {
        var command = Commands.Single(row => row.Path == path).Command;
        var (code, output, error) = await CkiProgram.RunInsideAsync([.. path.Split(' '), "--help"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Matches("(?m)^Example:\n  cki ", output);
        Assert.Contains("Exit codes:", output, StringComparison.Ordinal);
        foreach (var option in command.Options.Where(option => !option.Hidden))
            Assert.True(option.Description is { Length: > 10 } description && description.EndsWith('.'), $"{path} {option.Name}: {option.Description}");
        foreach (var argument in command.Arguments)
            Assert.True(argument.Description is { Length: > 10 }, $"{path} {argument.Name}");
        Assert.EndsWith(".", command.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Examples_Parse(string path)
    {
        var example = ((ExampleCommand)Commands.Single(row => row.Path == path).Command).Example;
        Assert.StartsWith("cki ", example, StringComparison.Ordinal);
        var parsed = Root.Parse([.. WordPattern().Matches(example["cki ".Length..]).Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal))]);
        Assert.Empty(parsed.Errors);
        Assert.StartsWith(path, string.Join(' ', Ancestors(parsed.CommandResult.Command)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task WrongUse_IsOneDocument(string path)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync([.. path.Split(' '), "--no-such-option", "--json"]);
        Assert.Equal(ExitCodes.Usage, code);
        Assert.NotEmpty(error);
        Assert.Equal("usage", JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    // One set of options: what bears the same name has the same kind of value; --key alone names a key or a kind of key.
    [Fact]
    public void Options_MeanTheSame_Everywhere()
    {
        var kinds = Commands.SelectMany(row => row.Command.Options).Where(option => option.Name != "--key").GroupBy(option => option.Name);
        Assert.All(kinds, same => Assert.True(same.Select(option => option.HelpName).Distinct().Count() == 1, same.Key));
        foreach (var (path, command) in Commands.Where(row => row.Command is PkiVerb))
        {
            var names = command.Options.Select(option => option.Name).ToHashSet();
            Assert.Contains("--json", names);
            Assert.True(!names.Contains("--out") || names.Contains("--force"), path);
            Assert.DoesNotContain(names, name => name is "--password" or "--pin" or "--challenge"); // a secret is never a word of the command line
        }
    }

    private static IEnumerable<string> Ancestors(Symbol? command) => command is null or RootCommand ? [] : [.. Ancestors(command.Parents.FirstOrDefault()), command.Name];

    [GeneratedRegex("(?:\"[^\"]*\"|[^ \"])+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WordPattern();
}
