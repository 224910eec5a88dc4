using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Gives every constraint its C# condition, once all types are known that it can look into.</summary>
public static class ConstraintLowering
{
    /// <summary>What stands in a condition for the value.</summary>
    public const string Value = "$value$";

    /// <summary>Returns the models with conditions.</summary>
    /// <param name="models">The models.</param>
    /// <param name="elsewhere">Makes the models of types of referenced assemblies that constraints are about.</param>
    /// <param name="known">Models of which it is known already, and nothing that they look into has changed.</param>
    public static IEnumerable<TypeModel> Apply(IReadOnlyList<TypeModel> models, Func<IEnumerable<TypeModel>> elsewhere, IReadOnlyDictionary<TypeModel, TypeModel>? known = null)
    {
        var byName = new Dictionary<string, TypeModel>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            byName[model.FullName] = model;
        }

        var subjects = new ConditionSubjects(byName, elsewhere);
        return models.Select(model => known is not null && known.TryGetValue(model, out var lowered) ? lowered : ConstraintWalk.Map(
            UserConstraints.Name(model),
            (constraint, use) => Lower(constraint, subjects.Of(Value, use), subjects),
            (constraint, type) => Lower(constraint, ConditionSubjects.Of(Value, type), subjects)));
    }

    private static ConstraintModel Lower(ConstraintModel constraint, ConditionSubject? subject, ConditionSubjects subjects)
    {
        if (subject is null)
        {
            return constraint;
        }

        var maker = new ConditionMaker(subjects);
        var condition = maker.Make(constraint.Node, subject);
        return constraint with { Condition = condition, Tables = new EquatableArray<TableModel>(condition is null ? [] : maker.Tables) };
    }
}
