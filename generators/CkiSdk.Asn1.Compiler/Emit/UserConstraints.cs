using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Gives each CONSTRAINED BY (X.682 9) a partial method: what it says in words can be checked in C#, and where it is not the call is not compiled.</summary>
internal static class UserConstraints
{
    private const string Prefix = "ConstrainedBy";

    /// <summary>Returns a type whose constraints know the names of their methods.</summary>
    public static TypeModel Name(TypeModel type)
    {
        TypeModel named = type switch
        {
            RecordModel record => record with { Components = Name(record.Components) },
            ChoiceModel choice => choice with { Alternatives = Name(choice.Alternatives) },
            WrapperModel wrapper => wrapper with { Use = Name(wrapper.Use, Prefix + "Value") },
            _ => type,
        };
        return type is RecordModel or ChoiceModel ? named with { Constraint = Name(type.Constraint, Prefix + type.Name) } : named;
    }

    /// <summary>Writes the declarations of the methods.</summary>
    public static void Declare(SourceWriter writer, TypeModel type)
    {
        var uses = type switch
        {
            RecordModel record => record.Components.Select(component => component.Use),
            ChoiceModel choice => choice.Alternatives.Select(alternative => alternative.Use),
            WrapperModel wrapper => [wrapper.Use],
            _ => [],
        };
        var methods = uses.SelectMany(All).ToList();
        if (type.Constraint is { Method: not null } own)
        {
            methods.Add((own, type.FullName));
        }

        foreach (var (constraint, parameter) in methods)
        {
            writer.Line();
            DocEmitter.Summary(writer, $"Says whether a value keeps to {constraint.Notation}; what has no implementation permits all.");
            writer.Line($"static partial void {constraint.Method}({parameter} value, ref bool isPermitted);");
        }
    }

    private static EquatableArray<ComponentModel> Name(EquatableArray<ComponentModel> components) =>
        new(components.Select(component => component with { Use = Name(component.Use, Prefix + component.Name) }));

    private static TypeUse Name(TypeUse use, string name) => use with
    {
        Core = use.Core is ListCore list ? list with { Element = Name(list.Element, name + "Item") } : use.Core,
        Constraint = Name(use.Constraint, name),
    };

    private static ConstraintModel? Name(ConstraintModel? constraint, string name) =>
        constraint is not null && IsUserDefined(constraint.Node) ? constraint with { Method = name } : constraint;

    private static bool IsUserDefined(ConstraintNode node) => node is UserDefinedNode || (node is IntersectionNode all && all.Operands.Any(IsUserDefined));

    private static IEnumerable<(ConstraintModel Constraint, string CSharpType)> All(TypeUse use)
    {
        IEnumerable<(ConstraintModel, string)> inner = use.Core is ListCore list ? All(list.Element) : [];
        return use.Constraint is { Method: not null } own ? inner.Append((own, use.CSharpType)) : inner;
    }
}
