namespace CkiSdk.Cli.Tests;

/// <summary>Shows that no option that takes a number lets another word through, whichever command it is of.</summary>
public sealed class NumberOptionsTests
{
    private static readonly Type[] Numbers = [typeof(int), typeof(int?), typeof(long), typeof(long?), typeof(double), typeof(double?)];

    [Theory]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public void EachNumber_IsRefused_WithItsBounds(string word)
    {
        var root = CommandLine.Create(TextWriter.Null, TextWriter.Null);
        var options = CommandTree.Below(root).SelectMany(command => command.Command.Options.Where(option => Numbers.Contains(option.ValueType)).Select(option => (command.Path, option.Name))).ToArray();
        Assert.Contains(options, option => option is { Path: "cma init", Name: "--years" });
        Assert.Contains(options, option => option is { Path: "audit list", Name: "--last" });
        foreach (var (path, name) in options)
        {
            Assert.Contains(root.Parse([.. path.Split(' '), name, word]).Errors, error => error.Message.StartsWith($"{name}: a number from ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("pki", "cert", "issue", "--days", "abc")]
    [InlineData("pki", "crl", "create", "--number", "x")]
    [InlineData("cma", "init", "--years", "51")]
    [InlineData("doctor", "--home", "none", "--days", "36501")]
    public async Task WhatIsNoNumber_EndsWithTwo(params string[] args)
    {
        var (code, output, error) = await CkiProgram.RunInsideAsync([.. args, "--json"]);
        Assert.Equal(2, code);
        Assert.Contains("a number from", error, StringComparison.Ordinal);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
    }
}
