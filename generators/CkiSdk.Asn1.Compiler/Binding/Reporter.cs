using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Collects the binder's diagnostics, each once.</summary>
internal sealed class Reporter
{
    // Whoever has more errors than that reads no more guesses, and each looks at all names of a module.
    private const int MostHints = 200;

    private readonly HashSet<Asn1Diagnostic> _seen = [];
    private int _hints;

    /// <summary>Gets what was reported, in order.</summary>
    public List<Asn1Diagnostic> Diagnostics { get; } = [];

    /// <summary>Gets or sets a value indicating whether errors are warnings, because nothing depends on what is looked at.</summary>
    public bool IsLenient { get; set; }

    /// <summary>Gets whether there was an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Gets or sets the assignment that is being linked; null while that is none.</summary>
    public AssignmentSyntax? Current { get; set; }

    /// <summary>Gets the names of the assignments of which something was said while another or they themselves were linked; without an error.</summary>
    public HashSet<string> Doubtful { get; } = new(StringComparer.Ordinal);

    /// <summary>Says whether an error may still be given a guess of what was meant.</summary>
    public bool TakeHint() => _hints++ < MostHints;

    /// <summary>Reports an error.</summary>
    public void Error(string code, ModuleUnit unit, TextSpan span, string message) => Add(code, !IsLenient, unit, span, message);

    /// <summary>Reports a warning.</summary>
    public void Warning(string code, ModuleUnit unit, TextSpan span, string message) => Add(code, false, unit, span, message);

    /// <summary>Adds a diagnostic that the parser gave.</summary>
    public void Add(Asn1Diagnostic diagnostic)
    {
        diagnostic = IsLenient ? diagnostic with { IsError = false } : diagnostic;
        HasErrors |= diagnostic.IsError;
        if (Current is not null)
        {
            Doubtful.Add(Current.Name);
        }

        if (_seen.Add(diagnostic) && (diagnostic.IsError || _seen.Add(diagnostic with { IsError = true })))
        {
            Diagnostics.Add(diagnostic);
        }
    }

    /// <summary>What is doubtful in a module of a referenced assembly was said when that was compiled.</summary>
    private void Add(string code, bool isError, ModuleUnit unit, TextSpan span, string message)
    {
        if (!unit.IsExternal)
        {
            Add(Asn1Diagnostic.At(code, isError, unit.Source, span, message));
            if (Current is not null && !HasErrors && unit.At(span.Start) is { } assignment)
            {
                Doubtful.Add(assignment.Name);
            }
        }
    }
}
