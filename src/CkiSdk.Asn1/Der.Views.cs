namespace CkiSdk.Asn1;

/// <content>Validation without values, and views over what was validated.</content>
public static partial class Der
{
    /// <summary>Checks that octets are exactly the DER of a value, as <see cref="Decode{T}(ReadOnlyMemory{byte}, DerLimits?)"/> does, without making one.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="der">The octets.</param>
    /// <param name="limits">What the reader admits; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">They are not.</exception>
    public static void Validate<T>(ReadOnlySpan<byte> der, DerLimits? limits = null)
        where T : IDerType<T> => DecodeView<TypeValidator<T>>(der, limits);

    /// <summary>Validates a value that takes the whole input and reads it where it lies.</summary>
    /// <typeparam name="TView">The view of its type.</typeparam>
    /// <param name="der">The octets, which must not change while the view is in use.</param>
    /// <param name="limits">What the reader admits; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not exactly the DER of a value of this type.</exception>
    public static unsafe TView DecodeView<TView>(ReadOnlySpan<byte> der, DerLimits? limits = null)
        where TView : IDerView<TView>, allows ref struct
    {
        fixed (byte* start = der)
        {
            var memory = SpanMemory.Take(start, der.Length);
            try
            {
                var reader = DerReader.OfSpan(der, memory.Memory, limits, null);
                TView.Validate(ref reader);
                reader.End();
            }
            catch (DerException e)
            {
                throw Locate<TView>(e, der, memory.Memory, limits);
            }
            finally
            {
                memory.Return();
            }
        }

        return TView.Wrap(der);
    }

    /// <summary>Copies the element of a view and decodes it.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="asn1Name">The name of the type in its module, for the path of an exception.</param>
    /// <param name="element">The element, with whatever tag it has.</param>
    /// <param name="decoder">Reads the value.</param>
    /// <exception cref="DerException">The element is not the DER of the type.</exception>
    public static T ToRecord<T>(string asn1Name, ReadOnlySpan<byte> element, DerDecoder<T> decoder) =>
        Decode(asn1Name, element.ToArray(), decoder, Unlimited);

    private static readonly DerLimits Unlimited = new() { MaxDepth = int.MaxValue, MaxLength = int.MaxValue };

    private static DerException Locate<TView>(DerException original, ReadOnlySpan<byte> der, ReadOnlyMemory<byte> memory, DerLimits? limits)
        where TView : IDerView<TView>, allows ref struct
    {
        try
        {
            var reader = DerReader.OfSpan(der, memory, limits, new DerPath(TView.Asn1Name));
            TView.Validate(ref reader);
            reader.End();
            return original;
        }
        catch (DerException located)
        {
            return located;
        }
    }

    // A view of nothing, for types whose validation is all that is wanted.
    private readonly ref struct TypeValidator<T> : IDerView<TypeValidator<T>>
        where T : IDerType<T>
    {
        public static string Asn1Name => T.Asn1Name;

        public static void Validate(ref DerReader reader) => T.Validate(ref reader);

        public static TypeValidator<T> Wrap(ReadOnlySpan<byte> element) => default;
    }
}
