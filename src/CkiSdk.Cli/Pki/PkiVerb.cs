using System.CommandLine;
using System.CommandLine.Parsing;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Is one command of <c>cki pki</c>, which ends with one result: a short text, the long one of <c>--text</c>, or the document of <c>--json</c>.</summary>
internal sealed class PkiVerb : ExampleCommand
{
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document to the standard output, also on failure; everything else goes to the standard error." };
    private readonly Option<bool>? _text;

    /// <summary>Makes the command.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="example">A whole command line that works.</param>
    /// <param name="hasText">Whether there is a long text.</param>
    public PkiVerb(string name, string description, string example, bool hasText = false)
        : base(name, description, example)
    {
        Options.Add(_json);
        if (hasText)
        {
            _text = new Option<bool>("--text") { Description = "Print everything, as OpenSSL does." };
            Options.Add(_text);
        }
    }

    /// <summary>Tells whether a document was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    public static bool IsJson(ParseResult parsed) => parsed.CommandResult.Command is PkiVerb verb && parsed.GetValue(verb._json);

    /// <summary>Says what the command does; its failures become an exit code, a line for the user, and with <c>--json</c> a document.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    /// <param name="run">Does it.</param>
    public PkiVerb Does(TextWriter output, TextWriter error, Func<ParseResult, CancellationToken, Task<PkiResult>> run)
    {
        foreach (var option in Options)
        {
            option.Validators.Add(RefuseOptions);
            if (option.HelpName is "FILE" or "CARD" or "SO")
            {
                option.Validators.Add(RefuseEmptyName);
            }
        }

        foreach (var argument in Arguments)
        {
            argument.Validators.Add(RefuseOptions);
        }

        SetAction((parsed, cancellationToken) => RunAsync(parsed, output, error, run, cancellationToken));
        return this;
    }

    // A misspelt option would be taken for a file behind an option that takes several, or for the argument.
    private static void RefuseOptions(SymbolResult result)
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } word)
        {
            result.AddError($"Unrecognized option '{word.Value}'.");
        }
    }

    // What a script makes of a variable that is not set.
    private static void RefuseEmptyName(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{result.Option.Name} names no file.");
        }
    }

    private async Task<int> RunAsync(
        ParseResult parsed, TextWriter output, TextWriter error, Func<ParseResult, CancellationToken, Task<PkiResult>> run, CancellationToken cancellationToken)
    {
        var isJson = parsed.GetValue(_json);
        var isText = _text is not null && parsed.GetValue(_text);
        try
        {
            var result = isJson && isText
                ? throw CommandException.Usage("--text and --json do not go together.")
                : await run(parsed, cancellationToken).ConfigureAwait(false);
            await output.WriteAsync(isJson ? result.ToJson() + "\n" : isText ? result.Full ?? result.Short : result.Short).ConfigureAwait(false);
            return result.ExitCode;
        }
        catch (Exception failure) when (isJson)
        {
            await output.WriteLineAsync(JsonText.Error(Failures.Code(failure), Failures.Line(failure))).ConfigureAwait(false);
            await Failures.WriteAsync(failure, error).ConfigureAwait(false);
            return Failures.ExitCode(failure);
        }
    }
}
