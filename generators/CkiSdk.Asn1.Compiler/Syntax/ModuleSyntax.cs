namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is one module definition (X.680 13). TagDefault is <c>EXPLICIT</c> (also where nothing is written), <c>IMPLICIT</c> or <c>AUTOMATIC</c>; Exports is null for all.</summary>
public sealed record ModuleSyntax(
    string Name,
    BlockValueSyntax? Oid,
    string TagDefault,
    bool IsExtensibilityImplied,
    IReadOnlyList<SymbolSyntax>? Exports,
    IReadOnlyList<ImportSyntax> Imports,
    IReadOnlyList<AssignmentSyntax> Assignments,
    TextSpan NameSpan,
    TextSpan Span) : SyntaxNode(Span)
{
    /// <summary>Gets the module's text without comments and with at most one blank or end of line between two items: an edit of comments does not change it.</summary>
    public string BareText { get; init; } = string.Empty;

    /// <summary>Gets the comments that speak to the compiler.</summary>
    public IReadOnlyList<DirectiveSyntax> Directives { get; init; } = [];

    /// <summary>Gets or initialises the names that the text uses behind its imports.</summary>
    internal HashSet<string> UsedNames { get; init; } = [];

    /// <summary>Says whether the text uses a name, in an assignment or in EXPORTS.</summary>
    public bool Uses(string name) => UsedNames.Contains(name);
}

/// <summary>Is a name in EXPORTS or IMPORTS; the braces behind a parameterised one are left out.</summary>
public sealed record SymbolSyntax(string Name, TextSpan Span) : SyntaxNode(Span);

/// <summary>Is <c>a, B, C FROM Module {oid}</c>; Selection is <c>WITH SUCCESSORS</c>, <c>WITH DESCENDANTS</c> or null.</summary>
public sealed record ImportSyntax(
    IReadOnlyList<SymbolSyntax> Symbols, string Module, ValueSyntax? Oid, string? Selection, TextSpan ModuleSpan, TextSpan Span) : SyntaxNode(Span);
