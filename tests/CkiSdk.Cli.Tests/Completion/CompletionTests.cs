using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Completion;

/// <summary>Shows that a shell completes what is typed of <c>cki</c>, by the shell itself.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("a command", "cki recov", "recovery")]
    [InlineData("all commands below", "cki cma user ", "--help add list restore revoke")]
    [InlineData("an option", "cki cma user revoke --re", "--reason")]
    [InlineData("the values of an option", "cki cma user revoke --reason ", "affiliation-changed black-listed key-compromise unspecified")]
    [InlineData("nothing", "cki cma xyz", "")]
    public async Task Bash_Completes(string description, string line, string expected)
    {
        using var folder = new TemporaryFolder();
        var (code, script, _) = await CkiProgram.RunInsideAsync(["completion", "bash"]);
        Assert.Equal(0, code);
        await File.WriteAllTextAsync(folder.PathOf("completion"), script, TestContext.Current.CancellationToken);
        var result = ExternalProgram.RunOk("bash", ["-c", $$"""
            cki() { {{string.Join(' ', CkiProgram.Command)}} "$@"; }
            source "{{folder.PathOf("completion")}}"
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            COMP_WORDS=($COMP_LINE)
            [ "${COMP_LINE% }" = "$COMP_LINE" ] || COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _cki
            printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd ' '
            """]);
        Assert.Equal((description, expected), (description, result.Text.Trim()));
    }

    [Theory]
    [InlineData("zsh", "compdef _cki cki")]
    [InlineData("fish", "complete -c cki")]
    public async Task OtherShells_GetTheirs(string shell, string part)
    {
        var (code, script, _) = await CkiProgram.RunInsideAsync(["completion", shell]);
        Assert.Equal(0, code);
        Assert.Contains(part, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
        Assert.Equal(2, (await CkiProgram.RunInsideAsync(["completion", "tcsh"])).Code);
    }
}
