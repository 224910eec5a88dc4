using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests;

public sealed class SecretTests
{
    [Fact]
    public void Dispose_Zeroes_TheOctets()
    {
        var secret = SecretOf("0102030405");
        var memory = secret.Memory;
        Assert.Equal("0102030405", Hex(memory.Span));
        secret.Dispose();
        Assert.Equal("0000000000", Hex(memory.Span));
        Assert.Throws<ObjectDisposedException>(() => secret.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => secret.Memory);
        Assert.Throws<ObjectDisposedException>(secret.Copy);
        Assert.Equal(5, secret.Length);
        secret.Dispose();
    }

    [Fact]
    public void ToString_Shows_TheLengthOnly()
    {
        using var secret = SecretOf("DEADBEEF");
        Assert.Equal("Secret(4)", secret.ToString());
        Assert.Equal("Secret(4)", $"{secret}");
    }

    [Fact]
    public void From_TakesACopy()
    {
        byte[] octets = [1, 2, 3];
        using var secret = Secret.From(octets);
        octets[0] = 9;
        Assert.Equal("010203", Hex(secret.Span));
        using var copy = secret.Copy();
        secret.Span[1] = 7;
        Assert.Equal("010203", Hex(copy.Span));
    }

    [Fact]
    public void FixedTimeEquals_Compares_LengthAndContent()
    {
        using var secret = SecretOf("010203");
        Assert.True(secret.FixedTimeEquals([1, 2, 3]));
        Assert.False(secret.FixedTimeEquals([1, 2, 4]));
        Assert.False(secret.FixedTimeEquals([1, 2]));
        Assert.False(secret.FixedTimeEquals([1, 2, 3, 0]));
    }

    [Fact]
    public void Random_Draws_FromTheGivenSource()
    {
        using var secret = Secret.Random(4, new CountingSource());
        Assert.Equal("00010203", Hex(secret.Span));
        Assert.Equal([0, 1], new CountingSource().Octets(2));
    }

    [Fact]
    public void Constructor_Rejects_NegativeLength() => Assert.Throws<ArgumentOutOfRangeException>(() => new Secret(-1));

    private sealed class CountingSource : IRandomSource
    {
        public void Fill(Span<byte> destination)
        {
            for (var i = 0; i < destination.Length; i++)
                destination[i] = (byte)i;
        }
    }
}
