namespace CkiSdk.Asn1.Tests;

public sealed class PathTests
{
    // Letter ::= SEQUENCE { head Head, parts [0] EXPLICIT SEQUENCE OF Part OPTIONAL }; Head ::= SEQUENCE { sender Part };
    // Part ::= CHOICE { number INTEGER, flags SET OF BOOLEAN }
    private const string Valid = "30 14 30 03 02 01 05 A0 0D 30 0B 02 01 06 31 06 01 01 00 01 01 FF";

    [Theory]
    [InlineData("another outer type", "05 00", "Letter: unexpected tag NULL at byte 0, expected SEQUENCE")]
    [InlineData("a wrong component", "30 04 30 02 89 00", "Letter.head.sender: unexpected tag [9] at byte 4, expected number or flags")]
    [InlineData("no component", "30 02 30 00", "Letter.head.sender: unexpected end at byte 4, expected number or flags")]
    [InlineData("no first component", "30 00", "Letter.head: unexpected end at byte 2, expected SEQUENCE")]
    [InlineData("a bad alternative", "30 06 30 04 02 02 0001", "Letter.head.sender.number: INTEGER without content or with a redundant octet at byte 4")]
    [InlineData("too much in the inner type", "30 07 30 05 02 01 05 05 00", "Letter.head: 2 octets too many at byte 7")]
    [InlineData("too much in the outer type", "30 07 30 03 02 01 05 05 00", "Letter: 2 octets too many at byte 7")]
    [InlineData("too much behind", "30 05 30 03 02 01 05 05 00", "Letter: 2 octets too many at byte 7")]
    [InlineData("a wrong explicit content", "30 09 30 03 02 01 05 A0 02 05 00", "Letter.parts: unexpected tag NULL at byte 9, expected SEQUENCE")]
    [InlineData("a wrong element", "30 0E 30 03 02 01 05 A0 07 30 05 02 01 06 05 00", "Letter.parts[1]: unexpected tag NULL at byte 14, expected number or flags")]
    [InlineData("a wrong element of an element", "30 11 30 03 02 01 05 A0 0A 30 08 31 06 01 01 00 01 01 7F", "Letter.parts[0].flags[1]: BOOLEAN that is neither 00 nor FF at byte 16")]
    [InlineData("an element out of order", "30 11 30 03 02 01 05 A0 0A 30 08 31 06 01 01 FF 01 01 00", "Letter.parts[0].flags[1]: SET OF with elements out of order at byte 16")]
    [InlineData("an element cut off", "30 0D 30 03 02 01 05 A0 06 30 04 02 01 06 02", "Letter.parts[1]: unexpected end before a length at byte 15")]
    public void Decode_Names_TheComponent(string description, string hex, string message)
    {
        var e = Assert.Throws<DerException>(() => Der.Decode<Letter>(DerAssert.Hex(hex)));
        Assert.True(message == e.Message, $"{description}: {e.Message}");
        Assert.Equal(message[..message.IndexOf(':', StringComparison.Ordinal)], e.Path);
        Assert.Contains($" at byte {e.Offset}", e.Message, StringComparison.Ordinal);

        var byHand = Assert.Throws<DerException>(() => Der.Decode("Card", DerAssert.Hex(hex), Letter.Decode));
        Assert.Equal("Card" + message[6..], byHand.Message);
        Assert.False(Der.TryDecode<Letter>(DerAssert.Hex(hex), out var value));
        Assert.Null(value);
    }

    [Fact]
    public void Decode_Takes_WhatEncodeGives()
    {
        var der = DerAssert.Hex(Valid);
        var letter = Der.Decode<Letter>(der);
        Assert.Equal(new Part.Number(5), letter.Sender);
        Assert.Equal([new Part.Number(6), new Part.Flags([false, true])], letter.Parts!.Value);
        Assert.True(Der.TryDecode<Letter>(der, out var again));
        Assert.Equal(letter, again);
        Assert.Equal(letter, Der.Decode("Letter", der, Letter.Decode));
        Assert.Equal(der, Der.Encode(letter));
        Assert.Equal(der, Der.Encode(letter, (ref DerWriter w, Letter l) => l.Encode(ref w)));
        Assert.Equal(der.Length, Der.EncodedLength(letter));
    }

