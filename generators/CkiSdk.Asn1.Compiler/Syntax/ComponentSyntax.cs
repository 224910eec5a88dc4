namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is an entry in the braces of SEQUENCE, SET or CHOICE.</summary>
public abstract record ComponentSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>Is a component or alternative; Name is null for the unnamed components of X.208, Comment joins the comments that stand with it.</summary>
public sealed record NamedComponentSyntax(
    string? Name, TypeSyntax Type, bool IsOptional, ValueSyntax? Default, string? Comment, TextSpan Span) : ComponentSyntax(Span)
{
    /// <summary>Gets whether it is what a macro SIGNED signs: its octets as received count.</summary>
    public bool IsSigned { get; init; }
}

/// <summary>Is <c>COMPONENTS OF Type</c> (X.680 25.5).</summary>
public sealed record ComponentsOfSyntax(TypeSyntax Type, TextSpan Span) : ComponentSyntax(Span);

/// <summary>Is an extension marker <c>...</c>, with the value of its exception specification.</summary>
public sealed record ExtensionMarkerSyntax(ValueSyntax? Exception, TextSpan Span) : ComponentSyntax(Span);

/// <summary>Is a group of extension additions in <c>[[ ]]</c>, with the version number before its colon.</summary>
public sealed record ExtensionGroupSyntax(ValueSyntax? Version, IReadOnlyList<ComponentSyntax> Components, TextSpan Span) : ComponentSyntax(Span);
