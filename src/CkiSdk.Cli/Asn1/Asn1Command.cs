using System.CommandLine;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is <c>cki asn1</c>: what can be done with ASN.1 modules and encodings without writing C#.</summary>
internal static class Asn1Command
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) => new("asn1", "Checks, compiles and formats ASN.1 modules, and reads and writes values of their types.")
    {
        CheckCommand.Create(output, error),
        CompileCommand.Create(output, error),
        FormatCommand.Create(output, error),
        DecodeCommand.Create(output, error),
        EncodeCommand.Create(output, error),
        DumpCommand.Create(output, error),
    };
}
