namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is what the doc comment of a generated type tells: the module's comment, the production, and the file that it stands in.</summary>
/// <remarks>No line: an edit at the top of a file would change, and emit again, all types below it.</remarks>
public sealed record DocModel(string? Comment, string Production, string File);
