using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Finds the selectors that reading and writing a value takes, and says what they are in C#.</summary>
internal static class SelectorUses
{
    /// <summary>Returns the selectors.</summary>
    public static IEnumerable<SelectorPath> Of(TypeUse use) => use.Core switch
    {
        UnionCore core => core.Selectors,
        GeneratedCore core => core.Selectors,
        ListCore core => Of(core.Element),
        ContainedCore core => Of(core.Inner),
        _ => [],
    };

    /// <summary>Says whether it takes one.</summary>
    public static bool Any(TypeUse use) => Of(use).Any();

    /// <summary>Returns the C# expression of a selector; it may be null where a step on the way is optional.</summary>
    /// <param name="path">The way.</param>
    /// <param name="root">Gives the expression of the first component.</param>
    public static string Expression(SelectorPath path, Func<SelectorStep, string> root)
    {
        if (path.Parameter is { } parameter)
        {
            return Name(parameter);
        }

        var expression = root(path.Steps[0]);
        var mayBeNull = path.Steps[0].IsOptional;
        foreach (var step in path.Steps.Skip(1))
        {
            expression = step.Alternative is { } alternative ? $"({expression} as {alternative})?.Value" : $"{expression}{(mayBeNull ? "?" : string.Empty)}.{step.Name}";
            mayBeNull |= step.IsOptional;
        }

        return expression;
    }

    /// <summary>Returns the declarations of the parameters by which a type takes selectors, each with a comma before it.</summary>
    public static string Parameters(TypeModel type) =>
        string.Concat(type.Parameters.Select(parameter => $", {parameter.Use.CSharpType}? {Name(parameter.Name)}"));

    /// <summary>Returns as many arguments that say that there is no selector.</summary>
    public static string Nothing(TypeModel type) => string.Concat(type.Parameters.Select(_ => ", null"));

    /// <summary>Returns the parameters as arguments.</summary>
    public static string Arguments(TypeModel type) => string.Concat(type.Parameters.Select(parameter => $", {Name(parameter.Name)}"));

    private static string Name(string parameter) => $"selector{char.ToUpperInvariant(parameter[0])}{parameter.Substring(1)}";
}
