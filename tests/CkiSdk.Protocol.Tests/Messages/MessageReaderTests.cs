using CkiSdk.Asn1;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests.Messages;

public sealed class MessageReaderTests
{
    [Theory]
    [InlineData("behind the version", true, "PKIMessage.header")]
    [InlineData("behind the header", false, "PKIMessage")]
    public void Decode_NamesThePlace_OfANestingBomb(string description, bool inHeader, string path)
    {
        byte[] version = [0x02, 0x01, 0x14];
        var bomb = Bomb();
        byte[] message = inHeader
            ? Constructed(Constructed([.. version, .. bomb]))
            : Constructed([.. Constructed(version), .. bomb]);
        var e = Assert.Throws<DerException>(() => MessageReader.Decode(message));
        Assert.Equal(DerErrorKind.TooDeep, e.Kind);
        Assert.True(e.Path == path, $"{description}: {e.Path}");
    }

    private static byte[] Bomb()
    {
        byte[] bomb = [];
        for (var i = 0; i < 100; i++)
            bomb = Constructed(bomb);
        return bomb;
    }

    private static byte[] Constructed(byte[] content) => Der.Encode(content, static (ref DerWriter writer, byte[] inner) =>
    {
        writer.WriteRaw(inner);
        writer.End(Tag.Sequence, 0);
    });
}
