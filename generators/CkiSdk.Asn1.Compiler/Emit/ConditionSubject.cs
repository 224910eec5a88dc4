using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Is the value that a condition is about: the C# expression that gives it, and what is known of its type.</summary>
/// <param name="Expression">The expression; cheap and without effect, because it may be evaluated more than once.</param>
/// <param name="CSharpType">Its C# type.</param>
/// <param name="Method">The runtime's name of a simple type, such as <c>Int32</c>; null for others.</param>
/// <param name="Element">The elements' type, of a list.</param>
/// <param name="Model">The model of a generated record, choice or enum.</param>
internal sealed record ConditionSubject(string Expression, string CSharpType, string? Method, TypeUse? Element, TypeModel? Model);

/// <summary>Finds what an expression of a type gives.</summary>
/// <param name="models">The types by full name.</param>
/// <param name="elsewhere">Makes the models of types of referenced assemblies; it is asked once, when a constraint is about one of them.</param>
internal sealed class ConditionSubjects(Dictionary<string, TypeModel> models, Func<IEnumerable<TypeModel>> elsewhere)
{
    private const int MostSteps = 100;

    private bool _isWhole;

    /// <summary>Returns the subject of an expression, behind all structs around simple types; null where the type is not known here.</summary>
    public ConditionSubject? Of(string expression, TypeUse use)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            switch (use.Core)
            {
                case RuntimeCore core:
                    return new ConditionSubject(expression, use.CSharpType, core.Method, null, null);
                case AnyCore:
                    return new ConditionSubject(expression, use.CSharpType, "Any", null, null);
                case ListCore list:
                    return new ConditionSubject(expression, use.CSharpType, null, list.Element, null);
                case GeneratedCore core when Find(core.FullName) is { } model:
                    if (model is not WrapperModel wrapper)
                    {
                        return Of(expression, model);
                    }

                    expression = WrapperEmitter.Inner(wrapper, expression);
                    use = wrapper.Use;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private TypeModel? Find(string name)
    {
        if (!models.TryGetValue(name, out var model) && !_isWhole)
        {
            _isWhole = true;
            foreach (var other in elsewhere().Where(other => !models.ContainsKey(other.FullName)))
            {
                models.Add(other.FullName, other);
            }

            _ = models.TryGetValue(name, out model);
        }

        return model;
    }

    /// <summary>Returns the subject of a generated record, choice or enum.</summary>
    public static ConditionSubject Of(string expression, TypeModel model) => new(expression, model.FullName, null, null, model);
}
