using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Writes models as text: names, types and tags.</summary>
internal static class ModelText
{
    /// <summary>Returns a type in one line.</summary>
    public static string Of(TypeModel type) => type switch
    {
        RecordModel record => $"{Tags(record.Tags)} {{ {string.Join(", ", record.Components.Select(Of))}{(record.UnknownAt is { } at ? $", ...@{at}" : string.Empty)} }}",
        ChoiceModel choice => $"{Tags(choice.Tags)}CHOICE {{ {string.Join(" | ", choice.Alternatives.Select(Of))}{(choice.IsExtensible ? " | ..." : string.Empty)} }}",
        EnumModel items => $"{Tags(items.Tags)} {string.Join(' ', items.Items.Select(item => $"{item.Asn1Name}({item.Value})"))}{(items.IsExtensible ? " ..." : string.Empty)}",
        WrapperModel wrapper => string.Join(' ', new[] { Of(wrapper.Use) }.Concat(wrapper.Names.Select(name => $"{name.Asn1Name}({name.Value})"))),
        UnionModel union => $"UNION BY {string.Join(", ", union.Selectors.Select(selector => $"{selector.Name} {Of(selector.Use)}"))} {{ {string.Join(" | ", union.Alternatives.Select(Of))}{(union.IsExtensible ? " | ..." : string.Empty)} }}",
        ValuesModel values => string.Join('\n', values.Values.Select(value => $"  {value.Name} {Short(value.CSharpType)} = {Short(value.Expression)}")),
        _ => throw new InvalidOperationException(type.GetType().Name),
    };

    private static string Of(ComponentModel component) =>
        $"{component.Name} {Of(component.Use)}{(component.IsOptional ? " OPTIONAL" : string.Empty)}{(component.Default is { } value ? $" DEFAULT {Short(value)}" : string.Empty)}";

    private static string Of(UnionAlternativeModel alternative) => $"{alternative.Name} {(alternative.Use is { } use ? Of(use) : "absent")}";

    private static string Of(TypeUse use)
    {
        var type = use.Core is ListCore list ? $"{(list.IsSet ? "SET" : "SEQUENCE")} OF {Of(list.Element)}" : Short(use.CSharpType);
        var constraint = use.Constraint is { } limits ? $" {limits.Notation}" : string.Empty;
        return $"{Tags(use.Tags)}{(use.Tags.Count > 0 ? " " : string.Empty)}{type}{constraint}";
    }

    private static string Tags(EquatableArray<TagModel> tags) => string.Concat(tags.Select(tag => $"{tag}{(tag.IsConstructed ? "c" : string.Empty)}"));

    private static string Short(string type) => type.Replace("global::CkiSdk.Asn1.", string.Empty, StringComparison.Ordinal).Replace("global::T.M.", string.Empty, StringComparison.Ordinal);
}
