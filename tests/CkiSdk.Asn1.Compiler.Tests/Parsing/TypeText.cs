using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

/// <summary>Writes types on one line.</summary>
internal static class TypeText
{
    public static string Of(TypeSyntax type) => type switch
    {
        BuiltinTypeSyntax builtin => builtin.Name,
        IntegerTypeSyntax integer => "INTEGER" + Names(integer.Names),
        BitStringTypeSyntax bits => "BIT STRING" + Names(bits.Names),
        EnumeratedTypeSyntax e => $"ENUMERATED({List(e.Root)}{(e.IsExtensible ? "; " : "")}{List(e.Additional)})",
        SequenceTypeSyntax s => $"{(s.IsSet ? "SET" : "SEQUENCE")}({Components(s.Components)})",
        ChoiceTypeSyntax c => $"CHOICE({Components(c.Alternatives)})",
        SequenceOfTypeSyntax s => $"{(s.IsSet ? "SET" : "SEQUENCE")} OF({(s.ElementName is null ? "" : s.ElementName + ":")}{Of(s.Element)})",
        TaggedTypeSyntax t => $"[{(t.Class is null ? "" : t.Class + " ")}{ValueText.Of(t.Number)}{(t.Mode is null ? "" : " " + t.Mode)}]{Of(t.Type)}",
        TypeReferenceSyntax r => Reference(r),
        ClassFieldTypeSyntax f => $"{Reference(f.Class)}{string.Concat(f.Fields.Select(field => "." + field))}",
        SelectionTypeSyntax s => $"{s.Alternative}<{Of(s.Choice)}",
        AnyTypeSyntax a => "ANY" + (a.DefinedBy is null ? "" : " by " + a.DefinedBy),
        InstanceOfTypeSyntax i => $"INSTANCE OF {Reference(i.Class)}",
        ConstrainedTypeSyntax c => $"{Of(c.Type)}({ConstraintText.Of(c.Constraint)})",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static string Reference(TypeReferenceSyntax reference) =>
        (reference.Module is null ? "" : reference.Module + ".") + reference.Name + ValueText.Arguments(reference.Arguments);

    private static string Components(IReadOnlyList<ComponentSyntax> components) => TreeText.List(components, Of);

    private static string Of(ComponentSyntax component) => component switch
    {
        NamedComponentSyntax c => $"{c.Name}:{Of(c.Type)}{(c.IsOptional ? "?" : "")}{(c.Default is null ? "" : "=" + ValueText.Of(c.Default))}",
        ComponentsOfSyntax of => $"*{Of(of.Type)}",
        ExtensionMarkerSyntax marker => "..." + (marker.Exception is null ? "" : "!" + ValueText.Of(marker.Exception)),
        ExtensionGroupSyntax g => $"[[{(g.Version is null ? "" : ValueText.Of(g.Version) + "; ")}{Components(g.Components)}]]",
        _ => throw new ArgumentOutOfRangeException(nameof(component)),
    };

    private static string Names(IReadOnlyList<NamedNumberSyntax> names) => names.Count == 0 ? "" : $"({List(names)})";

    private static string List(IReadOnlyList<NamedNumberSyntax> names) =>
        TreeText.List(names, name => name.Name + (name.Value is null ? "" : "=" + ValueText.Of(name.Value)));
}
