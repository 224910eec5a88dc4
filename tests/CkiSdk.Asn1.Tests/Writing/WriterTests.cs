namespace CkiSdk.Asn1.Tests;

public sealed class WriterTests
{
    [Fact]
    public void Writer_Fills_BackToFront()
    {
        DerEncoder<int> write = (ref DerWriter w, int _) =>
        {
            var outer = w.Length;
            w.WriteNull(Tag.Null);
            var inner = w.Length;
            w.WriteInt32(Tag.Integer, 300);
            w.WriteBoolean(Tag.Boolean, value: true);
            w.End(Tag.Context(0, constructed: true), inner);
            w.End(Tag.Sequence, outer);
        };
        Assert.Equal(DerAssert.Hex("30 0B A0 07 01 01 FF 02 02 012C 05 00"), DerAssert.Encode(0, write));
    }

    [Fact]
    public void End_Wraps_AnEncodingIntoAnOctetString()
    {
        DerEncoder<int> write = (ref DerWriter w, int v) =>
        {
            w.WriteInt32(Tag.Integer, v);
            w.End(Tag.OctetString, 0);
        };
        var der = DerAssert.Encode(5, write);
        Assert.Equal(DerAssert.Hex("04 03 02 01 05"), der);
        var reader = new DerReader(der);
        var mark = reader.Enter(Tag.OctetString);
        Assert.Equal(5, reader.ReadInt32(Tag.Integer));
        reader.Leave(mark);
    }

    [Fact]
    public void Write_Rejects_ABufferWithoutRoom() => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        var writer = new DerWriter(new byte[2]);
        writer.WriteInt32(Tag.Integer, 5);
    });

    [Fact]
    public void DerWriter_Counts_ByDefault()
    {
        var writer = default(DerWriter);
        writer.WriteRaw(new byte[200]);
        writer.End(Tag.Context(1000, constructed: true), 0);
        Assert.True(writer.IsCounting);
        Assert.Equal(200 + 2 + 3, writer.Length);
    }

    [Fact]
    public void Primitives_AreWritten_InPrimitiveForm()
    {
        DerEncoder<int> write = (ref DerWriter w, int v) => w.WriteInt32(Tag.Context(1, constructed: true), v);
        Assert.Equal(DerAssert.Hex("810105"), DerAssert.Encode(5, write));
    }
}
