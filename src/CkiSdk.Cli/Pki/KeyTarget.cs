namespace CkiSdk.Cli.Pki;

/// <summary>Says where a key is written, and how.</summary>
/// <param name="Path">The file, or <c>-</c>.</param>
/// <param name="IsPem">Whether to write PEM.</param>
/// <param name="Force">Whether a file may be overwritten.</param>
/// <param name="Output">The standard output.</param>
internal sealed record KeyTarget(string Path, bool IsPem, bool Force, TextWriter Output);
