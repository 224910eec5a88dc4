using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Visits the constraints of a type to emit: its own and those of all that it uses.</summary>
internal static class ConstraintWalk
{
    /// <summary>Returns the constraints.</summary>
    public static IEnumerable<ConstraintModel> Of(TypeModel type)
    {
        var uses = type switch
        {
            RecordModel record => record.Components.Select(component => component.Use),
            ChoiceModel choice => choice.Alternatives.Select(alternative => alternative.Use),
            WrapperModel wrapper => [wrapper.Use],
            UnionModel union => union.Alternatives.Select(alternative => alternative.Use).OfType<TypeUse>(),
            _ => [],
        };
        return uses.SelectMany(Of).Concat(type.Constraint is { } own ? [own] : []);
    }

    /// <summary>Returns a type with every constraint replaced.</summary>
    public static TypeModel Map(TypeModel type, Func<ConstraintModel, TypeUse, ConstraintModel> map, Func<ConstraintModel, TypeModel, ConstraintModel> mapOwn)
    {
        var mapped = type switch
        {
            RecordModel record => record with { Components = Map(record.Components, map) },
            ChoiceModel choice => choice with { Alternatives = Map(choice.Alternatives, map) },
            WrapperModel wrapper => wrapper with { Use = Map(wrapper.Use, map) },
            UnionModel union => union with { Alternatives = new(union.Alternatives.Select(alternative => alternative.Use is { } use ? alternative with { Use = Map(use, map) } : alternative)) },
            _ => type,
        };
        return type.Constraint is { } own ? mapped with { Constraint = mapOwn(own, type) } : mapped;
    }

    private static IEnumerable<ConstraintModel> Of(TypeUse use)
    {
        var inner = use.Core switch
        {
            ListCore list => Of(list.Element),
            ContainedCore contained => Of(contained.Inner),
            _ => [],
        };
        return use.Constraint is { } own ? inner.Concat([own]) : inner;
    }

    private static EquatableArray<ComponentModel> Map(EquatableArray<ComponentModel> components, Func<ConstraintModel, TypeUse, ConstraintModel> map) =>
        new(components.Select(component => component with { Use = Map(component.Use, map) }));

    private static TypeUse Map(TypeUse use, Func<ConstraintModel, TypeUse, ConstraintModel> map)
    {
        var core = use.Core switch
        {
            ListCore list => list with { Element = Map(list.Element, map) },
            ContainedCore contained => contained with { Inner = Map(contained.Inner, map) },
            _ => use.Core,
        };
        return use with { Core = core, Constraint = use.Constraint is { } own ? map(own, use) : null };
    }
}
