namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is a value as written (X.680 17.7). What stands in braces means something only with its type: it stays tokens until the binder knows it.</summary>
public abstract record ValueSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>Is a literal: number, real number, bstring, hstring, cstring; a minus sign is part of the token's text.</summary>
public sealed record LiteralValueSyntax(Token Token, TextSpan Span) : ValueSyntax(Span);

/// <summary>Is a word that is a value: TRUE, FALSE, NULL, MIN, MAX, PLUS-INFINITY, MINUS-INFINITY, NOT-A-NUMBER.</summary>
public sealed record WordValueSyntax(string Word, TextSpan Span) : ValueSyntax(Span);

/// <summary>Is a reference to a value or object, or an identifier of the governing type; Fields are those behind it (<c>object.&amp;field</c>).</summary>
public sealed record ReferenceValueSyntax(
    string? Module, string Name, IReadOnlyList<ArgumentSyntax>? Arguments, IReadOnlyList<string> Fields, TextSpan Span) : ValueSyntax(Span);

/// <summary>Is a value of a choice: <c>alternative : value</c> (X.680 29.11).</summary>
public sealed record ChoiceValueSyntax(string Alternative, ValueSyntax Value, TextSpan Span) : ValueSyntax(Span);

/// <summary>Is a value of an open type: <c>Type : value</c> (X.681 14.6).</summary>
public sealed record OpenTypeValueSyntax(TypeSyntax Type, ValueSyntax Value, TextSpan Span) : ValueSyntax(Span);

/// <summary>Is anything in braces: object identifier, sequence, list, bits, object, object set, value set. Tokens leave the outer braces out.</summary>
public sealed record BlockValueSyntax(IReadOnlyList<Token> Tokens, TextSpan Span) : ValueSyntax(Span);

/// <summary>Is an actual parameter (X.683 9.5), as a type and as a value where it can be read so; which it is, the binder says.</summary>
public sealed record ArgumentSyntax(TypeSyntax? Type, ValueSyntax? Value, TextSpan Span) : SyntaxNode(Span);
