using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Leaves out of the models what uses types that could not be made, so that one error does not become many in C#.</summary>
internal static class Completeness
{
    /// <summary>Returns the models without components of types that are not there and without types that are nothing without them.</summary>
    /// <param name="models">The models of the project's types.</param>
    /// <param name="externals">The modules whose types are elsewhere.</param>
    public static IReadOnlyList<TypeModel> Restore(IReadOnlyList<TypeModel> models, IEnumerable<ModuleUnit> externals)
    {
        var elsewhere = externals.SelectMany(unit => unit.Assignments.Values.Select(assignment => new Symbol(unit, assignment).FullName)).ToList();
        while (true)
        {
            var known = new HashSet<string>(models.Select(model => model.FullName).Concat(elsewhere), StringComparer.Ordinal);
            var next = models.Select(model => Restore(model, known)).OfType<TypeModel>().ToList();
            if (next.Count == models.Count)
            {
                return next;
            }

            models = next;
        }
    }

    /// <summary>Gives a file name of its own to each type whose name differs from another's in the case of letters only.</summary>
    public static IEnumerable<TypeModel> NameFiles(IEnumerable<TypeModel> models)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var model in models)
        {
            var named = model;
            for (var i = 2; !taken.Add(named.FullName + named.FileSuffix); i++)
            {
                named = model with { FileSuffix = $"-{i}" };
            }

            yield return named;
        }
    }

    private static TypeModel? Restore(TypeModel model, HashSet<string> known) => model switch
    {
        RecordModel record when Known(record.Components, known) is { } components && components.Count < record.Components.Count =>
            record with { Components = components, UnknownAt = record.UnknownAt is null ? null : components.Count },
        ChoiceModel choice => choice with { Alternatives = Known(choice.Alternatives, known) },
        WrapperModel wrapper => IsKnown(wrapper.Use, known) ? wrapper : null,
        UnionModel union => union with { Alternatives = new(union.Alternatives.Where(alternative => alternative.Use is null || IsKnown(alternative.Use, known))) },
        _ => model,
    };

    private static EquatableArray<ComponentModel> Known(EquatableArray<ComponentModel> components, HashSet<string> known) =>
        new(components.Where(component => IsKnown(component.Use, known)));

    private static bool IsKnown(TypeUse use, HashSet<string> known) => use.Core switch
    {
        GeneratedCore generated => known.Contains(generated.FullName),
        UnionCore union => known.Contains(union.FullName),
        ContainedCore contained => IsKnown(contained.Inner, known),
        ListCore list => IsKnown(list.Element, known),
        _ => true,
    };
}
