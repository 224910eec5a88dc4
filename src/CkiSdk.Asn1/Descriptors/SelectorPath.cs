namespace CkiSdk.Asn1;

/// <summary>Says where the value is found that decides of an open type (X.682 10.8).</summary>
/// <param name="parameter">The parameter of the type by which it comes from further out; null where it is a component of the type itself.</param>
/// <param name="steps">The components that lead to it from the type inwards.</param>
public sealed class SelectorPath(string? parameter, params string[] steps)
{
    /// <summary>Gets the parameter by which it comes from further out; null for none.</summary>
    public string? Parameter { get; } = parameter;

    /// <summary>Gets the components that lead to it.</summary>
    public IReadOnlyList<string> Steps { get; } = steps;
}
