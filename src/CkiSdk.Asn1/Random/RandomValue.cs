namespace CkiSdk.Asn1;

/// <summary>Makes values of described types by chance, for tests and fuzzing.</summary>
public static class RandomValue
{
    private const int MostTries = 100;

    /// <summary>Returns the DER of a value that keeps to the constraints of its type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="random">Where the choices come from.</param>
    /// <param name="size">How large the value may become: about the length of its lists and strings.</param>
    /// <param name="withAdditions">Whether extensible types may hold additions that only later versions know.</param>
    /// <exception cref="InvalidOperationException">No value was found: the type has none, none without end, or a constraint that chance does not meet.</exception>
    public static byte[] Encode(TypeDescriptor type, System.Random random, int size = 10, bool withAdditions = true)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        DerException? last = null;
        for (var i = 0; i < MostTries; i++)
        {
            var der = ElementEncoder.Encode(new RandomElements(random, size, withAdditions).Make(type));
            try
            {
                type.Check(der);
                return der;
            }
            catch (DerException e)
            {
                last = e;
            }
        }

        throw new InvalidOperationException($"No value of {type} was found by chance: {last!.Message}", last);
    }

    /// <summary>Returns values that are smaller by one step: without an optional component or an element, with a shorter string or a lesser number.</summary>
    /// <remarks>All keep to the constraints of the type. Properties that fail are shrunk with it.</remarks>
    /// <param name="type">The type.</param>
    /// <param name="der">The DER of a value.</param>
    /// <exception cref="DerException">The octets are not the DER of a value of the type.</exception>
    public static IEnumerable<byte[]> Shrink(TypeDescriptor type, ReadOnlyMemory<byte> der)
    {
        ArgumentNullException.ThrowIfNull(type);
        type.Check(der);
        return SmallerValues.Of(type, der);
    }
}
