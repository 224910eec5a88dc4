namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is a constraint in parentheses (X.680 49.6): elements before the extension marker, the marker, elements behind it, exception value.</summary>
public sealed record ConstraintSyntax(
    ElementsSyntax Root, bool IsExtensible, ElementsSyntax? Additional, ValueSyntax? Exception, TextSpan Span) : SyntaxNode(Span);

/// <summary>Is a set of values inside a constraint (X.680 50, 51).</summary>
public abstract record ElementsSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>Joins sets; Operator is <c>|</c>, <c>^</c>, <c>EXCEPT</c> or <c>ALL EXCEPT</c> (one operand).</summary>
public sealed record SetOperationSyntax(string Operator, IReadOnlyList<ElementsSyntax> Operands, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is one value.</summary>
public sealed record SingleValueSyntax(ValueSyntax Value, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is a range <c>lower .. upper</c>; an open end (<c>&lt;</c>) is left out of the range.</summary>
public sealed record RangeSyntax(ValueSyntax Lower, bool LowerOpen, ValueSyntax Upper, bool UpperOpen, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is a contained subtype, <c>INCLUDES Type</c> or a type alone; also a value set by name.</summary>
public sealed record ContainedSubtypeSyntax(TypeSyntax Type, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is <c>SIZE (…)</c>.</summary>
public sealed record SizeSyntax(ConstraintSyntax Constraint, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is a permitted alphabet <c>FROM (…)</c>.</summary>
public sealed record AlphabetSyntax(ConstraintSyntax Constraint, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is <c>PATTERN value</c> or <c>SETTINGS "…"</c>; Word says which.</summary>
public sealed record PatternSyntax(string Word, ValueSyntax Value, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is <c>WITH COMPONENT (…)</c>.</summary>
public sealed record WithComponentSyntax(ConstraintSyntax Constraint, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is <c>WITH COMPONENTS {…}</c>; partial where the list begins with <c>...</c>.</summary>
public sealed record WithComponentsSyntax(bool IsPartial, IReadOnlyList<ComponentConstraintSyntax> Components, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is one entry of WITH COMPONENTS; Presence is PRESENT, ABSENT, OPTIONAL or null.</summary>
public sealed record ComponentConstraintSyntax(string Name, ConstraintSyntax? Constraint, string? Presence, TextSpan Span) : SyntaxNode(Span);

/// <summary>Is a table constraint <c>{ObjectSet}</c> or <c>{ObjectSet}{@a.b, @.c}</c> (X.682 10); the paths stand without the at sign.</summary>
public sealed record TableConstraintSyntax(ArgumentSyntax ObjectSet, IReadOnlyList<string> AtNotations, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is <c>CONSTRAINED BY {…}</c> (X.682 9).</summary>
public sealed record UserConstraintSyntax(BlockValueSyntax Block, TextSpan Span) : ElementsSyntax(Span);

/// <summary>Is <c>CONTAINING Type</c>, <c>ENCODED BY value</c>, or both (X.682 11).</summary>
public sealed record ContentsConstraintSyntax(TypeSyntax? Type, ValueSyntax? EncodedBy, TextSpan Span) : ElementsSyntax(Span);
