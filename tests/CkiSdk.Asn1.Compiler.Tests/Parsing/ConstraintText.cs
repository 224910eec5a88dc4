using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

/// <summary>Writes constraints on one line.</summary>
internal static class ConstraintText
{
    public static string Of(ConstraintSyntax constraint) =>
        Of(constraint.Root) + (constraint.IsExtensible ? "; " : "") + (constraint.Additional is null ? "" : Of(constraint.Additional))
        + (constraint.Exception is null ? "" : "!" + ValueText.Of(constraint.Exception));

    private static string Of(ElementsSyntax elements) => elements switch
    {
        SetOperationSyntax { Operator: "ALL EXCEPT" } operation => $"not({Of(operation.Operands[0])})",
        SetOperationSyntax operation => $"({string.Join($" {operation.Operator} ", operation.Operands.Select(Of))})",
        SingleValueSyntax single => ValueText.Of(single.Value),
        RangeSyntax r => $"{ValueText.Of(r.Lower)}{(r.LowerOpen ? "<" : "")}..{(r.UpperOpen ? "<" : "")}{ValueText.Of(r.Upper)}",
        ContainedSubtypeSyntax contained => $"in {TypeText.Of(contained.Type)}",
        SizeSyntax size => $"size {Of(size.Constraint)}",
        AlphabetSyntax alphabet => $"from {Of(alphabet.Constraint)}",
        PatternSyntax pattern => $"{pattern.Word} {ValueText.Of(pattern.Value)}",
        WithComponentSyntax with => $"each {Of(with.Constraint)}",
        WithComponentsSyntax with => $"with({(with.IsPartial ? "..., " : "")}{TreeText.List(with.Components, Of)})",
        TableConstraintSyntax table => $"table {ValueText.Of(table.ObjectSet)}{string.Concat(table.AtNotations.Select(path => " @" + path))}",
        UserConstraintSyntax user => $"by {ValueText.Of(user.Block)}",
        ContentsConstraintSyntax c =>
            $"contents{(c.Type is null ? "" : " " + TypeText.Of(c.Type))}{(c.EncodedBy is null ? "" : " by " + ValueText.Of(c.EncodedBy))}",
        _ => throw new ArgumentOutOfRangeException(nameof(elements)),
    };

    private static string Of(ComponentConstraintSyntax component) =>
        component.Name + (component.Constraint is null ? "" : $"({Of(component.Constraint)})") + (component.Presence is null ? "" : " " + component.Presence);
}
