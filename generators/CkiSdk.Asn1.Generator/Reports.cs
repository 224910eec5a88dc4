using CkiSdk.Asn1.Compiler.CodeFirst;
using CkiSdk.Asn1.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Asn1.Generator;

/// <summary>Turns the compiler's diagnostics into those of a build.</summary>
internal static class Reports
{
    /// <summary>Returns the diagnostic at its place in the module's file.</summary>
    public static Diagnostic ToRoslyn(Asn1Diagnostic fault)
    {
        // A module whose imports lead nowhere has holes: a check may say so and go on, a build may not.
        var isError = fault.IsError || fault.Code == DiagnosticCodes.UnresolvedImport;
        var lines = new LinePositionSpan(new LinePosition(fault.StartLine, fault.StartColumn), new LinePosition(fault.EndLine, fault.EndColumn));
        return Diagnostic.Create(Descriptor(fault.Code, isError), Location.Create(fault.Path, new TextSpan(fault.Span.Start, fault.Span.Length), lines), fault.Message);
    }

    /// <summary>Returns the diagnostic at its place in C#.</summary>
    public static Diagnostic ToRoslyn(CodeFault fault, Location place) => Diagnostic.Create(Descriptor(fault.Code, fault.IsError), place, fault.Message);

#pragma warning disable RS2008 // the codes are listed in DiagnosticCodes, not in analyzer release files
    private static DiagnosticDescriptor Descriptor(string code, bool isError) =>
        new(code, "ASN.1", "{0}", "Asn1", isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, isEnabledByDefault: true);
#pragma warning restore RS2008
}
