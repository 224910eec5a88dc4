using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Asn1;

/// <summary>Refuses to encode values outside their type's constraints; generated code calls it.</summary>
public static class ConstraintViolation
{
    /// <summary>Throws for a value with a part of an extension addition group where all of it, or nothing, is permitted (X.680 25.13).</summary>
    /// <param name="type">The type.</param>
    /// <param name="component">The component that is missing.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowIncomplete(string type, string component) =>
        throw new InvalidOperationException($"{type}.{component} is missing where another component of its extension addition group is there.");

    /// <summary>Throws for a value that its type does not permit.</summary>
    /// <param name="where">The type and component.</param>
    /// <param name="constraint">The constraint as the module writes it.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void Throw(string where, string constraint) =>
        throw new InvalidOperationException($"{where}: the value is outside the constraint {constraint}.");
}
