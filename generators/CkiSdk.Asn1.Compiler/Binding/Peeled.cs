using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a type with its tags, constraints and parameters taken off.</summary>
/// <param name="Base">What remains: a builtin form, or a reference to a definition that is not parameterised.</param>
/// <param name="Scope">Where the base is to be understood.</param>
/// <param name="Target">The definition, where the base is a reference to one.</param>
/// <param name="Tags">The tags from the outside in, each with the scope that it was written in.</param>
/// <param name="Constraints">The constraints from the outside in.</param>
/// <param name="Instances">The keys of the parameterised definitions that were entered.</param>
internal sealed record Peeled(
    TypeSyntax Base, Scope Scope, Symbol? Target,
    IReadOnlyList<(TaggedTypeSyntax Tag, Scope Scope)> Tags,
    IReadOnlyList<(ConstraintSyntax Constraint, Scope Scope)> Constraints,
    IReadOnlyList<string> Instances)
{
    /// <summary>Gets the table constraints (X.682 10) on the class field that the type is or was.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];

    /// <summary>Gets the class field that the type is or was; null for most.</summary>
    public ClassFieldTypeSyntax? Field { get; init; }

    /// <summary>Gets whether nothing but the base was there.</summary>
    public bool IsBare => Tags.Count == 0 && Constraints.Count == 0;
}
