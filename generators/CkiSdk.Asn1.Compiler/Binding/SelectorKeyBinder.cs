using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Works out the values by which objects are told apart.</summary>
internal sealed class SelectorKeyBinder(Peeler peeler, Components components, ValueBinder values, ValueNodeBinder nodes, DefaultBinder defaults, TypeBinder types)
{
    /// <summary>Returns the value that an object has in a field, as one of a component's type; null where it has none.</summary>
    public SelectorKeyModel? Key(InformationObject item, string field, Relation relation)
    {
        if (item.Setting(field) is not { Syntax.Value: { } } setting)
        {
            return null;
        }

        var (value, scope) = values.Resolve(setting.Syntax.Value, setting.Scope);
        if (Expression(value, scope, relation.Type, relation.Scope, relation.Model.Use) is not { } expression)
        {
            return null;
        }

        var isOid = peeler.Definition(relation.Type, relation.Scope) is { Base: BuiltinTypeSyntax { Name: "OBJECT IDENTIFIER" } };
        var number = values.Number(value, scope);
        return new SelectorKeyModel(
            expression,
            isOid ? (nodes.Bind(value, scope, relation.Type, relation.Scope) as OidNode)?.Dotted : null,
            number >= long.MinValue && number <= long.MaxValue ? (long)number : null);
    }

    private string? Expression(ValueSyntax value, Scope scope, TypeSyntax type, Scope typeScope, TypeUse use)
    {
        if (value is ChoiceValueSyntax choice)
        {
            return Choice(choice, scope, type, typeScope, use);
        }

        return nodes.Bind(value, scope, type, typeScope) is { } node ? defaults.Expression(node, type, typeScope, use) : null;
    }

    private string? Choice(ChoiceValueSyntax value, Scope scope, TypeSyntax type, Scope typeScope, TypeUse use)
    {
        if (peeler.Definition(type, typeScope) is not { Base: ChoiceTypeSyntax choice } definition || use.Core is not GeneratedCore core)
        {
            return null;
        }

        var members = components.Members(choice.Alternatives, definition.Scope);
        var dot = core.FullName.LastIndexOf('.');
        var (space, typeName) = (core.FullName.Substring(0, dot), core.FullName.Substring(dot + 1));
        var names = ComponentNames.CSharpNames(members, typeName, isChoice: true);
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Syntax.Name == value.Alternative)
            {
                var inner = types.Preview(members[i].Syntax.Type, members[i].Scope, space, typeName + Names.Pascal(value.Alternative));
                var (chosen, at) = values.Resolve(value.Value, scope);
                var expression = inner is null ? null : Expression(chosen, at, members[i].Syntax.Type, members[i].Scope, inner);
                return expression is null ? null : $"new {core.FullName}.{names[i]}({expression})";
            }
        }

        return null;
    }
}
