namespace CkiSdk.Asn1.Tests;

/// <summary>Shows that the reader, which does not check twice that an octet lies within the input, reads none outside of it.</summary>
public sealed class BoundsTests
{
    private static readonly DerDecoder<int>[] Reads =
    [
        (ref DerReader r) => r.ReadAny().Encoded.Length,
        (ref DerReader r) => r.PeekTag().Number,
        (ref DerReader r) => r.NextIs(Tag.Sequence) ? 1 : 0,
        (ref DerReader r) => r.ReadBoolean(Tag.Boolean) ? 1 : 0,
        (ref DerReader r) => r.ReadInteger(Tag.Integer).Octets.Length,
        (ref DerReader r) => r.ReadInt32(Tag.Integer),
        (ref DerReader r) => (int)r.ReadInt64(Tag.Integer),
        (ref DerReader r) => r.ReadEnumerated(Tag.Enumerated),
        (ref DerReader r) => r.ReadBitString(Tag.BitString).Length,
        (ref DerReader r) => r.ReadNamedBitString(Tag.BitString).Length,
        (ref DerReader r) => r.ReadOctetString(Tag.OctetString).Memory.Length,
        (ref DerReader r) => r.ReadObjectIdentifier(Tag.ObjectIdentifier).Encoded.Length,
        (ref DerReader r) => r.ReadUtcTime(Tag.UtcTime).ToString().Length,
        (ref DerReader r) => r.ReadGeneralizedTime(Tag.GeneralizedTime).ToString().Length,
        (ref DerReader r) => r.ReadPrintableString(Tag.PrintableString).Length,
        (ref DerReader r) => r.ReadUtf8String(Tag.Utf8String).Length,
        (ref DerReader r) => r.ReadReal(Tag.Real).Octets.Length,
        (ref DerReader r) => r.ReadSetOf(Tag.Set, (ref DerReader item) => item.ReadAny()).Count,
        (ref DerReader r) => r.ReadOctetString(Tag.Context(1000, constructed: false)).Memory.Length,
        Nested,
    ];

    private static readonly string[] Samples =
    [
        "30 0D 06 03 55 04 03 0C 03 41 42 43 05 00 01 01 FF",
        "30 0A 31 08 30 06 06 01 2A 0C 01 41",
        "31 09 02 01 01 02 01 02 02 01 03", "01 01 FF", "02 02 01 2C", "0A 01 05", "03 02 01 02", "04 03 01 02 03",
        "06 09 2A 86 48 86 F7 0D 01 01 0B", "17 0D 32 36 31 31 32 36 32 32 33 30 30 30 5A",
        "18 0F 32 30 32 36 31 31 32 36 32 32 33 30 30 30 5A", "13 02 41 42", "0C 02 C3 A4", "09 03 80 00 01",
        "9F 87 68 02 01 02", "04 81 80", "04 82 01 00", "30 82 01 00 04 81", "1F", "1F FF", "30 84 7F FF FF FF", "30 80 00 00",
    ];

    [Fact]
    public void Reader_StaysWithin_WhatItWasGiven()
    {
        using var memory = new GuardedMemory();
        foreach (var sample in Samples)
        {
            var der = DerAssert.Hex(sample);
            for (var length = 0; length <= der.Length; length++)
            {
                foreach (var last in (int[])[-1, 0x00, 0x01, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xFF])
                {
                    var input = der[..length];
                    if (last >= 0 && length > 0)
                        input[^1] = (byte)last;
                    foreach (var read in Reads)
                    {
                        var expected = Outcome(input, read);
                        Assert.Equal(expected, Outcome(memory.Hold(input, atEnd: true), read));
                        Assert.Equal(expected, Outcome(memory.Hold(input, atEnd: false), read));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Mark_ThatEnterDidNotGive_IsRefused(int mark) => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        var reader = new DerReader(DerAssert.Hex("30 00 30 00 30 00 00"));
        reader.Enter(Tag.Sequence);
        reader.Leave(mark);
    });

    [Theory]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(int.MinValue)]
    public void Start_OutsideOfTheInput_IsRefused(int start)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => First(out _).CheckSetOrder(start));
        Assert.Throws<ArgumentOutOfRangeException>(() => First(out _).CountItems(start, isOrdered: false));
    }

    private static DerReader First(out int mark)
    {
        var reader = new DerReader(DerAssert.Hex("31 06 05 00 05 00 05 00"));
        mark = reader.Enter(Tag.Set);
        reader.ReadAny();
        return reader;
    }

    private static int Nested(ref DerReader reader)
    {
        var count = 0;
        var mark = reader.Enter(Tag.Sequence);
        while (reader.HasData)
        {
            if (reader.NextIs(Tag.Set) || reader.NextIs(Tag.Sequence))
                reader.Leave(reader.Enter(reader.PeekTag()));
            else
                count += reader.ReadAny().Encoded.Length;
        }

        reader.Leave(mark);
        return count;
    }

    private static (int, DerErrorKind?, int) Outcome(ReadOnlyMemory<byte> input, DerDecoder<int> read)
    {
        var reader = new DerReader(input);
        try
        {
            return (read(ref reader), null, reader.Position);
        }
        catch (DerException e)
        {
            return (0, e.Kind, e.Offset);
        }
    }
}
