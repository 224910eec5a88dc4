namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Says where a generated decoder or encoder finds a selector (X.682 10.8).</summary>
/// <param name="Parameter">The parameter of the generated type that brings it from further out; null where the first step is a component of the type itself.</param>
/// <param name="Steps">The components from the type itself inwards; none behind a parameter.</param>
public sealed record SelectorPath(string? Parameter, EquatableArray<SelectorStep> Steps);
