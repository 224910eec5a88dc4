using CkiSdk.Crypto;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests.Messages;

public sealed class DrawnAheadTests
{
    [Fact]
    public void Fill_GivesEachOctetOfTheSourceOnce()
    {
        var source = new Counting();
        var ahead = new DrawnAhead(source);
        var given = new List<byte[]>();
        for (var i = 0; i < 200; i++) given.Add(ahead.Octets(16));

        // The source counts 16 octets on, so that what is given twice shows.
        Assert.Equal(given.Count, given.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
        Assert.True(source.Draws < 20, $"{source.Draws} draws for {given.Count} nonces");
    }

    [Fact]
    public void Fill_DrawsNoMoreThanIsAskedFor_AtFirst()
    {
        var source = new Counting();
        _ = new DrawnAhead(source).Octets(16);
        Assert.Equal(16, source.Given);
    }

    [Fact]
    public void Fill_PassesOn_WhatIsLongerThanABlock()
    {
        var source = new Counting();
        Assert.Equal(5000, new DrawnAhead(source).Octets(5000).Length);
        Assert.Equal(5000, source.Given);
    }

    [Fact]
    public void Fill_UsesNothingOfABlock_ThatFailed()
    {
        var source = new Counting();
        var ahead = new DrawnAhead(source);
        var before = ahead.Octets(16);
        source.Fails = true;
        Assert.Throws<CryptoProviderException>(() => ahead.Octets(16));
        source.Fails = false;
        var after = ahead.Octets(16);
        Assert.NotEqual(before, after);
        Assert.NotEqual(new byte[16], after);
    }

    private sealed class Counting : IRandomSource
    {
        public int Draws { get; private set; }

        public int Given { get; private set; }

        public bool Fails { get; set; }

        public void Fill(Span<byte> destination)
        {
            if (Fails) throw new CryptoProviderException(CryptoError.Failure, "The source fails.");
            Draws++;
            for (var i = 0; i < destination.Length; i++)
            {
                var position = Given + i;
                destination[i] = (byte)(i % 16 == 0 ? (position / 16 % 251) + 1 : position / 16 / 251);
            }

            Given += destination.Length;
        }
    }
}
