using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is <c>cki asn1 encode</c>: makes DER of a value in JSON, the inverse of <c>cki asn1 decode --json</c>.</summary>
internal static class EncodeCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where text goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        _ = error;
        var type = Asn1Arguments.Type();
        var more = Asn1Arguments.Library();
        var target = new Option<string?>("--output") { Description = "The file to write; default: the standard output.", HelpName = "FILE" };
        var pem = new Option<string?>("--pem") { Description = "Write PEM with this label, such as CERTIFICATE.", HelpName = "LABEL" };
        var file = Asn1Arguments.File("A file with JSON as X.697 has it; - for the standard input.");
        var command = new Command("encode", "Writes the DER of a value that JSON describes.") { type, more, target, pem, file };
        command.SetAction((parsed, cancellationToken) =>
        {
            var (given, library) = Asn1Arguments.Split(parsed.GetValue(file), parsed.GetValue(more));
            return RunAsync(parsed.GetValue(type)!, library, parsed.GetValue(target), parsed.GetValue(pem), given, output, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string name, IReadOnlyList<string> more, string? target, string? label, string file, TextWriter output, CancellationToken cancellationToken)
    {
        var type = Schemas.Find(name, more);
        var json = await ValueFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        try
        {
            var der = Jer.ToDer(type, (ReadOnlyMemory<byte>)json);
            if (label is null)
            {
                await ValueFile.WriteAsync(target, der, cancellationToken).ConfigureAwait(false);
            }
            else if (target is null or "-")
            {
                await output.WriteLineAsync(Pem(label, der)).ConfigureAwait(false);
            }
            else
            {
                await ValueFile.WriteAsync(target, Encoding.ASCII.GetBytes(Pem(label, der) + "\n"), cancellationToken).ConfigureAwait(false);
            }

            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is JerException or DerException)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception);
        }
    }

    private static string Pem(string label, byte[] der)
    {
        try
        {
            return PemEncoding.WriteString(label, der);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage($"--pem: '{label}' is no label of PEM, such as CERTIFICATE.", exception);
        }
    }
}
