using CkiSdk.Asn1.Compiler.Diagnostics;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Leaves an assignment that cannot be read further; the parser goes on with the next one.</summary>
internal sealed class SyntaxException(Asn1Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>Gets what is reported; a warning where the assignment uses a macro and is only skipped.</summary>
    public Asn1Diagnostic Diagnostic { get; } = diagnostic;
}
