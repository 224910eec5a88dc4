using CkiSdk.Asn1;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Cms.Streaming;

public sealed class BerInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("primitive", "04 03 01 02 03", "010203")]
    [InlineData("empty", "04 00", "")]
    [InlineData("long form of a short length", "04 81 01 07", "07")]
    [InlineData("in parts, definite", "24 08 04 01 01 04 03 02 03 04", "01020304")]
    [InlineData("in parts, indefinite", "24 80 04 01 01 04 02 02 03 00 00", "010203")]
    [InlineData("no parts", "24 80 00 00", "")]
    [InlineData("parts in parts", "24 80 24 80 04 01 01 00 00 24 03 04 01 02 04 01 03 00 00", "010203")]
    public async Task ReadOctetsAsync_Gives_TheContent(string description, string hex, string content)
    {
        foreach (var step in (int[])[1, 2, 1000])
        {
            using var read = new MemoryStream();
            var input = new BerInput(new SlowStream(Hex.Decode(hex), step), DerLimits.Default);
            await input.ReadOctetsAsync(Tag.OctetString, piece => read.WriteAsync(piece, Token), Token);
            await input.EndAsync(Token);
            Assert.Equal((description, content), (description, Convert.ToHexStringLower(read.ToArray())));
        }
    }

    [Theory]
    [InlineData("another string inside", "24 80 0C 01 41 00 00", DerErrorKind.UnexpectedTag)]
    [InlineData("no end mark", "24 80 04 01 01", DerErrorKind.UnexpectedEnd)]
    [InlineData("an end mark too early", "24 03 04 02 01", DerErrorKind.UnexpectedEnd)]
    [InlineData("longer than what is around it", "24 02 04 05 01 02 03", DerErrorKind.UnexpectedEnd)]
    [InlineData("cut", "04 05 01", DerErrorKind.UnexpectedEnd)]
    [InlineData("primitive without a length", "04 80 00 00", DerErrorKind.IndefiniteLength)]
    [InlineData("length of nine octets", "04 89 01 01 01 01 01 01 01 01 01", DerErrorKind.LengthTooLarge)]
    [InlineData("negative length", "04 88 FF 01 01 01 01 01 01 01", DerErrorKind.LengthTooLarge)]
    [InlineData("nothing", "", DerErrorKind.MissingComponent)]
    public async Task ReadOctetsAsync_Rejects(string description, string hex, DerErrorKind kind)
    {
        var input = new BerInput(new SlowStream(Hex.Decode(hex), 1), DerLimits.Default);
        var failure = await Assert.ThrowsAsync<DerException>(async () =>
        {
            await input.ReadOctetsAsync(Tag.OctetString, _ => ValueTask.CompletedTask, Token);
            await input.EndAsync(Token);
        });
        Assert.Equal((description, kind), (description, failure.Kind));
    }

    [Fact]
    public async Task ReadOctetsAsync_Rejects_DeepNesting()
    {
        var input = new BerInput(new MemoryStream([.. Enumerable.Repeat<byte[]>([0x24, 0x80], 1000).SelectMany(part => part)]), DerLimits.Default);
        var failure = await Assert.ThrowsAsync<DerException>(async () => await input.ReadOctetsAsync(Tag.OctetString, _ => ValueTask.CompletedTask, Token));
        Assert.Equal(DerErrorKind.TooDeep, failure.Kind);
    }

    [Theory]
    [InlineData("definite", "30 03 02 01 05")]
    [InlineData("indefinite, one in another", "30 80 30 80 02 01 05 00 00 31 00 00 00")]
    [InlineData("a definite one with octets like an end mark", "30 80 04 02 00 00 00 00")]
    public async Task ReadElementAsync_Gives_AllOctets(string description, string hex)
    {
        var input = new BerInput(new SlowStream([.. Hex.Decode(hex), 5, 0], 1), DerLimits.Default);
        Assert.Equal((description, Convert.ToHexString(Hex.Decode(hex))), (description, Convert.ToHexString(await input.ReadElementAsync(Token))));
        Assert.True(await input.NextIsAsync(Tag.Null, Token));
    }

    [Fact]
    public async Task ReadElementAsync_Rejects_WhatIsTooLarge()
    {
        var limits = DerLimits.Default with { MaxLength = 10 };
        foreach (var hex in (string[])["0409010203040506070809", "3080040101040101040101040101", "04847FFFFFFF00"])
        {
            var failure = await Assert.ThrowsAsync<DerException>(async () => await new BerInput(new MemoryStream(Convert.FromHexString(hex)), limits).ReadElementAsync(Token));
            Assert.Equal(DerErrorKind.TooLarge, failure.Kind);
        }
    }

    /// <summary>Gives a few octets at a time, as a network does.</summary>
    private sealed class SlowStream(byte[] octets, int step) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > step ? buffer[..step] : buffer, cancellationToken);
    }
}
