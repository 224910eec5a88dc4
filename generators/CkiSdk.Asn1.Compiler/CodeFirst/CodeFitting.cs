using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Tells the model of a type what of it is written in C# already.</summary>
internal static class CodeFitting
{
    /// <summary>Returns the model with the names and types of the C# type.</summary>
    /// <param name="model">The model.</param>
    /// <param name="code">The C# type.</param>
    /// <param name="all">All C# types by full name.</param>
    public static TypeModel Fit(TypeModel model, CodeType code, IReadOnlyDictionary<string, CodeType> all)
    {
        var own = new OwnType(code.Keyword, code.Constructor);
        var members = code.Members.GroupBy(member => member.Asn1Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return model switch
        {
            RecordModel record => record with { Own = own, Components = Fit(record.Components, members, all) },
            ChoiceModel choice => choice with { Own = own, Alternatives = Fit(choice.Alternatives, members, all) },
            WrapperModel wrapper when code.Members[0] is { Use: { } use } member => wrapper with
            {
                Own = own,
                OwnValue = new OwnMember(member.Property, use.CSharpType, Conversion.FromRuntime(use, wrapper.Use, "{0}"), Conversion.ToRuntime(use, wrapper.Use, "{0}")),
            },
            EnumModel items => items with
            {
                Own = own,
                Items = new EquatableArray<NamedNumberModel>(items.Items.Select(item => members.TryGetValue(item.Asn1Name, out var member) ? item with { Name = member.Name } : item)),
            },
            _ => model,
        };
    }

    private static EquatableArray<ComponentModel> Fit(
        EquatableArray<ComponentModel> components, Dictionary<string, CodeMember> members, IReadOnlyDictionary<string, CodeType> all) =>
        new(components.Select(component => members.TryGetValue(component.Asn1Name, out var member) ? Fit(component, member, all) : component));

    private static ComponentModel Fit(ComponentModel component, CodeMember member, IReadOnlyDictionary<string, CodeType> all) => component with
    {
        Name = member.Name,
        Default = Item(component, member, all) ?? component.Default,
        Own = member.Use is { } use
            ? new OwnMember(member.Property, use.CSharpType, Conversion.FromRuntime(use, component.Use, "{0}"), Conversion.ToRuntime(use, component.Use, "{0}"))
            : new OwnMember(string.Empty, string.Empty, "{0}", "{0}"),
    };

    /// <summary>The item of an enum need not have the name that its ASN.1 name would give it.</summary>
    private static string? Item(ComponentModel component, CodeMember member, IReadOnlyDictionary<string, CodeType> all) =>
        component.Default is not null && component.Use.Core is GeneratedCore { Kind: GeneratedKind.Enum } core && all.TryGetValue(core.FullName, out var items)
            && items.Members.FirstOrDefault(item => item.Asn1Name == member.Default) is { } chosen
            ? $"{core.FullName}.{chosen.Name}"
            : null;
}
