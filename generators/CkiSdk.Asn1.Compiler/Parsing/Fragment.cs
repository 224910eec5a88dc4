using CkiSdk.Asn1.Compiler.Diagnostics;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Is what the parser makes of tokens that were kept for later; Node is null where a diagnostic is an error.</summary>
public sealed record Fragment<T>(T? Node, IReadOnlyList<Asn1Diagnostic> Diagnostics)
    where T : class;
