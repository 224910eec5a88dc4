namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is an assignment (X.680 16); Comment joins the comments directly before it.</summary>
public abstract record AssignmentSyntax(
    string Name, TextSpan NameSpan, IReadOnlyList<ParameterSyntax> Parameters, string? Comment, TextSpan Span) : SyntaxNode(Span);

/// <summary>Is a dummy parameter (X.683 8.3): <c>Name</c> or <c>Governor : name</c>.</summary>
public sealed record ParameterSyntax(TypeSyntax? Governor, string Name, TextSpan Span) : SyntaxNode(Span);

/// <summary>Is <c>Name ::= Type</c>; a class by reference looks the same and is told apart by the binder.</summary>
public sealed record TypeAssignmentSyntax(
    string Name, TextSpan NameSpan, IReadOnlyList<ParameterSyntax> Parameters, string? Comment, TypeSyntax Type, TextSpan Span)
    : AssignmentSyntax(Name, NameSpan, Parameters, Comment, Span);

/// <summary>Is <c>name Type ::= value</c>, or an object assignment where the governor is a class.</summary>
public sealed record ValueAssignmentSyntax(
    string Name, TextSpan NameSpan, IReadOnlyList<ParameterSyntax> Parameters, string? Comment, TypeSyntax Governor, ValueSyntax Value, TextSpan Span)
    : AssignmentSyntax(Name, NameSpan, Parameters, Comment, Span);

/// <summary>Is <c>Name Governor ::= { … }</c>: a value set where the governor is a type, an object set where it is a class.</summary>
public sealed record SetAssignmentSyntax(
    string Name, TextSpan NameSpan, IReadOnlyList<ParameterSyntax> Parameters, string? Comment, TypeSyntax Governor, BlockValueSyntax Block, TextSpan Span)
    : AssignmentSyntax(Name, NameSpan, Parameters, Comment, Span);

/// <summary>Is <c>NAME ::= CLASS { … }</c>.</summary>
public sealed record ClassAssignmentSyntax(
    string Name, TextSpan NameSpan, IReadOnlyList<ParameterSyntax> Parameters, string? Comment, ClassSyntax Class, TextSpan Span)
    : AssignmentSyntax(Name, NameSpan, Parameters, Comment, Span);

/// <summary>Is <c>NAME MACRO ::= BEGIN … END</c> of the 1988 notation, or the use of such a macro: skipped with a warning.</summary>
public sealed record MacroAssignmentSyntax(string Name, TextSpan NameSpan, string? Comment, TextSpan Span)
    : AssignmentSyntax(Name, NameSpan, [], Comment, Span)
{
    /// <summary>Gets what stands in braces behind <c>::=</c> where a macro is used: mostly an object identifier; null for none.</summary>
    public BlockValueSyntax? Value { get; init; }
}
