using System.Text;

namespace CkiSdk.TestSupport;

/// <summary>Holds what a program left behind: its exit code, the octets of standard output and the text of standard error.</summary>
public sealed record ProgramResult(int ExitCode, byte[] Output, string Error)
{
    /// <summary>Gets standard output as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);
}
