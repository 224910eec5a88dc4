namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is what a value must keep to.</summary>
/// <param name="Node">The permitted values.</param>
/// <param name="Notation">The constraint as the module writes it.</param>
public sealed record ConstraintModel(ConstraintNode Node, string Notation)
{
    /// <summary>Gets the C# expression over <c>$value$</c> that is true where the value is permitted; null where every value is.</summary>
    public string? Condition { get; init; }

    /// <summary>Gets the name of the partial method that checks what CONSTRAINED BY says; null where it is not said.</summary>
    public string? Method { get; init; }

    /// <summary>Gets whether anything is checked.</summary>
    public bool IsChecked => Condition is not null || Method is not null;

    /// <summary>Gets the static members that the condition refers to.</summary>
    public EquatableArray<TableModel> Tables { get; init; }

    /// <summary>Gets the least and the greatest number that the constraint permits; null for no end.</summary>
    public ConstraintBounds Numbers => ConstraintBounds.OfNumbers(Node);

    /// <summary>Gets the least and the greatest size that the constraint permits; null for no end.</summary>
    public ConstraintBounds Sizes => ConstraintBounds.OfSizes(Node);
}

/// <summary>Is a static member that conditions use, such as a permitted alphabet: the name says what is in it, so that equal ones are one.</summary>
public sealed record TableModel(string Name, string CSharpType, string Expression);
