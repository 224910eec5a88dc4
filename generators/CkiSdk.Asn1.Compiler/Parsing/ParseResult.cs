using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Is what the parser makes of one file: its modules in the order of the text, and everything that it has to say about them.</summary>
public sealed record ParseResult(SourceText Source, IReadOnlyList<ModuleSyntax> Modules, IReadOnlyList<Asn1Diagnostic> Diagnostics)
{
    /// <summary>Gets what the project says that decoders are to admit: <c>Type=Name; Type.component=Name</c>.</summary>
    public string Relax { get; init; } = string.Empty;

    /// <summary>Gets whether the file was not given, but found where imports are looked for.</summary>
    public bool IsFound { get; init; }

    /// <summary>Gets the C# namespace of the types, where it does not follow from the module's name; null for others.</summary>
    public string? Namespace { get; init; }
}