    [Fact]
    public void TryEncode_Fills_TheBeginningOfABufferWithRoom()
    {
        var der = DerAssert.Hex(Valid);
        var letter = Der.Decode<Letter>(der);
        var buffer = new byte[der.Length + 2];
        Assert.True(Der.TryEncode(letter, buffer, out var written));
        Assert.Equal(der, buffer[..written]);
        Assert.Equal(der.Length, written);
        Assert.False(Der.TryEncode(letter, buffer.AsSpan(0, der.Length - 1), out written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Encode_Rejects_AnEncoderThatChangesItsMind() =>
        Assert.Throws<InvalidOperationException>(() => Der.Encode(new byte[10_000], (ref DerWriter w, byte[] content) =>
        {
            w.WriteOctetString(Tag.OctetString, content);
            w.WriteInt32(Tag.Integer, w.IsCounting ? 256 : 1);
        }));

    [Fact]
    public void Decode_LetsThroughNothingButDerException()
    {
        var valid = DerAssert.Hex(Valid);
        for (var i = 0; i < valid.Length; i++)
        {
            for (var octet = 0; octet < 256; octet++)
            {
                var changed = (byte[])valid.Clone();
                changed[i] = (byte)octet;
                if (Der.TryDecode<Letter>(changed, out var letter))
                    Assert.Equal(changed, Der.Encode(letter));
            }

            Assert.False(Der.TryDecode<Letter>(valid.AsMemory(0, i), out _));
        }
    }

    private sealed record Letter(Part Sender, SequenceOf<Part>? Parts) : IDerType<Letter>
    {
        public static string Asn1Name => "Letter";

        public static TypeDescriptor Descriptor => TypeDescriptor.Of(TypeKind.Any);

        public static Letter Decode(ref DerReader reader)
        {
            var mark = reader.Enter(Tag.Sequence);
            reader.Field("head");
            var head = reader.Enter(Tag.Sequence);
            reader.Field("sender");
            var sender = Part.Decode(ref reader);
            reader.Leave(head);
            SequenceOf<Part>? parts = null;
            reader.Field("parts");
            if (reader.NextIs(Tag.Context(0, constructed: true)))
            {
                var tagged = reader.Enter(Tag.Context(0, constructed: true));
                parts = reader.ReadSequenceOf(Tag.Sequence, Part.Decode);
                reader.Leave(tagged);
            }

            reader.Leave(mark);
            return new(sender, parts);
        }

        public void Encode(ref DerWriter writer)
        {
            var mark = writer.Length;
            if (Parts is { } parts)
            {
                writer.WriteSequenceOf(Tag.Sequence, parts, (ref DerWriter w, Part p) => p.Encode(ref w));
                writer.End(Tag.Context(0, constructed: true), mark);
            }

            var head = writer.Length;
            Sender.Encode(ref writer);
            writer.End(Tag.Sequence, head);
            writer.End(Tag.Sequence, mark);
        }
    }

    private abstract record Part
    {
        public static Part Decode(ref DerReader reader)
        {
            if (reader.NextIs(Tag.Integer))
            {
                reader.Alternative("number");
                return new Number(reader.ReadInteger(Tag.Integer));
            }

            if (!reader.NextIs(Tag.Set))
                reader.ThrowUnexpectedTag("number or flags");
            reader.Alternative("flags");
            return new Flags(reader.ReadSetOf(Tag.Set, (ref DerReader r) => r.ReadBoolean(Tag.Boolean)));
        }

        public abstract void Encode(ref DerWriter writer);

        internal sealed record Number(Integer Value) : Part
        {
            public override void Encode(ref DerWriter writer) => writer.WriteInteger(Tag.Integer, Value);
        }

        internal sealed record Flags(SetOf<bool> Value) : Part
        {
            public override void Encode(ref DerWriter writer) =>
                writer.WriteSetOf(Tag.Set, Value, (ref DerWriter w, bool v) => w.WriteBoolean(Tag.Boolean, v));
        }
    }
}
