using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Asn1;

/// <summary>Decodes and encodes whole values.</summary>
public static partial class Der
{
    /// <summary>Decodes a value that takes the whole input.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="der">The octets; the value holds slices of them.</param>
    /// <param name="limits">What the reader admits; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not exactly the DER of a value of this type.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> der, DerLimits? limits = null)
        where T : IDerType<T>
    {
        try
        {
            var reader = new DerReader(der, limits);
            return Whole<T>(ref reader);
        }
        catch (DerException e)
        {
            throw Locate(e, T.Asn1Name, der, T.Decode, limits);
        }
    }

    /// <summary>Decodes a value that takes the whole input, by hand.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="asn1Name">The name of the type in its module, for the path of an exception.</param>
    /// <param name="der">The octets; the value may hold slices of them.</param>
    /// <param name="decoder">Reads the value.</param>
    /// <param name="limits">What the reader admits; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not exactly the DER of a value of this type.</exception>
    public static T Decode<T>(string asn1Name, ReadOnlyMemory<byte> der, DerDecoder<T> decoder, DerLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        try
        {
            var reader = new DerReader(der, limits);
            return Whole(ref reader, decoder);
        }
        catch (DerException e)
        {
            throw Locate(e, asn1Name, der, decoder, limits);
        }
    }

    /// <summary>Decodes a value that takes the whole input, if it is one.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="der">The octets; the value holds slices of them.</param>
    /// <param name="value">The value, or the default value.</param>
    public static bool TryDecode<T>(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out T? value)
        where T : IDerType<T>
    {
        try
        {
            var reader = new DerReader(der);
            value = Whole<T>(ref reader);
            return true;
        }
        catch (DerException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>Encodes a value into an array of exactly its size.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public static byte[] Encode<T>(T value)
        where T : IDerType<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        var scratch = Scratch.Take();
        var writer = DerWriter.WithScratch(scratch.Octets);
        try
        {
            value.Encode(ref writer);
            if (!writer.IsCounting)
                return scratch.ToArray(writer.Length);
        }
        finally
        {
            scratch.Return(writer.Length);
        }

        var der = new byte[writer.Length];
        Fill(value, der);
        return der;
    }

    /// <summary>Encodes a value, by hand.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="encoder">Writes the value; called twice if its encoding is long.</param>
    public static byte[] Encode<T>(T value, DerEncoder<T> encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var scratch = Scratch.Take();
        var writer = DerWriter.WithScratch(scratch.Octets);
        try
        {
            encoder(ref writer, value);
            if (!writer.IsCounting)
                return scratch.ToArray(writer.Length);
        }
        finally
        {
            scratch.Return(writer.Length);
        }

        var der = new byte[writer.Length];
        writer = new DerWriter(der);
        encoder(ref writer, value);
        RequireSame(writer.Length, der.Length);
        return der;
    }

    /// <summary>Counts the octets of a value's encoding.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public static int EncodedLength<T>(T value)
        where T : IDerType<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        var counter = default(DerWriter);
        value.Encode(ref counter);
        return counter.Length;
    }

    /// <summary>Encodes a value into the beginning of a buffer, if it has room.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="destination">The buffer.</param>
    /// <param name="written">The number of octets written, 0 if there was no room.</param>
    public static bool TryEncode<T>(T value, Span<byte> destination, out int written)
        where T : IDerType<T>
    {
        written = EncodedLength(value);
        if (written > destination.Length)
        {
            written = 0;
            return false;
        }

        Fill(value, destination[..written]);
        return true;
    }

    private static void Fill<T>(T value, Span<byte> der)
        where T : IDerType<T>
    {
        var writer = new DerWriter(der);
        value.Encode(ref writer);
        RequireSame(writer.Length, der.Length);
    }

    private static void RequireSame(int written, int counted)
    {
        if (written != counted)
            throw new InvalidOperationException($"The encoder counted {counted} octets and wrote {written}.");
    }

    private static T Whole<T>(ref DerReader reader)
        where T : IDerType<T>
    {
        var value = T.Decode(ref reader);
        reader.End();
        return value;
    }

    private static T Whole<T>(ref DerReader reader, DerDecoder<T> decoder)
    {
        var value = decoder(ref reader);
        reader.End();
        return value;
    }

    // The first decode does not follow the path, because nearly all succeed; a failed one is repeated.
    private static DerException Locate<T>(
        DerException original, string asn1Name, ReadOnlyMemory<byte> der, DerDecoder<T> decoder, DerLimits? limits)
    {
        try
        {
            var reader = new DerReader(der, limits, new DerPath(asn1Name));
            Whole(ref reader, decoder);
            return original;
        }
        catch (DerException located)
        {
            return located;
        }
    }
}
