namespace CkiSdk.Asn1.Tests;

/// <summary>Encodes around the length of the memory that a thread keeps, 8192 octets.</summary>
public sealed class ScratchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0x7F)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    [InlineData(0x100)]
    [InlineData(8187)]
    [InlineData(8188)]
    [InlineData(8189)]
    [InlineData(8192)]
    [InlineData(0xFFFF)]
    [InlineData(0x1_0000)]
    public void Encode_Gives_TheSameOctetsAtEveryLength(int length)
    {
        var content = new byte[length];
        Array.Fill(content, (byte)0x5A);
        var encoded = Der.Encode(content, (ref DerWriter w, byte[] v) => w.WriteOctetString(Tag.OctetString, v));
        var buffer = new byte[encoded.Length];
        var writer = new DerWriter(buffer);
        writer.WriteOctetString(Tag.OctetString, content);
        Assert.Equal(buffer, encoded);
        var reader = new DerReader(encoded);
        Assert.Equal(content, reader.ReadOctetString(Tag.OctetString).ToArray());
        reader.End();
    }

    [Fact]
    public void Encode_Runs_OnceWhereTheEncodingIsShort()
    {
        var runs = 0;
        Der.Encode(1, (ref DerWriter w, int v) =>
        {
            runs++;
            w.WriteInt32(Tag.Integer, v);
        });
        Assert.Equal(1, runs);
    }

    [Fact]
    public void Encode_Sorts_ASetThatIsLongerThanTheMemory()
    {
        SetOf<OctetString> set = [new byte[5000], new byte[4000]];
        var encoded = Der.Encode(set, (ref DerWriter w, SetOf<OctetString> v) =>
            w.WriteSetOf(Tag.Set, v, (ref DerWriter inner, OctetString item) => inner.WriteOctetString(Tag.OctetString, item)));
        var reader = new DerReader(encoded);
        var read = reader.ReadSetOf(Tag.Set, (ref DerReader r) => r.ReadOctetString(Tag.OctetString));
        Assert.Equal(set, read);
        Assert.Equal(4000, read[0].Length);
    }

    [Fact]
    public void Encode_Allows_AnEncoderThatEncodes()
    {
        DerEncoder<byte[]> inner = (ref DerWriter w, byte[] v) => w.WriteOctetString(Tag.OctetString, v);
        var encoded = Der.Encode(new byte[] { 1, 2 }, (ref DerWriter w, byte[] v) =>
        {
            w.WriteInt32(Tag.Integer, 7);
            w.WriteRaw(Der.Encode(v, inner));
            w.WriteInt32(Tag.Integer, 8);
        });
        Assert.Equal(DerAssert.Hex("020108 04020102 020107"), encoded);
    }

    [Fact]
    public void Encode_Recovers_FromAnEncoderThatThrows()
    {
        Assert.Throws<NotSupportedException>(() => Der.Encode(new byte[100], (ref DerWriter w, byte[] v) =>
        {
            w.WriteOctetString(Tag.OctetString, v);
            throw new NotSupportedException();
        }));
        Assert.Equal(DerAssert.Hex("020105"), Der.Encode(5, (ref DerWriter w, int v) => w.WriteInt32(Tag.Integer, v)));
    }
}
