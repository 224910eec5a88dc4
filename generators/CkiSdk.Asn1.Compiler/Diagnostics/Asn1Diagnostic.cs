using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Diagnostics;

/// <summary>Tells of a fault or a doubt in a module: a code of <see cref="DiagnosticCodes"/>, what was found and expected, and the place (lines and columns count from zero).</summary>
public sealed record Asn1Diagnostic(
    string Code, bool IsError, string Message, string Path, TextSpan Span, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>Makes a diagnostic for a span of a file.</summary>
    public static Asn1Diagnostic At(string code, bool isError, SourceText source, TextSpan span, string message)
    {
        var (startLine, startColumn) = source.LineAndColumn(span.Start);
        var (endLine, endColumn) = source.LineAndColumn(span.End);
        return new Asn1Diagnostic(code, isError, message, source.Path, span, startLine, startColumn, endLine, endColumn);
    }

    /// <summary>Returns the line that compilers print: file, line and column counted from one, severity, code, message.</summary>
    public override string ToString() =>
        $"{Path}({StartLine + 1},{StartColumn + 1}): {(IsError ? "error" : "warning")} {Code}: {Message}";
}
