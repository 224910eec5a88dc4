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
        var suffixes = new FileSuffixes();
        return models.Select(model => suffixes.Next(model.FullName) is { Length: > 0 } suffix ? model with { FileSuffix = suffix } : model);
    }

    /// <summary>Gives a file name of its own to each module whose namespace differs from another's in the case of letters only.</summary>
    public static IEnumerable<ModuleModel> NameFiles(IEnumerable<ModuleModel> modules)
    {
        var suffixes = new FileSuffixes();
        return modules.Select(module => suffixes.Next(module.Namespace) is { Length: > 0 } suffix ? module with { FileSuffix = suffix } : module);
    }

    private static TypeModel? Restore(TypeModel model, HashSet<string> known) => model switch
    {
        RecordModel record when Known(record.Components, known) is { } components && components.Count < record.Components.Count =>
            record with { Components = components, UnknownAt = record.UnknownAt is null ? null : components.Count },
        ChoiceModel choice when Known(choice.Alternatives, known) is { } alternatives && alternatives.Count < choice.Alternatives.Count => choice with { Alternatives = alternatives },
        WrapperModel wrapper => IsKnown(wrapper.Use, known) ? wrapper : null,
        UnionModel union when union.Alternatives.Any(alternative => !IsKnown(alternative, known)) => union with { Alternatives = new(union.Alternatives.Where(alternative => IsKnown(alternative, known))) },
        _ => model,
    };

    private static EquatableArray<ComponentModel> Known(EquatableArray<ComponentModel> components, HashSet<string> known) =>
        new(components.Where(component => IsKnown(component.Use, known)));

    private static bool IsKnown(UnionAlternativeModel alternative, HashSet<string> known) => alternative.Use is null || IsKnown(alternative.Use, known);

    private static bool IsKnown(TypeUse use, HashSet<string> known) => use.Core switch
    {
        GeneratedCore generated => known.Contains(generated.FullName),
        UnionCore union => known.Contains(union.FullName),
        ContainedCore contained => IsKnown(contained.Inner, known),
        ListCore list => IsKnown(list.Element, known),
        _ => true,
    };

    private sealed class FileSuffixes
    {
        private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Returns what goes behind a name to make it another than all before; mostly nothing.</summary>
        public string Next(string name)
        {
            var suffix = string.Empty;
            for (var i = 2; !_taken.Add(name + suffix); i++)
            {
                suffix = $"-{i}";
            }

            return suffix;
        }
    }
}
