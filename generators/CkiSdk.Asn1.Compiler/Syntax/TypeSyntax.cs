namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is a type as written (X.680 17).</summary>
public abstract record TypeSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>Is a builtin type without inner syntax; Name is its reserved words with one blank between: <c>OBJECT IDENTIFIER</c>.</summary>
public sealed record BuiltinTypeSyntax(string Name, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is a named number, named bit or enumeration item: <c>v1(0)</c>; an enumeration item may lack the value.</summary>
public sealed record NamedNumberSyntax(string Name, ValueSyntax? Value, TextSpan Span) : SyntaxNode(Span);

/// <summary>Is <c>INTEGER</c>, with named numbers or without (X.680 19).</summary>
public sealed record IntegerTypeSyntax(IReadOnlyList<NamedNumberSyntax> Names, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is <c>BIT STRING</c>, with named bits or without (X.680 22).</summary>
public sealed record BitStringTypeSyntax(IReadOnlyList<NamedNumberSyntax> Names, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is <c>ENUMERATED</c> (X.680 20): the items before the extension marker, whether there is one, the items behind it.</summary>
public sealed record EnumeratedTypeSyntax(
    IReadOnlyList<NamedNumberSyntax> Root, bool IsExtensible, IReadOnlyList<NamedNumberSyntax> Additional, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is <c>SEQUENCE</c> or <c>SET</c> (X.680 25, 27): the components in the order of the text, extension markers and groups among them.</summary>
public sealed record SequenceTypeSyntax(bool IsSet, IReadOnlyList<ComponentSyntax> Components, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is <c>CHOICE</c> (X.680 29): the alternatives in the order of the text, extension markers and groups among them.</summary>
public sealed record ChoiceTypeSyntax(IReadOnlyList<ComponentSyntax> Alternatives, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is <c>SEQUENCE OF</c> or <c>SET OF</c>; a constraint between the words becomes a <see cref="ConstrainedTypeSyntax"/> around it.</summary>
public sealed record SequenceOfTypeSyntax(bool IsSet, string? ElementName, TypeSyntax Element, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is a tagged type (X.680 31). Class: <c>UNIVERSAL</c>, <c>APPLICATION</c>, <c>PRIVATE</c> or null; Mode: <c>IMPLICIT</c>, <c>EXPLICIT</c> or null.</summary>
public sealed record TaggedTypeSyntax(string? Class, ValueSyntax Number, string? Mode, TypeSyntax Type, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is a reference to a type, a class, a set or a dummy (X.680 16, X.683 9); Arguments is null where there are no braces.</summary>
public sealed record TypeReferenceSyntax(string? Module, string Name, IReadOnlyList<ArgumentSyntax>? Arguments, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is the type that a field of a class names: <c>ATTRIBUTE.&amp;Type</c> (X.681 14); Fields keep their ampersands. A reference with a small letter is an object.</summary>
public sealed record ClassFieldTypeSyntax(TypeReferenceSyntax Class, IReadOnlyList<string> Fields, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is a selection type <c>name &lt; Choice</c> (X.680 30).</summary>
public sealed record SelectionTypeSyntax(string Alternative, TypeSyntax Choice, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is <c>ANY</c> or <c>ANY DEFINED BY name</c> of the 1988 notation (X.208 27).</summary>
public sealed record AnyTypeSyntax(string? DefinedBy, TextSpan Span) : TypeSyntax(Span)
{
    /// <summary>Gets whether it stands for a type of a module that is not there.</summary>
    public bool IsAbsent { get; init; }
}

/// <summary>Is <c>INSTANCE OF class</c> (X.681 C.2).</summary>
public sealed record InstanceOfTypeSyntax(TypeReferenceSyntax Class, TextSpan Span) : TypeSyntax(Span);

/// <summary>Is a type with one constraint (X.680 49).</summary>
public sealed record ConstrainedTypeSyntax(TypeSyntax Type, ConstraintSyntax Constraint, TextSpan Span) : TypeSyntax(Span);
