using System.CommandLine;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is <c>cki asn1 dump</c>: shows any DER by its tags alone.</summary>
internal static class DumpCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var file = Asn1Arguments.File("A file with DER or PEM; - for the standard input.");
        var json = Asn1Arguments.Json("Print the elements as one JSON array.");
        var command = new Command("dump", "Shows the elements of any DER: offset, length, tag and value.") { json, file };
        command.SetAction((parsed, cancellationToken) => RunAsync(Asn1Arguments.Split(parsed.GetValue(file), null).File, parsed.GetValue(json), output, error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var octets = await ValueFile.ReadEncodingAsync(file, cancellationToken, error).ConfigureAwait(false);
        try
        {
            await output.WriteAsync(json ? DerText.DumpJson(octets) + "\n" : DerText.Dump(octets)).ConfigureAwait(false);
            return ExitCodes.Ok;
        }
        catch (DerException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception);
        }
    }
}
