namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is what a value must keep to, as C# conditions.</summary>
/// <param name="Condition">A C# expression over <c>{0}</c>, true where the value is permitted.</param>
/// <param name="Notation">The constraint as the module writes it.</param>
/// <param name="Minimum">The least size or value, for those who make values; null for none.</param>
/// <param name="Maximum">The greatest size or value; null for none.</param>
/// <param name="IsSize">Whether the bounds are of the size.</param>
/// <param name="Only">The C# expression of the one permitted value; null for none.</param>
public sealed record ConstraintModel(string Condition, string Notation, long? Minimum, long? Maximum, bool IsSize, string? Only);
