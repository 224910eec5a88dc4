namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is what the doc comment of a generated type tells: the module's comment, the production, and where it stands.</summary>
public sealed record DocModel(string? Comment, string Production, string File, int Line);
