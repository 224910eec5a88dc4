namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is <c>CLASS { … } WITH SYNTAX { … }</c> (X.681 9); WithSyntax is the tokens between the second braces, or null.</summary>
public sealed record ClassSyntax(IReadOnlyList<ClassFieldSyntax> Fields, IReadOnlyList<Token>? WithSyntax, TextSpan Span) : SyntaxNode(Span);

/// <summary>Is a field of a class. Governor: the type or class behind the name, null for a type field; GovernorField: the field that governs it instead.</summary>
public sealed record ClassFieldSyntax(
    string Name, TypeSyntax? Governor, string? GovernorField, bool IsUnique, bool IsOptional, ArgumentSyntax? Default, TextSpan Span) : SyntaxNode(Span);
