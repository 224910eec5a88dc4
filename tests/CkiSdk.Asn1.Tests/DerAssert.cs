namespace CkiSdk.Asn1.Tests;

/// <summary>States what a read does with octets, given as hexadecimal digits in which spaces are free.</summary>
internal static class DerAssert
{
    internal static byte[] Hex(string hex) => TestSupport.Hex.Decode(hex);

    /// <summary>The read gives the value and stands behind the element, whatever follows.</summary>
    internal static void Reads<T>(string description, string hex, T expected, DerDecoder<T> read)
    {
        var der = Hex(hex);
        foreach (var input in new[] { der, [.. der, 0x00, 0xFF] })
        {
            var reader = new DerReader(input);
            Assert.True(EqualityComparer<T>.Default.Equals(expected, read(ref reader)), description);
            Assert.True(der.Length == reader.Position, description);
        }
    }

    /// <summary>The read throws and the reader stands where it stood, on level ground and inside of an element.</summary>
    internal static DerException Refuses<T>(string description, string hex, DerErrorKind kind, DerDecoder<T> read, DerLimits? limits = null)
    {
        var der = Hex(hex);
        var first = Refuses(description, new DerReader(der, limits), kind, read);
        if (der.Length < 0x80)
        {
            var enclosed = new DerReader((byte[])[0x30, (byte)der.Length, .. der]);
            enclosed.Enter(Tag.Sequence);
            Refuses(description + ", inside of a SEQUENCE", enclosed, kind, read);
        }

        return first;
    }

    private static DerException Refuses<T>(string description, DerReader reader, DerErrorKind kind, DerDecoder<T> read)
    {
        var (position, depth, hasData) = (reader.Position, reader.Depth, reader.HasData);
        try
        {
            read(ref reader);
        }
        catch (DerException e)
        {
            Assert.True(kind == e.Kind, $"{description}: {e.Kind} instead of {kind} ({e.Message})");
            Assert.True((position, depth, hasData) == (reader.Position, reader.Depth, reader.HasData), description + ": the reader moved");
            Assert.True(e.Offset >= position, description);
            return e;
        }

        Assert.Fail($"{description}: accepted");
        throw new InvalidOperationException(description);
    }

    /// <summary>The writer gives these octets, counts them as it writes them, and they read back as the value.</summary>
    internal static void Writes<T>(string description, string hex, T value, DerEncoder<T> write, DerDecoder<T> read)
    {
        Assert.True(Hex(hex).AsSpan().SequenceEqual(Encode(value, write)), $"{description}: {Convert.ToHexString(Encode(value, write))}");
        Reads(description, hex, value, read);
    }

    /// <summary>Encodes a value; both passes agree.</summary>
    internal static byte[] Encode<T>(T value, DerEncoder<T> write)
    {
        var counter = default(DerWriter);
        Assert.True(counter.IsCounting);
        write(ref counter, value);
        var buffer = new byte[counter.Length + 3];
        var writer = new DerWriter(buffer);
        Assert.False(writer.IsCounting);
        write(ref writer, value);
        Assert.Equal(counter.Length, writer.Length);
        Assert.Equal(new byte[3], buffer[..3]);
        return buffer[3..];
    }
}
