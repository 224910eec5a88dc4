using global::FsCheck;
using global::FsCheck.Fluent;

namespace CkiSdk.Asn1.FsCheck;

/// <summary>Makes values of ASN.1 types for properties: values that keep to all constraints of their module, and smaller ones where a property fails.</summary>
public static class Asn1Arbitrary
{
    /// <summary>Returns values of a generated type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="withAdditions">Whether extensible types may hold additions that only later versions know.</param>
    public static Arbitrary<T> Of<T>(bool withAdditions = true)
        where T : IDerType<T> =>
        Arb.From(Encodings(T.Descriptor, withAdditions).Select(Decode<T>), value => RandomValue.Shrink(T.Descriptor, Der.Encode(value)).Select(Decode<T>));

    /// <summary>Returns the DER of values of a described type, whether that is generated or compiled at run time.</summary>
    /// <param name="type">The type.</param>
    /// <param name="withAdditions">Whether extensible types may hold additions that only later versions know.</param>
    public static Arbitrary<byte[]> Of(TypeDescriptor type, bool withAdditions = true)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Arb.From(Encodings(type, withAdditions), der => RandomValue.Shrink(type, der));
    }

    // The size of FsCheck grows with the number of tests; the seed is its own, so that a failure can be replayed.
    private static Gen<byte[]> Encodings(TypeDescriptor type, bool withAdditions) =>
        Gen.Sized(size => Gen.Choose(int.MinValue, int.MaxValue).Select(seed => RandomValue.Encode(type, new System.Random(seed), Math.Min(size, MostSize), withAdditions)));

    private static T Decode<T>(byte[] der)
        where T : IDerType<T> => Der.Decode<T>(der);

    private const int MostSize = 30;
}
