using System.CommandLine;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is <c>cki asn1 decode</c>: shows a value of any type of any module.</summary>
internal static class DecodeCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the value goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var type = Asn1Arguments.Type();
        var more = Asn1Arguments.Library();
        var rules = new Option<string>("--rules") { Description = "The encoding rules of the input: der (strict) or ber.", DefaultValueFactory = _ => "der" };
        rules.AcceptOnlyFromAmong("der", "ber");
        var text = new Option<bool>("--text") { Description = "Print a line for each element: offset, length, tag, name and value. That is the default." };
        var json = Asn1Arguments.Json("Print JSON as X.697 has it.");
        var file = Asn1Arguments.File("A file with DER or PEM; - for the standard input.");
        var command = new Command("decode", "Reads a value of a type and shows it.") { type, more, rules, text, json, file };
        command.SetAction((parsed, cancellationToken) =>
        {
            var (given, library) = Asn1Arguments.Split(parsed.GetValue(file), parsed.GetValue(more));
            var isJson = parsed.GetValue(json);
            return isJson && parsed.GetValue(text)
                ? throw CommandException.Usage("--text and --json do not go together.")
                : RunAsync(parsed.GetValue(type)!, library, parsed.GetValue(rules) == "ber", isJson, given, output, error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string name, IReadOnlyList<string> more, bool isBer, bool json, string file, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var type = Schemas.Find(name, more);
        ReadOnlyMemory<byte> octets = await ValueFile.ReadEncodingAsync(file, cancellationToken, error).ConfigureAwait(false);
        try
        {
            var der = isBer ? Ber.ToDer(type, octets) : octets;
            var value = json ? Jer.FromDer(type, der, indented: true) + "\n" : DerText.Dump(type, der);
            await output.WriteAsync(value).ConfigureAwait(false);
            return ExitCodes.Ok;
        }
        catch (DerException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception);
        }
    }
}
