using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Asn1;

/// <summary>Refuses to encode values outside their type's constraints; generated code calls it.</summary>
public static class ConstraintViolation
{
    /// <summary>Throws for a value that its type does not permit.</summary>
    /// <param name="where">The type and component.</param>
    /// <param name="constraint">The constraint as the module writes it.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void Throw(string where, string constraint) =>
        throw new InvalidOperationException($"{where}: the value is outside the constraint {constraint}.");
}
