using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Collects the binder's diagnostics, each once.</summary>
internal sealed class Reporter
{
    private readonly HashSet<Asn1Diagnostic> _seen = [];

    /// <summary>Gets what was reported, in order.</summary>
    public List<Asn1Diagnostic> Diagnostics { get; } = [];

    /// <summary>Reports an error.</summary>
    public void Error(string code, ModuleUnit unit, TextSpan span, string message) => Add(Asn1Diagnostic.At(code, true, unit.Source, span, message));

    /// <summary>Reports a warning.</summary>
    public void Warning(string code, ModuleUnit unit, TextSpan span, string message) => Add(Asn1Diagnostic.At(code, false, unit.Source, span, message));

    /// <summary>Adds a diagnostic that the parser gave.</summary>
    public void Add(Asn1Diagnostic diagnostic)
    {
        if (_seen.Add(diagnostic))
        {
            Diagnostics.Add(diagnostic);
        }
    }
}
