namespace CkiSdk.Asn1.Tests;

/// <summary>Writes contents of every short length, which are copied in other ways than long ones, between octets that must stay.</summary>
public sealed class CopyTests
{
    private const int Longest = 300;
    private const int Margin = 16;
    private static readonly byte[] Octets = [.. Enumerable.Range(0, Longest + 32).Select(i => (byte)((i * 7) + 1))];

    [Fact]
    public void Contents_AreCopied_AtEveryLength()
    {
        for (var length = 0; length <= Longest; length++)
        {
            var content = Octets.AsMemory(3, length);
            Require(Element(0x04, content.Span), (ref DerWriter w) => w.WriteOctetString(Tag.OctetString, new(content)));
            Require(content.ToArray(), (ref DerWriter w) => w.WriteRaw(content.Span));
        }
    }

    [Fact]
    public void Identifier_And_Value_AreWritten_WhereverTheyLie()
    {
        for (var arcs = 1; arcs <= 40; arcs++)
        {
            for (var length = 0; length <= 140; length++)
            {
                // An attribute as it comes in: identifier and value are slices of the same octets, one behind the other.
                byte[] identifier = [0x06, (byte)arcs, .. Enumerable.Repeat((byte)0x2A, arcs)];
                var value = Element(0x0C, Octets.AsSpan(5, length));
                var together = Element(0x30, [.. identifier, .. value]);
                var reader = new DerReader(together);
                reader.Enter(Tag.Sequence);
                var (read, any) = (reader.ReadObjectIdentifier(Tag.ObjectIdentifier), reader.ReadAny());
                Require(together, (ref DerWriter w) => w.WriteIdentified(Tag.Sequence, read, any));
                var (other, elsewhere) = (ObjectIdentifier.FromEncoded(read.Encoded.ToArray()), new AnyValue(value));
                Require(together, (ref DerWriter w) => w.WriteIdentified(Tag.Sequence, other, elsewhere));
            }
        }
    }

    [Fact]
    public void Buffer_WithoutRoom_IsRefused_AtEveryLength()
    {
        for (var length = 0; length <= Longest; length++)
        {
            OctetString content = Octets[..length];
            var exact = Der.Encode(content, (ref DerWriter w, OctetString v) => w.WriteOctetString(Tag.OctetString, v));
            Assert.Throws<ArgumentOutOfRangeException>(() => new DerWriter(new byte[exact.Length - 1]).WriteOctetString(Tag.OctetString, content));
        }
    }

    private delegate void Write(ref DerWriter writer);

    private static byte[] Element(byte tag, ReadOnlySpan<byte> content) => content.Length switch
    {
        < 0x80 => [tag, (byte)content.Length, .. content],
        < 0x100 => [tag, 0x81, (byte)content.Length, .. content],
        _ => [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content],
    };

    // With little room and with much, because elements are written at once only where there is much.
    private static void Require(byte[] expected, Write write)
    {
        foreach (var room in (int[])[0, 1, 2, 200])
        {
            var buffer = new byte[Margin + room + expected.Length + Margin];
            buffer.AsSpan().Fill(0xEE);
            var writer = new DerWriter(buffer.AsSpan(Margin, room + expected.Length));
            write(ref writer);
            Assert.Equal(expected.Length, writer.Length);
            Assert.Equal(expected, buffer.AsSpan(Margin + room, expected.Length));
            Assert.False(buffer.AsSpan(0, Margin + room).ContainsAnyExcept((byte)0xEE));
            Assert.False(buffer.AsSpan(Margin + room + expected.Length).ContainsAnyExcept((byte)0xEE));
        }

        var counter = default(DerWriter);
        write(ref counter);
        Assert.Equal(expected.Length, counter.Length);
    }
}
