namespace CkiSdk.Asn1;

/// <content>What works on the octets of a value.</content>
public sealed partial class TypeDescriptor
{
    /// <summary>Refuses octets that are not exactly the DER of a value of this type, as the decoder of a generated type does.</summary>
    /// <param name="der">The octets.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">They are not.</exception>
    public void Check(ReadOnlyMemory<byte> der, DerLimits? limits = null) => _ = Parse(der, isBer: false, limits);

    /// <summary>Registers, for the whole program, what checks the words of this type's CONSTRAINED BY (X.682 9): whatever works on descriptors refuses the values that it does not permit.</summary>
    /// <param name="check">Says of the DER of a value, with its tags, whether it is permitted; it is called from any thread. Null for none.</param>
    /// <exception cref="InvalidOperationException">Neither the type nor one that it is another name or use of has such a constraint.</exception>
    public void ConstrainedBy(Func<ReadOnlyMemory<byte>, bool>? check)
    {
        for (var type = this; type is not null; type = type.Base)
        {
            if (type.Constraint is { } constraint && UserDefined(constraint) is { } found)
            {
                found.Check = check;
                return;
            }
        }

        throw new InvalidOperationException($"{this} has no CONSTRAINED BY.");
    }

    private static Constraint.UserDefined? UserDefined(Constraint constraint) => constraint switch
    {
        Constraint.UserDefined found => found,
        Constraint.Intersection all => all.Operands.Select(UserDefined).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>Returns the ASN.1 text of this type and of all types that it is made of, as one module that gives the same encodings.</summary>
    public string ToNotation() => new NotationWriter().Module(this);

    /// <summary>Reads octets as a value of this type.</summary>
    internal Element Parse(ReadOnlyMemory<byte> octets, bool isBer, DerLimits? limits = null) =>
        new ElementParser(octets, isBer, ToString(), limits).ParseWhole(this);
}
