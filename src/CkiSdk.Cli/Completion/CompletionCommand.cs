using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Completion;

/// <summary>Is <c>cki completion</c>: the lines that let a shell complete commands, options and their values.</summary>
/// <remarks>The shell asks the program itself (<c>cki [suggest:PLACE] LINE</c>), so that nothing has to be written again when a command is added.</remarks>
internal static class CompletionCommand
{
    // Synonyms of --help are no help to whoever looks for a word.
    private const string Suggest = "2>/dev/null | grep -v -e '^/' -e '^-[?h]$'";

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = $$"""
            _cki() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(cki "[suggest:$COMP_POINT]" "$COMP_LINE" {{Suggest}})" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _cki cki
            """,
        ["zsh"] = $$"""
            _cki() {
              local -a found
              found=("${(@f)$(cki "[suggest:$CURSOR]" "$BUFFER" {{Suggest}})}")
              compadd -- $found || _files
            }
            compdef _cki cki
            """,
        ["fish"] = $$"""
            complete -c cki -a '(set -l line (commandline -cp); cki "[suggest:"(string length -- $line)"]" $line {{Suggest.Replace("'", "\\'", StringComparison.Ordinal)}})'
            """,
    };

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the lines go.</param>
    public static Command Create(TextWriter output)
    {
        var shell = new Argument<string>("shell") { Description = "The shell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new ExampleCommand(
            "completion", "Prints what makes a shell complete commands, options and their values; for bash put 'source <(cki completion bash)' into ~/.bashrc.", "cki completion bash") { shell };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await output.WriteLineAsync(Scripts[parsed.GetValue(shell)!].AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
        return command;
    }
}
