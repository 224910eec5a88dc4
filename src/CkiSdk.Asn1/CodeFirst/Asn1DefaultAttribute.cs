namespace CkiSdk.Asn1;

/// <summary>Gives a component a default (X.680 25.9): DER leaves the component out where it has this value. Give the property the same initial value.</summary>
/// <param name="value">A bool, a number, a string or an item of an enum; for other types the value notation as a string.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Asn1DefaultAttribute(object value) : Attribute
{
    /// <summary>Gets the value.</summary>
    public object Value => value;
}
