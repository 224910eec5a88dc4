using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Cli.Messages;

/// <summary>Is <c>cki msg inspect</c>: shows any PKIMessage, and where one breaks a rule.</summary>
internal static class InspectCommand
{
    /// <summary>Creates the command with the one above it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("file") { Description = "A PKIMessage as DER, PEM, hexadecimal digits or base64; - for the standard input." };
        var verb = new PkiVerb("inspect", "Shows what a message is, who sent it, its status in words, and all its fields with their offsets.", "cki msg inspect message.der") { file };
        verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var name = parsed.GetValue(file)!;
            var octets = await MessageInput.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            try
            {
                return Show(PKIMessage.Decode(octets), octets);
            }
            catch (DerException exception)
            {
                await error.WriteLineAsync($"cki: {Failures.OneLine($"{name}: {exception.Message}")}").ConfigureAwait(false);
                return Fault(exception, octets);
            }
        });
        return new ExampleCommand("msg", "Messages of the CKI Key Management Protocol.", "cki msg inspect message.der") { verb };
    }

    private static PkiResult Show(PKIMessage message, byte[] octets)
    {
        var header = message.Header;
        var kind = message.Body.GetType().Name;
        var status = MessageWords.StatusOf(message.Body);
        var json = new JsonObject
        {
            ["body"] = char.ToLowerInvariant(kind[0]) + kind[1..],
            ["what"] = MessageWords.Describe(message.Body),
            ["sender"] = NameOf(header.Sender),
            ["recipient"] = NameOf(header.Recipient),
            ["messageTime"] = header.MessageTime is { } time ? ShowText.Iso(time.ToDateTimeOffset()) : null,
            ["transactionID"] = header.TransactionID?.ToHex(),
            ["status"] = status is null ? null : MessageWords.Describe(status.Status),
            ["failures"] = status?.FailInfo is { } failure ? new JsonArray([.. MessageWords.Describe(failure).Select(words => (JsonNode)words)]) : null,
            ["freeText"] = header.FreeText is null ? null : FreeText.Read(header.FreeText),
            ["octets"] = octets.Length,
            ["message"] = JsonNode.Parse(Jer.FromDer(PKIMessage.Descriptor, octets, indented: false)),
        };
        return new PkiResult(json, Text(json) + "\n" + DerText.Dump(PKIMessage.Descriptor, octets));
    }

    private static string Text(JsonObject json)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in json.Where(field => field.Value is not null && field.Key != "message"))
        {
            foreach (var line in value is JsonArray lines ? lines.Select(line => line!.ToString()) : [value!.ToString()])
            {
                text.Append(name.PadRight(16)).Append(Failures.OneLine(line)).Append('\n');
            }
        }

        return text.ToString();
    }

    // What is well-formed DER is shown by its tags, so that the offset can be found in it.
    private static PkiResult Fault(DerException exception, byte[] octets)
    {
        var json = new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = "invalid-input", ["message"] = Failures.OneLine(exception.Message), ["kind"] = exception.Kind.ToString(), ["offset"] = exception.Offset, ["path"] = exception.Path },
        };
        try
        {
            return new PkiResult(json, DerText.Dump(octets), ExitCode: ExitCodes.CheckFailed);
        }
        catch (DerException)
        {
            return new PkiResult(json, "", ExitCode: ExitCodes.CheckFailed);
        }
    }

    private static string NameOf(GeneralName name) => MessageReader.DirectoryName(name)?.ToString() ?? name.GetType().Name;
}
